import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { paths } from "@copane/protocol";
import { expect, test } from "vitest";
import { openDatabase } from "../../store/index.ts";
import { stores } from "../../store/testing.ts";
import { startServer } from "../../testing/process.ts";

const webhook = (url: string) => ({
  COPANE_WEBHOOK_URLS: url,
  COPANE_WEBHOOK_SECRET: "a secret of the tests, long enough",
  COPANE_WEBHOOK_EVENTS: "session.created",
});

/** An address that notes for which sessions it was told of a beginning. */
async function receiver() {
  const told = new Map<string, Set<string>>();
  const site = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      const { sessionId, id } = JSON.parse(body) as { sessionId: string; id: string };
      told.set(sessionId, (told.get(sessionId) ?? new Set()).add(id));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  return { told, site, url: `http://127.0.0.1:${(site.address() as AddressInfo).port}/` };
}

test.each(stores)(
  "kill -9 during a load loses no acknowledged row of the %s store, stores none twice, and the sessions go on",
  { timeout: 240_000 },
  async (_name, make) => {
    const store = await make();
    const { told, site, url } = await receiver();
    const { base, end } = await startServer(store, webhook(url));
    const created: string[] = [];
    const tokens = new Map<string, string>();
    const ended: string[] = [];
    let down = false;
    const post = async (path: string, body: object, token?: string) => {
      const headers = {
        "content-type": "application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const answer = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
      return answer.ok ? ((await answer.json()) as { token: string; session: { id: string } }) : undefined;
    };
    const customer = async (number: number) => {
      while (!down) {
        try {
          const ticket = await post(paths.customerRequest, { name: `Customer ${number}` });
          if (!ticket) continue;
          created.push(ticket.session.id);
          tokens.set(ticket.session.id, ticket.token);
          if (created.length % 2 === 0) continue;
          if (await post(paths.customerLogout, {}, ticket.token)) ended.push(ticket.session.id);
        } catch {
          // The server is gone in the middle of it: that one was not acknowledged.
        }
      }
    };
    const load = Promise.all(Array.from({ length: 16 }, (_, number) => customer(number)));
    await expect.poll(() => ended.length, { timeout: 90_000 }).toBeGreaterThan(100);
    await end("SIGKILL");
    down = true;
    await load;

    const again = await startServer(store, webhook(url));
    const goesOn = created.filter((id) => !ended.includes(id));
    const states = await Promise.all(
      goesOn.map(async (id) => {
        const headers = { authorization: `Bearer ${tokens.get(id)}` };
        const answer = await fetch(again.base + paths.customerStatus, { headers });
        return ((await answer.json()) as { session?: { state: string } }).session?.state;
      }),
    );
    // One that was about to end when the server died may have.
    expect(states.filter((state) => state !== "waiting" && state !== "closed")).toEqual([]);
    expect(states.filter((state) => state === "waiting").length).toBeGreaterThan(40);
    // At least once, and a repeat can be told.
    await expect.poll(() => created.filter((id) => !told.has(id)), { timeout: 30_000 }).toEqual([]);
    expect([...told.values()].filter((ids) => ids.size > 1)).toEqual([]);
    expect(await again.end("SIGTERM")).toBe(0);

    const database = await openDatabase(store.config);
    const rows = await database.query<{ id: string; outcome: string | null; events: string[] }>(
      `select id, outcome, array(select event from events where session_id = sessions.id order by id) as events
     from sessions`,
    );
    const stored = new Map(rows.map((row) => [row.id, row]));
    expect(created.filter((id) => stored.get(id)?.events[0] !== "session.created")).toEqual([]);
    expect(ended.filter((id) => stored.get(id)?.outcome !== "customer_left")).toEqual([]);
    expect(ended.filter((id) => stored.get(id)?.events.at(-1) !== "session.closed")).toEqual([]);
    const twice = rows.filter(({ events }) => new Set(events).size < events.length);
    expect(twice).toEqual([]);
    const waiting = goesOn.filter((_, i) => states[i] === "waiting");
    expect(waiting.map((id) => stored.get(id)?.outcome)).toEqual(waiting.map(() => null));
    expect(waiting.filter((id) => !stored.get(id)?.events.includes("session.restored"))).toEqual([]);
    await database.close();
    await store.drop();
    site.close();
  },
);
