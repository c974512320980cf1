import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
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

function hooks(retryMs = [5, 5]) {
  const config = { webhookUrls: [`${url}/hook`], webhookSecret: secret, webhookEvents: ["session.closed"] };
  return new Webhooks(config, { warn: () => {} }, retryMs);
}

test("a wanted event is posted once, signed, without anybody's name", async () => {
  const webhooks = hooks();
  webhooks.event({ ...entry, event: "session.created" });
  webhooks.event(entry);
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
  webhooks.close();
});

test("a post that fails is tried again under the same id, and given up after the last try", async () => {
  answers = (number) => ({ status: number < 3 ? 500 : 200 });
  const webhooks = hooks();
  webhooks.event(entry);
  await expect.poll(() => webhooks.state.delivered).toBe(1);
  expect(new Set(received.map(({ headers }) => headers["copane-id"])).size).toBe(1);
  answers = () => ({ status: 500 });
  webhooks.event(entry);
  await expect.poll(() => webhooks.state).toEqual({ waiting: 0, delivered: 1, failed: 1 });
  expect(received).toHaveLength(6);
  webhooks.close();
});

test("a redirect is not followed: only named addresses are called", async () => {
  answers = () => ({ status: 307, location: `${url}/inside` });
  const webhooks = hooks([]);
  webhooks.event(entry);
  await expect.poll(() => webhooks.state.failed).toBe(1);
  expect(received).toHaveLength(1);
  webhooks.close();
});

test("an address that does not answer costs bounded memory", async () => {
  const webhooks = new Webhooks(
    { webhookUrls: ["http://127.0.0.1:1/"], webhookSecret: secret, webhookEvents: ["*"] },
    { warn: () => {} },
    [60_000],
  );
  for (let i = 0; i < 5_000; i++) webhooks.event(entry);
  await expect.poll(() => webhooks.state.failed).toBeGreaterThan(3_000);
  expect(webhooks.state.waiting).toBeLessThanOrEqual(1_010);
  webhooks.close();
});
