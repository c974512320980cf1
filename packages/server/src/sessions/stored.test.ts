import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseSessionStore } from "../live-store/index.ts";
import { apply } from "../rules/index.ts";
import { type Database, openDatabase } from "../store/index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { history, start } from "../testing/histories.ts";
import { settings } from "../testing/settings.ts";
import { MemorySessionStore } from "./memory-session-store.ts";
import type { SessionStore } from "./session-store.ts";
import { SessionWriter, type Storable } from "./session-writer.ts";
import { decodeStored, encodeStored, STORED_FORMAT, type StoredSession } from "./stored-session.ts";

/** Any session that may be stored. */
const anySession: fc.Arbitrary<StoredSession> = fc
  .record({
    first: start(settings),
    steps: history,
    id: fc.uuid(),
    name: fc.string({ unit: "binary" }),
    seats: fc.array(fc.tuple(fc.base64String(), fc.integer({ min: 0, max: 9 }))),
    who: fc.option(
      fc.array(fc.record({ name: fc.base64String(), times: fc.constantFrom(1, 5) }), { maxLength: 2 }),
    ),
    unkept: fc.array(
      fc.record({
        serial: fc.integer({ min: 0 }),
        event: fc.constant("control.granted" as const),
        at: fc.integer({ min: 0, max: 8e12 }),
      }),
    ),
  })
  .map(({ first, steps, id, name, seats, who, unkept }) => {
    let record = first;
    let now = 0;
    for (const [step, wait] of steps) {
      now += wait;
      try {
        record = apply(record, step, now, settings).session;
      } catch {
        // The rules forbid it.
      }
    }
    const participants = record.participants.map((one) => ({ ...one, name }));
    const named = { ...record, id, participants };
    return { record: named, seats, unkept, ...(who ? { who } : {}), fence: 1, version: 3 };
  });

test("any session is the same after it was stored", () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const { fence: _, version: _version, ...document } = session;
      expect(decodeStored(STORED_FORMAT, encodeStored(session))).toEqual(document);
    }),
  );
});

test("what a newer version stored is not read", () => {
  expect(() => decodeStored(STORED_FORMAT + 1, "{}")).toThrow(/Start the newer version/);
});

const implementations = [["memory", undefined], ...stores] as const;

const all = { refused: [], busy: [] };

/** What each implementation of the port keeps to. */
describe.each(implementations)("the session store in %s", (name, make) => {
  let store: TestStore | undefined;
  let database: Database | undefined;
  let sessions: SessionStore;
  /** What the next start of the same server sees. */
  const again = (): SessionStore => (database ? new DatabaseSessionStore(database, "one") : sessions);
  beforeAll(async () => {
    store = await make?.();
    database = store && (await openDatabase(store.config));
    sessions = database ? new DatabaseSessionStore(database, "one") : new MemorySessionStore();
  });
  afterAll(async () => {
    await database?.close();
    await store?.drop();
  });

  test("gives back what was written, each with the next fence", async () => {
    const written = fc.sample(anySession, 20);
    expect(await sessions.write(written)).toEqual(all);
    await sessions.alive(1_234_567);
    const taken = await again().takeUp();
    expect(taken.aliveAt).toBe(1_234_567);
    const byId = (list: readonly StoredSession[]) => new Map(list.map((one) => [one.record.id, one]));
    expect(byId(taken.sessions)).toEqual(byId(written.map((one) => ({ ...one, fence: 2, version: 0 }))));
    await sessions.remove(written.map(({ record }) => ({ id: record.id, fence: 1 })));
    expect((await again().takeUp()).sessions).toHaveLength(20);
    await sessions.remove(written.map(({ record }) => ({ id: record.id, fence: 3 })));
    expect((await again().takeUp()).sessions).toEqual([]);
  });

  test("refuses what an earlier holder writes, and takes a repeat", async () => {
    const [one, other] = fc.sample(anySession, 2) as [StoredSession, StoredSession];
    await sessions.write([one, other]);
    expect(await sessions.write([{ ...one, version: 4 }, other])).toEqual(all);
    const { id } = one.record;
    const taken = (await again().takeUp()).sessions.find(({ record }) => record.id === id) as StoredSession;
    const late = { ...one, version: 99, record: { ...one.record, paused: !one.record.paused } };
    expect(await sessions.write([late])).toEqual({ refused: [id], busy: [] });
    expect(await sessions.write([{ ...taken, version: 1 }])).toEqual(all);
    expect(await sessions.write([{ ...taken, version: 1 }])).toEqual(all);
    const last = (await again().takeUp()).sessions.find(({ record }) => record.id === id);
    expect(last?.record).toEqual(one.record);
  });

  test("does not let one that somebody else has locked hold up the others", async () => {
    if (name !== "PostgreSQL" || !database) return;
    const [locked, other, fresh] = fc.sample(anySession, 3) as [StoredSession, StoredSession, StoredSession];
    const [lockedId, otherId] = [locked.record.id, other.record.id];
    await sessions.write([locked, other]);
    const writer = new SessionWriter({ store: sessions, log: { info: () => {}, error: () => {} } });
    const written: string[] = [];
    const storable = (session: StoredSession): Storable => ({
      id: session.record.id,
      stored: () => session,
      written: () => written.push(session.record.id),
      lost: () => written.push(`lost ${session.record.id}`),
    });
    const client = new pg.Client(store?.config.databaseUrl);
    await client.connect();
    const hold = async () => {
      await client.query("begin");
      await client.query("select from live_sessions where id = $1 for update", [lockedId]);
    };
    const ids = async () => {
      const rows = await (database as Database).query<{ id: string }>("select id from live_sessions");
      return rows.map(({ id }) => id);
    };
    await hold();
    for (const session of [locked, other, fresh]) writer.write(storable({ ...session, version: 9 }), "now");
    await expect.poll(() => written).toEqual([otherId, fresh.record.id]);
    expect(writer.has(lockedId)).toBe(true);
    await client.query("commit");
    await expect.poll(() => written).toEqual([otherId, fresh.record.id, lockedId]);
    await hold();
    for (const { record, fence } of [locked, other]) writer.remove({ id: record.id, fence });
    await expect.poll(ids).not.toContain(otherId);
    expect(await ids()).toContain(lockedId);
    await client.query("commit");
    await expect.poll(ids).not.toContain(lockedId);
    await client.end();
    await writer.close();
    expect(writer.state).toEqual({ waiting: 0, failing: false });
  });

  test("leaves the sessions of another server on a shared database alone", async () => {
    if (name !== "PostgreSQL" || !database) return;
    const [one] = fc.sample(anySession, 1) as [StoredSession];
    await new DatabaseSessionStore(database, "two").write([one]);
    const ids = (await sessions.takeUp()).sessions.map(({ record }) => record.id);
    expect(ids).not.toContain(one.record.id);
  });
});
