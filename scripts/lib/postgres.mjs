import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.mjs";
import { run, step } from "./run.mjs";

const advice =
  "The tests need a PostgreSQL: set TEST_DATABASE_URL to one in which databases may be created, or install PostgreSQL.";

/**
 * Finds a PostgreSQL for the tests, else starts one from the system's package, which is installed where that is
 * allowed. Gives its URL, and ends what was started.
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function ensurePostgres() {
  const found = await findPostgres();
  if (found) return { url: found, stop: () => {} };
  return step("starting PostgreSQL", async () => {
    const folder = binaries() ?? (await installed());
    if (!folder) throw new Error(advice);
    return start(folder);
  });
}

/** A PostgreSQL of the caller's own, which it may end and start again at the same port. */
export async function startPostgres() {
  const folder = binaries() ?? (await installed());
  if (!folder) throw new Error(advice);
  return start(folder);
}

/** A fresh database on the PostgreSQL of the tests, for one test file. Rejects when there is none. */
export async function throwAwayDatabase() {
  const server = await findPostgres();
  if (!server) throw new Error(advice);
  const name = `copane_test_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(server, `drop database if exists ${name} with (force)`) };
}

/** @returns {Promise<string | undefined>} */
async function findPostgres() {
  const named = process.env.TEST_DATABASE_URL;
  // What was named must be used: another one instead would hide a mistake.
  if (named) return ask(named, "select 1").then(() => named);
  for (const user of new Set(["postgres", userInfo().username])) {
    const url = `postgres://${encodeURIComponent(user)}@127.0.0.1:${process.env.PGPORT || 5432}/postgres`;
    try {
      await ask(url, "select 1");
      return url;
    } catch {
      // Nobody there, or not for us without a password.
    }
  }
  return undefined;
}

async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query(sql);
  } catch (error) {
    const { code = "no answer" } = /** @type {{ code?: string }} */ (error);
    throw new Error(`PostgreSQL at ${new URL(url).host} cannot be used (${code}). ${advice}`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The folder with `initdb` and `postgres`, newest first. */
function binaries() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(":").filter(Boolean),
    "/opt/homebrew/opt/postgresql/bin",
  ];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));
}

async function installed() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], { env });
  return binaries();
}

/** @param {string} folder */
async function start(folder) {
  const data = mkdtempSync(join(tmpdir(), "copane-postgres-"));
  // PostgreSQL refuses to run as root.
  const as = process.getuid?.() === 0 ? owner() : {};
  if (as.uid !== undefined) chownSync(data, as.uid, as.gid ?? as.uid);
  const cluster = join(data, "cluster");
  execFileSync(join(folder, "initdb"), ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8"], {
    ...as,
    cwd: data,
    stdio: "pipe",
  });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const run = () =>
    spawn(
      join(folder, "postgres"),
      ["-D", cluster, "-p", String(port), "-k", data, "-c", "listen_addresses=127.0.0.1"],
      { ...as, cwd: data, stdio: "ignore" },
    );
  let server = run();
  const stop = () => {
    server.kill("SIGQUIT");
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stop);
  const answers = async () => {
    for (let tries = 0; ; tries++) {
      try {
        return await ask(url, "select 1");
      } catch (error) {
        if (server.exitCode !== null || tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  /** Ends it as an operator does who restarts it: whoever is connected is cut off. */
  const end = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGINT");
    await ended;
  };
  const again = async () => {
    server = run();
    await answers();
  };
  await answers();
  return { url, stop, end, again };
}

/** A user who is not root: the package's own, else nobody. */
function owner() {
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // The next one.
    }
  }
  throw new Error(advice);
}
