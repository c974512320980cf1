import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../../scripts/lib/free-port.mjs";
import { redisProgram, startRedis } from "../../../../scripts/lib/redis.mjs";
import { certificate } from "../testing/certificate.ts";

/** Several nodes that speak TLS with each other and with us, by an authority of one's own. */

const endings: (() => unknown)[] = [];
let folder: string;
let files: ReturnType<typeof certificate>;
let tls: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "copane-tls-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  files = certificate(folder);
  tls = [
    ...["--tls-cert-file", files.certificate, "--tls-key-file", files.key],
    ...["--tls-ca-cert-file", files.authority, "--tls-auth-clients", "no", "--tls-replication", "yes"],
  ];
});
afterAll(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});

/** Also without TLS at `plain`, for the test's own questions. */
async function start(args: string[]) {
  const port = await freePort();
  const dir = mkdtempSync(join(folder, "node-"));
  const { port: plain, end } = await startRedis({
    args: ["--dir", dir, "--tls-port", String(port), ...tls, ...args],
  });
  endings.push(end);
  return { port, plain };
}

const cli = (port: number, ...args: string[]) =>
  execFileSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8", stdio: "pipe" });

/** Uses the client in a process that trusts the authority, or does not. Gives what it could do. */
async function used(url: string, trusts = true): Promise<string> {
  const client = new URL("./redis.ts", import.meta.url).href;
  const work = `
    const { connectRedis } = await import(${JSON.stringify(client)});
    const reasons = new Set();
    const redis = await connectRedis(${JSON.stringify(url)}, { warn: ({ reason }) => reasons.add(reason) });
    try {
      for (const name of ["a", "b", "c"]) {
        await redis.set(name, "1", { ttlMs: 60000 });
        const value = await redis.run("return redis.call('get', KEYS[1]) .. ARGV[1]", name, ["!"]);
        const heard = new Promise((resolve) => redis.subscribe("to:" + name, resolve).then(() =>
          redis.publish("to:" + name, Buffer.from("heard"))));
        console.log(value + " " + (await heard));
      }
    } catch (error) {
      console.log([...reasons].join(" ") || error.message);
    }
    process.exit();`;
  const node = ["--conditions=copane-source", "--import", "tsx", "--input-type=module", "-e", work];
  const { stdout } = await promisify(execFile)(process.execPath, node, {
    env: { ...process.env, ...(trusts ? { NODE_EXTRA_CA_CERTS: files.authority } : {}) },
    timeout: 20_000,
  });
  return stdout.trim();
}

const everything = "1! heard\n1! heard\n1! heard";

test("a cluster whose nodes speak TLS", { timeout: 60_000 }, async () => {
  const args = ["--cluster-enabled", "yes", "--tls-cluster", "yes", "--cluster-node-timeout", "2000"];
  const nodes = await Promise.all([1, 2, 3].map(() => start(args)));
  const slots = 16_384 / nodes.length;
  for (const [i, { plain }] of nodes.entries()) {
    const last = Math.ceil((i + 1) * slots) - 1;
    cli(plain, "cluster", "addslotsrange", String(Math.ceil(i * slots)), String(last));
    cli(plain, "cluster", "meet", "127.0.0.1", String(nodes[0]?.port));
  }
  const states = () =>
    nodes.map(({ plain }) => /cluster_state:(\w+)/.exec(cli(plain, "cluster", "info"))?.[1]);
  await expect.poll(states, { timeout: 20_000 }).toEqual(["ok", "ok", "ok"]);
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(",");
  const url = `rediss+cluster://${hosts}`;
  const [trusting, other] = await Promise.all([used(url), used(url, false)]);
  expect(trusting).toBe(everything);
  expect(other).toMatch(/CERT|SIGNATURE/);
});

test("sentinels that speak TLS, and the server behind them", { timeout: 60_000 }, async () => {
  const main = await start([]);
  const [port, plain] = [await freePort(), await freePort()];
  const file = join(folder, "sentinel.conf");
  const options = tls.join(" ").replaceAll(/ ?--(\S+)/g, "\n$1");
  writeFileSync(
    file,
    `port ${plain}\ntls-port ${port}\nbind 127.0.0.1${options}\nsentinel monitor main 127.0.0.1 ${main.port} 1\n`,
  );
  const sentinel = spawn(await redisProgram(), [file, "--sentinel"], { stdio: "ignore" });
  endings.push(() => sentinel.kill("SIGKILL"));
  const seen = () => {
    try {
      return cli(plain, "sentinel", "master", "main");
    } catch {
      return "";
    }
  };
  await expect.poll(seen, { timeout: 10_000 }).toMatch(/flags\nmaster\n/);
  const url = `rediss+sentinel://127.0.0.1:${port}/main`;
  const [trusting, other] = await Promise.all([used(url), used(url, false)]);
  expect(trusting).toBe(everything);
  // The client of sentinels tries one after the other, and does not say why none will do.
  expect(other).toBe("Redis did not answer");
});
