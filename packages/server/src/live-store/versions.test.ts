import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  MemoryDirectory,
  SessionHooks,
  SessionService,
  STORED_FORMAT,
  type StoredSession,
} from "../sessions/index.ts";
import { type Database, openDatabase } from "../store/index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { settings } from "../testing/settings.ts";
import { SharedSessionStore } from "./shared-session-store.ts";

/** Two versions on one database: what one stored, as the other finds it. */

/** As the last version stored it that knew no later format: keep it as it is. */
const released = readFileSync(new URL("format-1.json", import.meta.url), "utf8");
const id = "3f0c1d2e-0000-4000-8000-000000000001";

let store: TestStore;
let database: Database;
beforeAll(async () => {
  store = await stores[1][1]();
  database = await openDatabase(store.config);
});
afterAll(async () => {
  await database.close();
  await store.drop();
});

/** A session of a server that was declared dead. */
async function left(sessionId: string, format: number, text: string): Promise<void> {
  await database.query(
    `insert into live_servers (server, alive_at, lease_until, dead) values ('old', now(), now(), true)
     on conflict (server) do nothing`,
  );
  await database.query(
    `insert into live_sessions (id, server, fence, version, format, session) values ($1, 'old', 3, 8, $2, $3)`,
    [sessionId, format, text],
  );
}

test("what the released version stored goes on: seats, control and what is not kept yet", async () => {
  await left(id, 1, released);
  const mine = new SharedSessionStore(database, () => "new");
  expect(await mine.holding('"87654321"')).toMatchObject({ record: { id } });
  const [taken] = await mine.takeUpFrom("old", { most: 10 });
  const kept: (number | undefined)[] = [];
  const quiet = { info: () => {}, error: () => {} };
  const hooks = new SessionHooks(quiet);
  hooks.subscribe({ keep: async ({ serial }) => void kept.push(serial) });
  const sessions = new SessionService({
    directory: new MemoryDirectory(),
    store: mine,
    // However long ago it was stored.
    settings: { ...settings, sessionTimeoutMs: 1e12, customerIdleMs: 1e12, maxWaiting: 10, keyDigits: 8 },
    hooks,
    log: quiet,
    hide: (name) => name,
  });
  await sessions.goOn(taken?.stored as StoredSession, Date.now());
  const status = await sessions.status("token-of-ada", "customer");
  expect(status.session).toMatchObject({ id, state: "active", control: { holder: 1, level: "full" } });
  await sessions.logout("token-of-grace", "agent");
  await expect.poll(() => kept).toContain(7);
  await sessions.close();
  const [row] = await database.query<{ fence: number; format: number; server: string }>(
    "select fence, format, server from live_sessions where id = $1",
    [id],
  );
  expect(row).toEqual({ fence: 4, format: STORED_FORMAT, server: "new" });
});

test("what a newer version stored stays as it is for a server of that version, and is told of", async () => {
  const later = STORED_FORMAT + 1;
  const text = JSON.stringify({ of: "another shape", key: "11112222" });
  await left("of the newer one", later, text);
  const mine = new SharedSessionStore(database, () => "new");
  const row = () => database.query("select * from live_sessions where id = 'of the newer one'");
  const [before] = await row();
  expect(await mine.takeUpFrom("old", { most: 10 })).toEqual([]);
  expect(await mine.takeUpFrom("old", { id: "of the newer one" })).toEqual([]);
  expect(await mine.holding('"11112222"')).toBeUndefined();
  expect(await mine.newer()).toBe(1);
  await database.query("update live_sessions set server = 'new' where id = 'of the newer one'");
  expect(await mine.receive("of the newer one")).toBeUndefined();
  expect(await row()).toEqual([{ ...before, server: "new" }]);
});
