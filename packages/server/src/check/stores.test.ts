import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { throwAwayDatabase } from "../../../../scripts/lib/postgres.mjs";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { loadConfig } from "../config/index.ts";
import type { RedisState } from "../servers/index.ts";
import { openDatabase, type PostgresState } from "../store/index.ts";
import { checkData, judgePostgres } from "./data.ts";
import type { Finding } from "./finding.ts";
import { checkRedis, judgeRedis } from "./redis.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});

function said(findings: readonly Finding[]): string {
  return findings.map(({ level, text }) => `${level} ${text}`).join("\n");
}

async function redis(...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "copane-redis-"));
  const started = await startRedis({ args: ["--dir", folder, ...args] });
  endings.push(async () => {
    await started.end();
    rmSync(folder, { recursive: true, force: true });
  });
  return started;
}

async function foundInRedis(redisUrl: string): Promise<string> {
  const found = await checkRedis(loadConfig({}, { overrides: { redisUrl, databaseUrl: "postgres://x/x" } }));
  return said(found);
}

test("a PostgreSQL is looked at, and left as it is; then with its schema", async () => {
  const { url, drop } = await throwAwayDatabase();
  endings.push(drop);
  const config = loadConfig({}, { overrides: { databaseUrl: url } });
  for (let time = 0; time < 2; time++) {
    const found = said(await checkData(config));
    expect(found).toMatch(/ok PostgreSQL \d+.* answers\nnote its schema has step 0 of \d+; the next start/);
    expect(found).toContain("ok its clock");
  }
  await (await openDatabase(config)).close();
  expect(said(await checkData(config))).toMatch(/ok its schema is up to date/);
  const other = url.replace(/\/[^/?]*(\?|$)/, "/no_such_database_of_copane$1");
  expect(said(await checkData({ ...config, databaseUrl: other }))).toMatch(
    /^problem .*no such database \(3D000\)/,
  );
});

test.each<[Partial<PostgresState>, string]>([
  [{ major: 11, version: "11.2" }, "problem PostgreSQL 11.2 is too old"],
  [{ readOnly: true }, "problem it can only be read"],
  [{ step: 5 }, "problem its schema is of a newer Copane"],
  [{ step: 3, mayCreate: false }, "problem its schema has step 3 of 4, and the user may not make tables"],
  [{ fsync: false }, "warning it runs with fsync off"],
  [{ aheadMs: 60_000 }, "problem its clock is 60.0 s ahead"],
])("a PostgreSQL with %o: %s", (state, expected) => {
  const good: PostgresState = {
    version: "16.1",
    major: 16,
    step: 4,
    newestStep: 4,
    mayCreate: true,
    readOnly: false,
    fsync: true,
    aheadMs: 0,
  };
  expect(said(judgePostgres(good))).not.toMatch(/problem|warning|note/);
  expect(said(judgePostgres({ ...good, ...state }))).toContain(expected);
});

test.each<[Partial<RedisState>, string]>([
  [{ version: "6.0.16" }, "problem Redis 6.0.16 is too old"],
  [{ version: undefined }, "warning it answers, but its version"],
  [{ cluster: true }, "problem it is part of a cluster"],
  [{ eviction: "allkeys-lru", bounded: true }, "problem when its memory is full it throws keys away"],
  [{ heard: false }, "problem what is published in it"],
  [{ aheadMs: -3_000 }, "warning its clock is 3.0 s behind"],
])("a Redis with %o: %s", (state, expected) => {
  const good: RedisState = {
    product: "Redis",
    version: "6.2.0",
    eviction: "noeviction",
    bounded: true,
    cluster: false,
    heard: true,
    aheadMs: 0,
  };
  expect(said(judgeRedis(good, false))).not.toMatch(/problem|warning/);
  expect(said(judgeRedis({ ...good, ...state }, false))).toContain(expected);
  expect(said(judgeRedis({ ...good, cluster: true }, true))).toContain("problem Redis 6.2.0 is too old");
});

test("a real Redis: good, one that throws keys away, a replica", { timeout: 30_000 }, async () => {
  const good = await redis();
  expect(await foundInRedis(good.url)).toMatch(/^ok Redis \d\S* answers\nok its clock[^\n]*$/);
  const evicting = await redis("--maxmemory", "100mb", "--maxmemory-policy", "volatile-lru");
  expect(await foundInRedis(evicting.url)).toContain("problem when its memory is full");
  const replica = await redis("--replicaof", "127.0.0.1", String(good.port));
  expect(await foundInRedis(replica.url)).toMatch(/^problem .*replica.*READONLY/);
});

test("something that does not answer, and an address that cannot be read", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  endings.push(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  expect(await foundInRedis(`redis://127.0.0.1:${port}`)).toMatch(/^problem .*(does not answer|no answer)/);
  expect(await foundInRedis("redis://a:geheim%zz@127.0.0.1")).toMatch(/^problem .*cannot be read/);
  const config = loadConfig({}, { overrides: { databaseUrl: "postgres://a:geheim@[::1" } });
  const found = said(await checkData(config));
  expect(found).toMatch(/^problem .*cannot be read/);
  expect(found).not.toContain("geheim");
});

test("a Redis that wants another password, or allows too little", { timeout: 30_000 }, async () => {
  const user = (name: string, ...rules: string[]) => ["--user", name, "on", ">geheim", "~copane:*", ...rules];
  const { port } = await redis(
    ...user("good", "&copane:*", "+@all"),
    ...user("shy", "&copane:*", "+@all", "-info"),
    ...user("mute", "+@all", "resetchannels"),
    ...user("weak", "&copane:*", "+@all", "-eval"),
  );
  const found = (name: string, password = "geheim") =>
    foundInRedis(`redis://${name}:${password}@127.0.0.1:${port}`);
  expect(await found("good")).toMatch(/^ok/);
  expect(await found("shy")).toMatch(/^warning it answers, but its version/);
  expect(await found("mute")).toContain("problem what is published");
  expect(await found("weak")).toMatch(/^problem .*NOPERM/);
  const wrong = await found("good", "streng-geheim");
  expect(wrong).toMatch(/^problem .*password is wrong \(WRONGPASS\)/);
  expect(wrong).not.toContain("streng");
});
