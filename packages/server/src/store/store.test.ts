import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../testing/process.ts";
import { type Database, type Statement, StoreError } from "./database.ts";
import { openDatabase } from "./index.ts";
import { stores, type TestStore } from "./testing.ts";

describe.each(stores)("the %s store", (name, make) => {
  let store: TestStore;
  let database: Database;
  beforeAll(async () => {
    store = await make();
    database = await openDatabase(store.config);
  });
  afterAll(async () => {
    await database.close();
    await store.drop();
  });

  test("gives numbers, times and documents as such", async () => {
    const [row] = await database.query(
      `select 9007199254740991::bigint as big, 1.5::numeric as fraction, '2026-11-24T10:00:00.123Z'::timestamptz as at,
        '{"a":[1]}'::jsonb as document, null as nothing`,
    );
    expect(row).toEqual({
      big: 9_007_199_254_740_991,
      fraction: 1.5,
      at: new Date("2026-11-24T10:00:00.123Z"),
      document: { a: [1] },
      nothing: null,
    });
  });

  test("writes all of a batch or nothing", async () => {
    await database.query("create table pairs (a integer primary key)");
    await expect(
      database.write([
        ["insert into pairs values ($1)", [1]],
        ["insert into pairs values ($1)", [1]],
      ]),
    ).rejects.toMatchObject({ code: "23505" });
    expect(await database.query("select * from pairs")).toEqual([]);
    await database.write([
      ["insert into pairs values ($1)", [1]],
      ["insert into pairs values ($1)", [2]],
    ]);
    expect(await database.query("select * from pairs order by a")).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("a failed statement leaves the database usable", async () => {
    await expect(database.query("select nonsense")).rejects.toMatchObject({ code: "42703" });
    expect(await database.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("what comes again gives the same, whatever fails in between", async () => {
    const at = new Date("2026-11-24T10:00:00.123Z");
    const odd = ['a "quoted" one', "back\\slash", "{braces},"];
    const ask = (n: number) =>
      database.query(
        "select $1::integer as n, $2::timestamptz as at, $3::text[] as odd, $4::boolean as yes",
        [n, at, odd, true],
      );
    const put = (a: number | string) => database.write([["insert into pairs values ($1)", [a]]]);
    const count = "select count(*) as rows from pairs";
    const [before] = await database.query<{ rows: number }>(count);
    for (const n of [101, 102, 103]) {
      expect(await ask(n)).toEqual([{ n, at, odd, yes: true }]);
      await put(n);
      await expect(put(n)).rejects.toMatchObject({ code: "23505" });
      await expect(put("no number")).rejects.toMatchObject({ code: "22P02" });
      await expect(
        database.write([["insert into pairs values ($1)", [n + 100]], ["select nonsense"]]),
      ).rejects.toThrow(StoreError);
    }
    expect(await database.query(count)).toEqual([{ rows: (before?.rows ?? 0) + 3 }]);
    expect(await database.query("select a from pairs where a > 1000")).toEqual([]);
  });

  test("is refused when a newer version has migrated it", async () => {
    await database.query("insert into schema_steps (step) values (999)");
    if (name === "embedded") await database.close();
    await expect(openDatabase(store.config)).rejects.toThrow(/newer version/);
    if (name === "embedded") return;
    await database.query("delete from schema_steps where step = 999");
    // Several servers that start at once migrate once.
    const many = await Promise.all([1, 2, 3].map(() => openDatabase(store.config)));
    await Promise.all(many.map((one) => one.close()));
  });
});

test("several servers may migrate one empty PostgreSQL at once", async () => {
  const store = await stores[1][1]();
  const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase(store.config)));
  const [first] = opened;
  expect(await first?.query("select count(*) as steps from schema_steps where step = 1")).toEqual([
    { steps: 1 },
  ]);
  await Promise.all(opened.map((one) => one.close()));
  await store.drop();
});

test("an unreachable PostgreSQL is told without its password", async () => {
  const opening = openDatabase({ databaseUrl: "postgres://me:s3cret@127.0.0.1:1/x", dataDir: "" });
  await expect(opening).rejects.toThrow(/DATABASE_URL.*ECONNREFUSED/);
  await expect(opening).rejects.not.toThrow(/s3cret/);
});

test("each database in memory has tables and rows of its own, and none after it was closed", async () => {
  const where = { databaseUrl: "", dataDir: "" };
  const [first, second] = await Promise.all([openDatabase(where), openDatabase(where)]);
  const put = (author: string): Statement => [
    "insert into policies (document, author, at) values ('{}', $1, now())",
    [author],
  ];
  const authors = async (database: Database) =>
    (await database.query<{ author: string }>("select author from policies order by author")).map(
      ({ author }) => author,
    );
  // Interleaved as two servers would: each statement goes to the tables of its own database.
  await Promise.all(
    [1, 2, 3].flatMap((n) => [
      first.write([put(`a${n}`), put(`b${n}`)]),
      second.query(...put(`c${n}`)),
      first.query(...put(`d${n}`)),
    ]),
  );
  expect(await authors(first)).toEqual(["a1", "a2", "a3", "b1", "b2", "b3", "d1", "d2", "d3"]);
  expect(await authors(second)).toEqual(["c1", "c2", "c3"]);
  await first.close();
  await expect(first.query("select 1")).rejects.toThrow(StoreError);
  expect(await authors(second)).toEqual(["c1", "c2", "c3"]);
  const third = await openDatabase(where);
  expect(await authors(third)).toEqual([]);
  await Promise.all([second.close(), third.close()]);
});

describe("one folder", () => {
  test("has a database of its own making, and nothing else that making left", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "copane-data-"));
    const where = { databaseUrl: "", dataDir };
    // A server was killed while it made one.
    mkdirSync(join(dataDir, "store", "pg-making-abc123", "base"), { recursive: true });
    const first = await openDatabase(where);
    await first.query("insert into server_secrets (name, value) values ('kept', 'yes')");
    await first.close();
    expect(readdirSync(join(dataDir, "store"))).toEqual(["pg"]);
    const second = await openDatabase(where);
    expect(await second.query("select value from server_secrets where name = 'kept'")).toEqual([
      { value: "yes" },
    ]);
    await second.close();
    rmSync(dataDir, { recursive: true });
  });

  test("belongs to one database at a time, and to the next when the holder is dead", async () => {
    const store = await stores[0][1]();
    const first = await openDatabase(store.config);
    await expect(openDatabase(store.config)).rejects.toThrow(/in use/);
    await first.close();
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const lock = `${store.config.dataDir}/store/lock`;
    writeFileSync(lock, String(dead));
    const second = await openDatabase(store.config);
    expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
    await second.close();
    await store.drop();
  });

  // Containers that share a folder count their processes each for itself: often both servers have the same number.
  test("is not taken from a living server of another container", { timeout: 60_000 }, async () => {
    const store = await stores[0][1]();
    const server = await startServer(store);
    const lock = `${store.config.dataDir}/store/lock`;
    const nobody = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const number of [process.pid, nobody]) {
      writeFileSync(lock, String(number));
      await expect(openDatabase(store.config)).rejects.toThrow(`in use by process ${number} (`);
    }
    server.child.kill("SIGSTOP");
    await expect(openDatabase(store.config)).rejects.toThrow(/in use by process/);
    await server.end("SIGKILL");
    const next = await openDatabase(store.config);
    await next.close();
    expect(readdirSync(`${store.config.dataDir}/store`)).toEqual(["pg"]);
    await store.drop();
  });
});
