import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../store/index.ts";
import { WebhookOutbox } from "./webhook-outbox.ts";
import { Webhooks } from "./webhooks.ts";

const secret = "a secret of the tests, long enough";
const entry = {
  session: {
    id: "s1",
    initiator: "customer" as const,
    locale: "en",
    createdAt: 0,
    participants: [{ number: 0, role: "customer" as const, name: "Ada Lovelace" }],
    closed: { code: "customer_left" as const, by: "customer" as const },
  },
  event: "session.closed" as const,
  at: Date.parse("2026-11-24T10:00:00Z"),
  by: 0,
};

let site: Server;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answers: ((number: number) => { status: number; location?: string }) | undefined;
let url: string;

beforeEach(async () => {
  received = [];
  answers = undefined;
  site = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const { status, location } = answers?.(received.length) ?? { status: 204 };
      response.writeHead(status, location ? { location } : {}).end();
    });
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterEach(() => {
  site.closeAllConnections();
  site.close();
});

/** The file's database, as one start after another of a server has it. */
let database: Database;
let outbox: WebhookOutbox;
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: "", dataDir: "" });
  outbox = new WebhookOutbox(database, "one");
});
afterAll(() => database.close());
afterEach(() => database.query("delete from webhook_posts"));

async function hooks(retryMs = [5, 5], to = `${url}/hook`) {
  const config = { webhookUrls: [to], webhookSecret: secret, webhookEvents: ["session.closed"] };
  const webhooks = new Webhooks(config, outbox, { warn: () => {} }, retryMs);
  await webhooks.open();
  return webhooks;
}
const stored = async () => (await database.query("select id from webhook_posts")).length;

test("a wanted event is posted once, signed, without anybody's name", async () => {
  const webhooks = await hooks();
  await webhooks.keep({ ...entry, event: "session.created" });
  await webhooks.keep(entry);
  await expect.poll(() => webhooks.state).toEqual({ waiting: 0, delivered: 1, failed: 0 });
  expect(received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = received;
  const [, at, signature] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(headers["copane-signature"])) ?? [];
  expect(signature).toBe(createHmac("sha256", secret).update(`${at}.${body}`).digest("hex"));
  expect(JSON.parse(body)).toEqual({
    id: headers["copane-id"],
    event: "session.closed",
    at: "2026-11-24T10:00:00.000Z",
    sessionId: "s1",
    initiator: "customer",
    by: 0,
    outcome: "customer_left",
  });
  expect(body).not.toContain("Ada");
  await webhooks.close();
});

test("a post that fails is tried again under the same id, and given up after the last try", async () => {
  answers = (number) => ({ status: number < 3 ? 500 : 200 });
  const webhooks = await hooks();
  await webhooks.keep(entry);
  await expect.poll(() => webhooks.state.delivered).toBe(1);
  expect(new Set(received.map(({ headers }) => headers["copane-id"])).size).toBe(1);
  answers = () => ({ status: 500 });
  await webhooks.keep(entry);
  await expect.poll(() => webhooks.state).toEqual({ waiting: 0, delivered: 1, failed: 1 });
  expect(received).toHaveLength(6);
  await webhooks.close();
});

test("a redirect is not followed: only named addresses are called", async () => {
  answers = () => ({ status: 307, location: `${url}/inside` });
  const webhooks = await hooks([]);
  await webhooks.keep(entry);
  await expect.poll(() => webhooks.state.failed).toBe(1);
  expect(received).toHaveLength(1);
  await webhooks.close();
});

test("an address that does not answer costs bounded memory, and loses nothing", async () => {
  answers = () => ({ status: 500 });
  const webhooks = await hooks([60_000]);
  const keeping = Array.from({ length: 1_500 }, (_, serial) => webhooks.keep({ ...entry, serial }));
  await Promise.all(keeping);
  await expect.poll(() => received.length, { timeout: 30_000 }).toBeGreaterThan(100);
  expect(webhooks.state.waiting).toBeLessThanOrEqual(1_000);
  expect(await stored()).toBe(1_500);
  await webhooks.close();
  answers = undefined;
  received.length = 0;
  const again = await hooks();
  await expect.poll(() => again.state.delivered, { timeout: 30_000 }).toBe(1_500);
  expect(new Set(received.map(({ headers }) => headers["copane-id"])).size).toBe(1_500);
  expect(await stored()).toBe(0);
  await again.close();
});

test("what was not delivered when the server died is posted by its next start, under the same id", async () => {
  answers = () => ({ status: 503 });
  const before = await hooks([60_000]);
  await before.keep({ ...entry, serial: 7 });
  await expect.poll(() => received.length).toBe(1);
  // The server dies: nobody closes anything.
  answers = undefined;
  const after = await hooks();
  await expect.poll(() => after.state.delivered).toBe(1);
  expect(received.map(({ headers }) => headers["copane-id"])).toEqual(["s1-7", "s1-7"]);
  await Promise.all([before.close(), after.close()]);
});

test("an event that comes again while its post waits is one post", async () => {
  answers = () => ({ status: 503 });
  const webhooks = await hooks([60_000]);
  await webhooks.keep({ ...entry, serial: 7 });
  await webhooks.keep({ ...entry, serial: 7 });
  expect([await stored(), webhooks.state.waiting]).toEqual([1, 1]);
  await webhooks.close();
});

test("posts for an address that is not told any more are forgotten", async () => {
  answers = () => ({ status: 503 });
  const before = await hooks([60_000]);
  await before.keep(entry);
  await before.close();
  const elsewhere = await hooks([], `${url}/elsewhere`);
  expect(await stored()).toBe(0);
  await elsewhere.close();
});

test("posts of a server that is no more are another one's, those of a server that lives are not", async () => {
  const post = (id: string) => ({ id, url, body: "{}" });
  for (const name of ["dead", "alive"]) await new WebhookOutbox(database, name).add([post(name)], Date.now());
  await database.query(
    `insert into live_servers (server, alive_at, lease_until, dead) values
       ('dead/1', now(), now(), true), ('alive/1', now(), now() - interval '1 hour', true),
       ('alive/2', now(), now() + interval '1 minute', false)`,
  );
  const two = new WebhookOutbox(database, "two");
  expect(await two.adopt()).toBe(true);
  expect((await two.oldest(url, 10)).map(({ id }) => id)).toEqual(["dead"]);
  expect(await two.adopt()).toBe(false);
  await database.query("delete from live_servers");
});
