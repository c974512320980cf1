import { paths } from "@copane/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../../index.ts";
import type { AuditEntry } from "../../sessions/index.ts";
import { openDatabase } from "../../store/index.ts";
import { stores, type TestStore } from "../../store/testing.ts";
import { AuditLog } from "./log.ts";
import { SessionNotes } from "./notes.ts";
import { endOrphans } from "./orphans.ts";
import { AuditRecorder } from "./recorder.ts";
import { forget } from "./retention.ts";

const DAY = 86_400_000;
const start = Date.parse("2026-03-01T08:00:00Z");

/** A session as the rules would tell it, with all that is wanted in it. */
function entries(number: number, given: Partial<AuditEntry["session"]> = {}): AuditEntry[] {
  const createdAt = start + number * 3_600_000;
  const session = {
    id: `session-${String(number).padStart(4, "0")}`,
    initiator: "customer" as const,
    locale: "en",
    createdAt,
    participants: [
      { number: 0, role: "customer" as const, name: `Customer ${number}` },
      { number: 1, role: "agent" as const, name: "Grace", agentId: `agent-${number % 3}` },
    ],
    ...given,
  };
  const closed = {
    code: number % 2 ? ("agent_left" as const) : ("customer_left" as const),
    by: "agent" as const,
  };
  return [
    {
      session: { ...session, participants: session.participants.slice(0, 1) },
      event: "session.created",
      at: createdAt,
      by: 0,
    },
    { session, event: "agent.joined", at: createdAt + 1_000, by: 1 },
    { session, event: "control.granted", at: createdAt + 2_000, by: 0 },
    { session, event: "page.visited", at: createdAt + 3_000, by: 0, detail: "/cart" },
    {
      session: { ...session, closed },
      event: "session.closed",
      at: createdAt + 60_000,
      by: 1,
      fidelity: { compared: 140, repaired: 2 },
    },
  ];
}

describe.each(stores)("the audit on the %s store", (_name, make) => {
  let store: TestStore;
  let server: CopaneServer;
  let base: string;
  let token: string;

  beforeAll(async () => {
    store = await make();
    const database = await openDatabase(store.config);
    const recorder = new AuditRecorder({ database, server: "elsewhere", log: { error: () => {} } });
    for (let i = 0; i < 120; i++) for (const entry of entries(i)) recorder.record(entry);
    const evil = '=HYPERLINK("http://evil")';
    const odd = [{ number: 0, role: "customer" as const, name: evil }];
    for (const entry of entries(200, { participants: odd })) recorder.record(entry);
    const broken = [{ number: 0, role: "customer" as const, name: "half \ud800 and nul \0 100%_" }];
    for (const entry of entries(201, { participants: broken })) recorder.record(entry);
    await recorder.close();
    expect(recorder.state).toMatchObject({ waiting: 0, dropped: 0, written: 122 * 5 });
    await database.close();
    const overrides = {
      ...store.config,
      port: 0,
      logLevel: "silent" as const,
      devSignIn: true,
      devSignInCode: "123456",
      requestsPerMinute: 100_000,
    };
    server = await createServer(loadConfig({}, { overrides }));
    base = await server.listen();
    token = await signIn("auditor");
  });
  afterAll(async () => {
    await server.close();
    await store.drop();
  });

  async function signIn(role: string): Promise<string> {
    const body = JSON.stringify({ name: "Lin", code: "123456", role });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(base + paths.agentSignIn, { method: "POST", headers, body });
    return ((await answer.json()) as { token: string }).token;
  }

  function ask(path: string, as = token): Promise<Response> {
    return fetch(`${base}${paths.audit}/${path}`, { headers: { authorization: `Bearer ${as}` } });
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever came
  async function get(path: string): Promise<any> {
    return (await ask(path)).json();
  }

  test("pages by cursor give every session once, newest first", async () => {
    const seen: string[] = [];
    let cursor = "";
    let pages = 0;
    do {
      const page = await get(`sessions?limit=50${cursor && `&cursor=${cursor}`}`);
      expect(page.total).toBe(122);
      seen.push(...page.sessions.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor ?? "";
      pages++;
    } while (cursor);
    expect(pages).toBe(3);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(122);
  });

  test.each(["started", "length", "customer", "agent", "outcome"])(
    "sorted by %s, pages give every session once, and backwards the same ones",
    async (sort) => {
      const walk = async (order: string) => {
        const seen: string[] = [];
        let cursor = "";
        do {
          const page = await get(
            `sessions?limit=50&sort=${sort}&order=${order}${cursor && `&cursor=${cursor}`}`,
          );
          seen.push(...page.sessions.map(({ id }: { id: string }) => id));
          cursor = page.nextCursor ?? "";
        } while (cursor);
        return seen;
      };
      const up = await walk("asc");
      expect(new Set(up).size).toBe(122);
      expect(await walk("desc")).toEqual(up.toReversed());
    },
  );

  test("sorted by customer, the names go up", async () => {
    const { sessions } = await get("sessions?limit=200&sort=customer&order=asc");
    const names = sessions.map(({ customer }: { customer: string }) => customer.toLowerCase());
    expect(names).toEqual(names.toSorted((a: string, b: string) => a.localeCompare(b, "en")));
  });

  test.each([
    ["time", "from=2026-03-02&to=2026-03-03", 24],
    ["a moment with a zone", "from=2026-03-01T09:00:00%2B01:00&to=2026-03-01T11:00:00%2B01:00", 2],
    ["agent", "agent=agent-1", 40],
    ["customer, whatever the case", "customer=cUSTOMER%2011", 11],
    ["outcome", "outcome=agent_left", 61],
    ["state", "state=open", 0],
    ["search over names and ids", "q=SESSION-0042", 1],
    ["signs that a pattern would take for its own", "customer=100%25_", 1],
    ["a percent sign that nobody has", "customer=9%25", 0],
    ["all at once", "from=2026-03-02&agent=agent-1&outcome=agent_left&q=grace", 17],
  ])("filters by %s", async (_what, query, total) => {
    expect((await get(`sessions?${query}`)).total).toBe(total);
  });

  test.each([
    ["from", "sessions?from=yesterday"],
    ["from", "sessions?from=2026-02-30"],
    ["to", "sessions?from=2026-03-02&to=2026-03-01"],
    ["limit", "sessions?limit=0"],
    ["limit", "sessions?limit=201"],
    ["limit", "sessions?limit=ten"],
    ["cursor", "sessions?cursor=%00"],
    ["cursor", "sessions?cursor=WzEsMl0"],
    ["cursor", "sessions?sort=customer&cursor=WzEsImEiXQ"],
    ["sort", "sessions?sort=search"],
    ["outcome", "sessions?outcome=eaten"],
    ["state", "sessions?state=sleeping"],
    ["colour", "sessions?colour=red"],
    ["format", "export?format=xls"],
    ["from", "export?from=x"],
    ["by", "reports/weather"],
    ["zone", "reports/day?zone=Middle/Earth"],
  ])("refuses a malformed %s by its name: %s", async (field, path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { error: object }).error).toMatchObject({ code: 1002, field });
  });

  test("a search with a NUL finds nothing and breaks nothing", async () => {
    expect((await get("sessions?q=%00zzz")).total).toBe(0);
    expect((await get("sessions?agent=%00zzz")).total).toBe(0);
  });

  test("one session tells who took part and what happened", async () => {
    const { session, participants, events } = await get("sessions/session-0007");
    expect(session).toEqual({
      id: "session-0007",
      initiator: "customer",
      locale: "en",
      customer: "Customer 7",
      agentId: "agent-1",
      agent: "Grace",
      createdAt: "2026-03-01T15:00:00.000Z",
      endedAt: "2026-03-01T15:01:00.000Z",
      durationMs: 60_000,
      outcome: "agent_left",
      endedBy: "agent",
      controls: 1,
      pages: 1,
      compared: 140,
      repaired: 2,
    });
    expect(participants).toEqual([
      {
        number: 0,
        role: "customer",
        name: "Customer 7",
        agentId: null,
        joinedAt: "2026-03-01T15:00:00.000Z",
      },
      { number: 1, role: "agent", name: "Grace", agentId: "agent-1", joinedAt: "2026-03-01T15:00:01.000Z" },
    ]);
    expect(events.map(({ event }: { event: string }) => event)).toEqual([
      "session.created",
      "agent.joined",
      "control.granted",
      "page.visited",
      "session.closed",
    ]);
    expect(events[3]).toMatchObject({ detail: "/cart", by: 0 });
    expect(await get("sessions/session-0007/events")).toEqual({ events });
    expect(await get("sessions/session-0007/participants")).toEqual({ participants });
    expect((await ask("sessions/nobody")).status).toBe(404);
  });

  test("reports sum up by day of a zone, by agent and by outcome", async () => {
    const days = (await get("reports/day?to=2026-03-03&zone=Europe/Berlin")).rows;
    expect(days.map(({ key, sessions }: { key: string; sessions: number }) => [key, sessions])).toEqual([
      ["2026-03-01", 15],
      ["2026-03-02", 24],
      ["2026-03-03", 1],
    ]);
    expect(days[0]).toEqual({
      key: "2026-03-01",
      sessions: 15,
      attended: 15,
      controlled: 15,
      averageMs: 60_000,
    });
    const agents = (await get("reports/agent")).rows;
    expect(agents).toHaveLength(3);
    expect(agents[0]).toMatchObject({ key: "agent-0", name: "Grace", sessions: 40 });
    const byOutcome = (await get("reports/outcome")).rows;
    expect(byOutcome.map(({ key, sessions }: { key: string; sessions: number }) => [key, sessions])).toEqual([
      ["agent_left", 61],
      ["customer_left", 61],
    ]);
  });

  test("the export holds every session, and no cell that a spreadsheet would run", async () => {
    const answer = await ask("export?format=csv");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const lines = (await answer.text()).trimEnd().split("\r\n");
    expect(lines).toHaveLength(123);
    expect(lines[0]).toContain('"id","createdAt"');
    expect(lines.find((line) => line.includes("HYPERLINK"))).toContain(`"'=HYPERLINK(""http://evil"")"`);
    const json = (await (await ask("export?format=json&customer=customer%201")).json()) as object[];
    expect(json).toHaveLength(31);
  });

  test("what happens in a session is there as soon as the answer is", async () => {
    const headers = { "content-type": "application/json" };
    const made = await fetch(base + paths.customerRequest, {
      method: "POST",
      headers,
      body: '{"name":"Zoë"}',
    });
    const ticket = (await made.json()) as { token: string; session: { id: string } };
    const { id } = ticket.session;
    expect((await get(`sessions/${id}`)).session).toMatchObject({
      customer: "Zoë",
      endedAt: null,
      outcome: null,
    });
    await fetch(base + paths.customerLogout, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${ticket.token}` },
      body: "{}",
    });
    const { session, events } = await get(`sessions/${id}`);
    expect(session).toMatchObject({ outcome: "customer_left", endedBy: "customer" });
    expect(events.map(({ event }: { event: string }) => event)).toEqual([
      "session.created",
      "session.closed",
    ]);
  });

  test("a supervisor ends a session, and the audit says who", async () => {
    const headers = { "content-type": "application/json" };
    const made = await fetch(base + paths.customerRequest, {
      method: "POST",
      headers,
      body: '{"name":"Eve"}',
    });
    const { id } = ((await made.json()) as { session: { id: string } }).session;
    const supervisor = { authorization: `Bearer ${await signIn("supervisor")}` };
    const live = await fetch(`${base}${paths.agentSessions}`, { headers: supervisor });
    expect(((await live.json()) as { sessions: object[] }).sessions[0]).toMatchObject({
      id,
      state: "waiting",
      participants: [{ name: "Eve", role: "customer" }],
    });
    const end = () =>
      fetch(`${base}${paths.admin}/sessions/${id}/end`, { method: "POST", headers: supervisor });
    expect((await end()).status).toBe(200);
    expect((await end()).status).toBe(404);
    const { session, events } = await get(`sessions/${id}`);
    expect(session.outcome).toBe("cancelled");
    expect(events.map(({ event, detail }: { event: string; detail: string }) => [event, detail])).toEqual([
      ["session.created", null],
      ["session.ended", "dev:Lin"],
      ["session.closed", null],
    ]);
  });
});

describe.each(stores)("upkeep of the %s store", (_name, make) => {
  test("forgets what is past its time, and ends what a crash left open", async () => {
    const store = await make();
    const database = await openDatabase(store.config);
    const recorder = new AuditRecorder({ database, server: "one", log: { error: () => {} } });
    for (const entry of entries(0)) recorder.record(entry);
    for (const entry of entries(240).slice(0, 3)) recorder.record(entry);
    await Promise.all([recorder.stored("session-0000"), recorder.stored("session-0240")]);
    expect(await endOrphans(database, "another")).toBe(0);
    expect(await endOrphans(database, "one")).toBe(1);
    expect(await database.query("select outcome, ended_at from sessions where id = 'session-0240'")).toEqual([
      { outcome: "server_lost", ended_at: new Date(start + 240 * 3_600_000 + 2_000) },
    ]);
    expect(await forget(database, 0, start + 1_000 * DAY)).toBe(0);
    expect(await forget(database, 30, start + 31 * DAY)).toBe(1);
    expect(await database.query("select count(*) as events from events")).toEqual([{ events: 4 }]);
    expect(await forget(database, 30, start + 60 * DAY)).toBe(1);
    await database.close();
    await store.drop();
  });
});

describe.each(stores)("notes in the %s store", (_name, make) => {
  test("are for who took part, stay apart from what the audit tells, and go with their session", async () => {
    const store = await make();
    const database = await openDatabase(store.config);
    const recorder = new AuditRecorder({ database, server: "one", log: { error: () => {} } });
    for (const number of [0, 1, 3]) for (const entry of entries(number)) recorder.record(entry);
    await recorder.close();
    const told = () => new AuditLog(database).session("session-0003");
    const before = await told();
    const notes = new SessionNotes(database);
    await notes.put("agent-0", "session-0003", { note: "wants a call\0", rating: 2 });
    await notes.put("agent-0", "session-0003", { note: "was called", rating: 4 });
    await expect(notes.put("agent-1", "session-0003", { note: "", rating: null })).rejects.toMatchObject({
      name: "NOT_FOUND",
    });
    expect(await notes.list("agent-0")).toMatchObject([
      { id: "session-0003", customer: "Customer 3", durationMs: 60_000, note: "was called", rating: 4 },
      { id: "session-0000", customer: "Customer 0", durationMs: 60_000, note: "", rating: null },
    ]);
    expect(await told()).toEqual(before);
    await forget(database, 30, start + 60 * DAY);
    expect(await database.query("select count(*) as notes from session_notes")).toEqual([{ notes: 0 }]);
    await database.close();
    await store.drop();
  });
});

describe("a database that fails", () => {
  const entry = entries(1)[0] as AuditEntry;

  test("is tried again, in order, and answers wait for it", async () => {
    const written: number[] = [];
    let broken = true;
    const database = {
      kind: "postgresql" as const,
      query: async () => [],
      write: async (statements: readonly unknown[]) => {
        if (broken) throw Object.assign(new Error("gone"), { code: "08006" });
        written.push(statements.length);
      },
      close: async () => {},
    };
    const errors: string[] = [];
    const log = { error: (_data: object, message: string) => errors.push(message) };
    const recorder = new AuditRecorder({ database, server: "one", log });
    recorder.record(entry);
    const stored = recorder.stored(entry.session.id);
    await expect.poll(() => recorder.state.failing).toBe(true);
    broken = false;
    await stored;
    expect(recorder.state).toMatchObject({ failing: false, waiting: 0, dropped: 0 });
    expect(errors).toEqual(["audit cannot be stored"]);
  });

  test("one entry that it refuses does not keep the others out", async () => {
    const database = {
      kind: "postgresql" as const,
      query: async () => [],
      write: async (statements: readonly unknown[]) => {
        if (JSON.stringify(statements).includes("poison"))
          throw Object.assign(new Error("invalid"), { code: "22P05" });
      },
      close: async () => {},
    };
    const recorder = new AuditRecorder({ database, server: "one", log: { error: () => {} } });
    recorder.record(entry);
    recorder.record({ ...entry, detail: "poison" });
    recorder.record(entry);
    await recorder.stored(entry.session.id);
    expect(recorder.state).toMatchObject({ written: 2, dropped: 1 });
  });
});
