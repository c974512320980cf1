import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseSessionStore } from "../live-store/index.ts";
import { apply } from "../rules/index.ts";
import { type Database, openDatabase } from "../store/index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { history, start } from "../testing/histories.ts";
import { settings } from "../testing/settings.ts";
import { MemorySessionStore } from "./memory-session-store.ts";
import type { SessionStore } from "./session-store.ts";
import { decodeStored, encodeStored, STORED_FORMAT, type StoredSession } from "./stored-session.ts";

/** Any session that may be stored. */
const anySession: fc.Arbitrary<StoredSession> = fc
  .record({
    first: start(settings),
    steps: history,
    id: fc.uuid(),
    name: fc.string({ unit: "binary" }),
    seats: fc.array(fc.tuple(fc.base64String(), fc.integer({ min: 0, max: 9 }))),
    unkept: fc.array(
      fc.record({
        serial: fc.integer({ min: 0 }),
        event: fc.constant("control.granted" as const),
        at: fc.integer({ min: 0, max: 8e12 }),
      }),
    ),
  })
  .map(({ first, steps, id, name, seats, unkept }) => {
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
    return { record: { ...record, id, participants }, seats, unkept, fence: 1, version: 3 };
  });

test("any session is the same after it was stored", () => {
  fc.assert(
    fc.property(anySession, (session) => {
      const { record, seats, unkept } = session;
      expect(decodeStored(STORED_FORMAT, encodeStored(session))).toEqual({ record, seats, unkept });
    }),
  );
});

test("what a newer version stored is not read", () => {
  expect(() => decodeStored(STORED_FORMAT + 1, "{}")).toThrow(/Start the newer version/);
});

const implementations = [["memory", undefined], ...stores] as const;

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
    expect(await sessions.write(written)).toEqual([]);
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
    expect(await sessions.write([{ ...one, version: 4 }, other])).toEqual([]);
    const { id } = one.record;
    const taken = (await again().takeUp()).sessions.find(({ record }) => record.id === id) as StoredSession;
    const late = { ...one, version: 99, record: { ...one.record, paused: !one.record.paused } };
    expect(await sessions.write([late])).toEqual([id]);
    expect(await sessions.write([{ ...taken, version: 1 }])).toEqual([]);
    expect(await sessions.write([{ ...taken, version: 1 }])).toEqual([]);
    const last = (await again().takeUp()).sessions.find(({ record }) => record.id === id);
    expect(last?.record).toEqual(one.record);
  });

  test("leaves the sessions of another server on a shared database alone", async () => {
    if (name !== "PostgreSQL" || !database) return;
    const [one] = fc.sample(anySession, 1) as [StoredSession];
    await new DatabaseSessionStore(database, "two").write([one]);
    const ids = (await sessions.takeUp()).sessions.map(({ record }) => record.id);
    expect(ids).not.toContain(one.record.id);
  });
});
