import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../sessions/index.ts";
import { type Database, openDatabase, type Statement } from "../../store/index.ts";
import { stores } from "../../store/testing.ts";
import { AuditRecorder } from "./recorder.ts";

function entry(id: string): AuditEntry {
  const session = { id, initiator: "customer" as const, locale: "en", createdAt: 0, participants: [] };
  return { session, event: "session.created", at: 0, by: 0 };
}

/** A database of which `write` is all that is asked, with what it was given. */
function fake(write: (text: string) => Promise<void> | undefined): { database: Database; written: string[] } {
  const written: string[] = [];
  const database: Database = {
    kind: "postgresql",
    query: async () => [],
    write: async (statements: readonly Statement[]) => {
      const text = JSON.stringify(statements);
      await write(text);
      written.push(text);
    },
    close: async () => {},
  };
  return { database, written };
}
const recorderOn = (database: Database) =>
  new AuditRecorder({ database, server: "one", log: { error: () => {} } });
const gone = () => Object.assign(new Error("gone"), { code: "08006" });

/** Whether a promise is fulfilled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol("open");
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
}

describe("a request waits for its own rows", () => {
  test("and not for a session whose rows hang in the database", async () => {
    const { database } = fake((text) => (text.includes("stuck") ? new Promise(() => {}) : undefined));
    const recorder = recorderOn(database);
    recorder.record(entry("stuck"));
    const stuck = recorder.stored("stuck");
    stuck.catch(() => {});
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    recorder.record(entry("mine"));
    await recorder.stored("mine");
    expect(await settled(stuck)).toBe(false);
    expect(recorder.state).toMatchObject({ waiting: 1, written: 1 });
  });

  test("and not for a session whose rows fail, also when both came at once", async () => {
    let broken = true;
    const { database } = fake(async (text) => {
      if (broken && text.includes("stuck")) throw gone();
    });
    const recorder = recorderOn(database);
    for (const id of ["stuck", "mine", "another"]) recorder.record(entry(id));
    const stuck = recorder.stored("stuck");
    await Promise.all([recorder.stored("mine"), recorder.stored("another")]);
    expect(await settled(stuck)).toBe(false);
    expect(recorder.state).toMatchObject({ waiting: 1, written: 2, failing: false });
    recorder.record(entry("later"));
    await recorder.stored("later");
    broken = false;
    await stuck;
    expect(recorder.state).toMatchObject({ waiting: 0, written: 4, dropped: 0 });
  });

  test("and is refused when they cannot be stored in time", { timeout: 20_000 }, async () => {
    const { database } = fake(() => new Promise(() => {}));
    const recorder = recorderOn(database);
    recorder.record(entry("mine"));
    await expect(recorder.stored("mine")).rejects.toMatchObject({ name: "STORE_UNAVAILABLE" });
    await recorder.stored("nothing happened in this one");
  });

  test("although somebody holds a lock on another session's row", async () => {
    const store = await stores[1][1]();
    const database = await openDatabase(store.config);
    const recorder = recorderOn(database);
    recorder.record(entry("locked"));
    await recorder.stored("locked");
    const lock = database.write([
      ["select id from sessions where id = 'locked' for update"],
      ["select pg_sleep(4)"],
    ]);
    await expect
      .poll(() => database.query("select 1 from pg_stat_activity where query like 'select pg_sleep%'"))
      .toHaveLength(1);
    recorder.record(entry("locked"));
    recorder.record(entry("mine"));
    const locked = recorder.stored("locked").catch(() => {});
    await recorder.stored("mine");
    expect(await settled(lock)).toBe(false);
    expect(await database.query("select id from sessions where id = 'mine'")).toHaveLength(1);
    await lock;
    await locked;
    await recorder.close();
    expect(recorder.state).toMatchObject({ waiting: 0, dropped: 0 });
    await database.close();
    await store.drop();
  });
});

test("each session's entries are stored in order, whatever fails in between", async () => {
  let calls = 0;
  const { database, written } = fake(async () => {
    if (++calls % 2 === 1) throw gone();
  });
  const recorder = recorderOn(database);
  for (let at = 0; at < 3; at++) {
    recorder.record({ ...entry("one"), at, detail: `detail-${at}` });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }
  await recorder.stored("one");
  const details = written.flatMap((text) => text.match(/detail-\d/g) ?? []);
  expect(details).toEqual(["detail-0", "detail-1", "detail-2"]);
});

test("a database that was away gets everything once it is back, each entry once", async () => {
  let away = true;
  const { database, written } = fake(async () => {
    if (away) throw gone();
  });
  const recorder = recorderOn(database);
  const ids = Array.from({ length: 700 }, (_, i) => `session-${String(i).padStart(3, "0")}`);
  for (const id of ids) recorder.record(entry(id));
  await expect.poll(() => recorder.state.failing).toBe(true);
  away = false;
  await expect.poll(() => recorder.state.waiting, { timeout: 20_000 }).toBe(0);
  expect(recorder.state).toMatchObject({ written: 700, dropped: 0, failing: false });
  const events = written.flatMap((text) => text.match(/\\"session_id\\":\\"session-\d+/g) ?? []);
  expect(events).toHaveLength(700);
});

test("closing stores what waits, or gives up where the database is away", async () => {
  const { database } = fake(() => undefined);
  const recorder = recorderOn(database);
  for (let i = 0; i < 1_200; i++) recorder.record(entry(`session-${i}`));
  await recorder.close();
  expect(recorder.state).toMatchObject({ waiting: 0, written: 1_200 });
  const away = recorderOn(fake(() => Promise.reject(gone())).database);
  for (let i = 0; i < 10; i++) away.record(entry(`session-${i}`));
  await away.close();
  expect(away.state).toMatchObject({ waiting: 10, written: 0 });
});
