import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../../../scripts/lib/free-port.mjs";
import { redisProgram, startRedis } from "../../../../scripts/lib/redis.mjs";
import { connectRedis, type Redis } from "./redis.ts";

/** The client against each kind of Redis, with all that servers use of it. */

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});

async function start(args: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "copane-redis-"));
  const redis = await startRedis({ args: ["--dir", folder, ...args] });
  endings.push(async () => {
    await redis.end();
    rmSync(folder, { recursive: true, force: true });
  });
  return redis;
}

async function connect(url: string): Promise<Redis> {
  const redis = await connectRedis(url, { warn: () => {} });
  endings.push(() => redis.close());
  return redis;
}

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** All that is used of it. */
async function works(redis: Redis, name: string): Promise<void> {
  expect(await eventually(() => redis.set(name, "1", { ttlMs: 60_000 }))).toBe(true);
  expect(await redis.set(name, "2", { ttlMs: 60_000, onlyNew: true })).toBe(false);
  expect(await redis.get(name)).toBe("1");
  expect(await redis.run("return redis.call('get', KEYS[1]) .. ARGV[1]", name, ["!"])).toBe("1!");
  await redis.remove(name, `${name} of another slot`);
  expect(await redis.get(name)).toBeNull();
  const heard: Buffer[] = [];
  await redis.subscribe(`to:${name}`, (message) => heard.push(message));
  const bytes = Buffer.from([0, 255, 128, 10, 13]);
  expect(await redis.publish(`to:${name}`, bytes)).toBe(1);
  await eventually(async () => expect(heard).toEqual([bytes]));
  await redis.unsubscribe(`to:${name}`);
  expect(await redis.publish(`to:${name}`, bytes)).toBe(0);
}

test("one server, with a user and a password", { timeout: 30_000 }, async () => {
  const { port } = await start([
    "--user",
    "copane",
    "on",
    ">geheim",
    "~*",
    "&*",
    "+@all",
    "--requirepass",
    "x",
  ]);
  await works(await connect(`redis://copane:geheim@127.0.0.1:${port}`), "one");
  const wrong = await connect(`redis://copane:falsch@127.0.0.1:${port}`);
  await expect(wrong.get("one")).rejects.toThrow();
});

test("a cluster, by sharded channels", { timeout: 60_000 }, async () => {
  const nodes = await Promise.all(
    [1, 2, 3].map(() => start(["--cluster-enabled", "yes", "--cluster-node-timeout", "2000"])),
  );
  const cli = (port: number, ...args: string[]) =>
    execFileSync("redis-cli", ["-p", String(port), ...args], { encoding: "utf8" });
  const slots = 16_384 / nodes.length;
  for (const [i, { port }] of nodes.entries()) {
    cli(
      port,
      "cluster",
      "addslotsrange",
      String(Math.ceil(i * slots)),
      String(Math.ceil((i + 1) * slots) - 1),
    );
    cli(port, "cluster", "meet", "127.0.0.1", String(nodes[0]?.port));
  }
  await eventually(async () => {
    for (const { port } of nodes) expect(cli(port, "cluster", "info")).toContain("cluster_state:ok");
  });
  const redis = await connect(`redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`);
  for (const name of ["a", "b", "c", "d", "e"]) await works(redis, name);
});

test("one behind sentinels, and the next one after a fail-over", { timeout: 60_000 }, async () => {
  const main = await start();
  const replica = await start(["--replicaof", "127.0.0.1", String(main.port)]);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "copane-sentinel-"));
  const file = join(folder, "sentinel.conf");
  writeFileSync(
    file,
    `port ${port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 ${main.port} 1
sentinel down-after-milliseconds main 500\nsentinel failover-timeout main 2000\n`,
  );
  const sentinel = spawn(await redisProgram(), [file, "--sentinel"], { stdio: "ignore" });
  endings.push(() => {
    sentinel.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const info = (what: string) =>
    execFileSync("redis-cli", ["-p", String(port), "sentinel", what, "main"], { encoding: "utf8" });
  // It has to know the replica before it can choose it.
  await eventually(async () => expect(info("replicas")).toContain(String(replica.port)));
  const redis = await connect(`redis+sentinel://127.0.0.1:${port}/main`);
  await works(redis, "before");
  await main.end();
  await eventually(async () => expect(info("get-master-addr-by-name")).toContain(String(replica.port)));
  await works(redis, "after");
});
