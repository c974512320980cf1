import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "./free-port.mjs";
import { run, step } from "./run.mjs";

const advice =
  "The tests need a Redis or Valkey: set TEST_REDIS_URL to one whose data may be lost, or install redis-server.";

/**
 * Finds a Redis for the tests, else starts one from the system's package, which is installed where that is allowed.
 * Gives its URL, and ends what was started.
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function ensureRedis() {
  const named = process.env.TEST_REDIS_URL;
  // What was named must be used: another one instead would hide a mistake.
  if (named) return ask(named).then(() => ({ url: named, stop: () => {} }));
  return step("starting Redis", async () => {
    const server = await startRedis();
    return { url: server.url, stop: () => void server.end() };
  });
}

/** The program `redis-server` or `valkey-server`, installed where that is allowed. */
export async function redisProgram() {
  const program = find() ?? (await installed());
  if (!program) throw new Error(advice);
  return program;
}

/**
 * A Redis of the caller's own, which it may stop and start again at the same port. Nothing is written to disk.
 * @param {{ port?: number, args?: string[] }} [options]
 */
export async function startRedis({ port, args = [] } = {}) {
  const program = await redisProgram();
  const at = port ?? (await freePort());
  const child = spawn(
    program,
    ["--port", String(at), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...args],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = `redis://127.0.0.1:${at}`;
  const end = async () => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  for (let tries = 0; ; tries++) {
    try {
      await ask(url);
      return { url, port: at, child, end };
    } catch (error) {
      if (child.exitCode !== null || tries > 100) {
        await end();
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Whether somebody who speaks Redis answers there; with a password or TLS, whether somebody listens. */
function ask(url) {
  const { hostname, port, host, protocol } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port || 6379), hostname);
    const fail = (reason) => {
      socket.destroy();
      reject(new Error(`Redis at ${host} cannot be used (${reason}). ${advice}`));
    };
    socket.setTimeout(5_000, () => fail("no answer"));
    socket.once("error", (error) => fail(/** @type {{ code?: string }} */ (error).code ?? "no answer"));
    socket.once("connect", () => {
      if (protocol === "rediss:") resolve(socket.destroy());
      else socket.write("PING\r\n");
    });
    socket.once("data", (data) => {
      if (!/^(\+PONG|-NOAUTH)/.test(data.toString())) fail("no Redis");
      else resolve(socket.destroy());
    });
  });
}

function find() {
  const folders = [...(process.env.PATH ?? "").split(":").filter(Boolean), "/usr/bin", "/opt/homebrew/bin"];
  for (const name of ["redis-server", "valkey-server"]) {
    const program = folders.map((folder) => join(folder, name)).find(existsSync);
    if (program) return program;
  }
  return undefined;
}

async function installed() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
  await run("apt-get", ["update", "-qq"], options);
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], options);
  return find();
}
