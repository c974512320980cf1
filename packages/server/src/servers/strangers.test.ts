import { paths, type Ticket } from "@copane/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { type Config, type CopaneServer, createServer, loadConfig } from "../index.ts";
import { stores, type TestStore } from "../store/testing.ts";
import { call } from "../testing/peer.ts";

/** What strangers may do at three servers together, with a real Redis and a real PostgreSQL. */

let redis: Awaited<ReturnType<typeof startRedis>>;
let store: TestStore;
let servers: CopaneServer[] = [];
let bases: string[];
let agentToken: string;

async function start(settings: Partial<Config>): Promise<void> {
  servers = [];
  for (const serverId of ["one", "two", "three"]) {
    const overrides: Partial<Config> = {
      ...store.config,
      redisUrl: redis.url,
      serverId,
      port: 0,
      logLevel: "silent",
      devSignIn: true,
      devSignInCode: "123456",
      trustProxy: true,
      requestsPerMinute: 100_000,
      ...settings,
    };
    servers.push(await createServer(loadConfig({}, { overrides })));
  }
  bases = await Promise.all(servers.map((server) => server.listen()));
  const answer = await post(0, paths.agentSignIn, { name: "Grace", code: "123456" }, "198.51.100.1");
  agentToken = answer.body.token;
}
beforeEach(async () => {
  redis = await startRedis();
  store = await stores[1][1]();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await redis.end();
  await store.drop();
});

const post = (n: number, path: string, body: object, from: string, token?: string) =>
  call(bases[n % 3] as string, "POST", path, {
    body,
    headers: { "x-forwarded-for": from },
    ...(token ? { token } : {}),
  });
/** An address of the attacker's /64. */
const attacker = (n: number) => `2001:db8:bad:1::${(n + 1).toString(16)}`;
const errorOf = ({ body }: { body: { error?: { name: string } } }) => body.error?.name;

test("one host that guesses at keys at all servers has the tries of one; agents there come in", async () => {
  await start({});
  const guesses: (string | undefined)[] = [];
  for (let n = 0; n < 60; n++) {
    const passphrase = String(n).padStart(8, "0");
    guesses.push(errorOf(await post(n, paths.customerJoin, { name: "Eve", passphrase }, attacker(n))));
  }
  expect(guesses.filter((name) => name === "PASSPHRASE_UNKNOWN")).toHaveLength(20);
  expect(guesses.at(-1)).toBe("PASSPHRASE_GUESSING");
  const request = { name: "Grace", autojoin: true };
  const { passphrase } = (await post(1, paths.agentRequest, request, attacker(1), agentToken)).body;
  expect((await post(2, paths.customerJoin, { name: "Ada", passphrase }, "192.0.2.7")).status).toBe(200);
  const waiting = (await post(0, paths.customerRequest, { name: "Ada" }, "192.0.2.8")).body as Ticket;
  const live = { name: "Grace", passphrase: waiting.passphrase };
  expect((await post(2, paths.agentLiveJoin, live, attacker(1), agentToken)).status).toBe(200);
});

test("a network's requests are bounded over all servers", async () => {
  await start({ requestsPerMinute: 30 });
  const names: (string | undefined)[] = [];
  for (let n = 0; n < 60; n++)
    names.push(errorOf(await post(n, paths.customerJoin, { name: "", passphrase: "1" }, attacker(n))));
  expect(names.filter((name) => name === "INVALID_FIELD")).toHaveLength(30);
  expect(names.at(-1)).toBe("RATE_LIMITED");
  expect((await post(1, paths.agentRequest, { name: "Grace" }, attacker(3), agentToken)).status).toBe(201);
});

test("who waits at one server is seen, found by the reference and joined at another", async () => {
  await start({ presence: true });
  const wish = { name: "Ada", reference: "chat-1", metadata: { ticket: "T-17" } };
  const { session } = (await post(0, paths.customerRequest, wish, "192.0.2.7")).body as Ticket;
  await post(1, paths.customerRequest, { name: "Bob" }, "192.0.2.8");
  expect(errorOf(await post(1, paths.customerRequest, wish, "192.0.2.9"))).toBe("REFERENCE_TAKEN");
  const list = async (query: string) =>
    (await call(bases[2] as string, "GET", `${paths.agentWaiting}?${query}`, { token: agentToken })).body;
  expect((await list("")).total).toBe(2);
  expect((await list("metadata.ticket=T-17")).sessions).toMatchObject([{ id: session.id }]);
  const join = { name: "Grace", reference: "chat-1" };
  const joined = await post(2, paths.agentWaitingJoin, join, "192.0.2.9", agentToken);
  expect(joined.body.session).toMatchObject({ id: session.id, customer: { reference: "chat-1" } });
  const [other] = (await list("")).sessions;
  const byId = { name: "Grace", sessionId: other.id };
  expect((await post(0, paths.agentWaitingJoin, byId, "192.0.2.9", agentToken)).status).toBe(200);
  await expect.poll(async () => (await post(1, paths.customerRequest, wish, "192.0.2.9")).status).toBe(201);
});

describe("sessions that wait", () => {
  /** On a machine that stands still now and then a lease is not always renewed in time. */
  const request = async (n: number): ReturnType<typeof call> => {
    const answer = await post(n, paths.customerRequest, { name: "Eve" }, attacker(n));
    return answer.status === 503 ? request(n) : answer;
  };

  test("are bounded over all servers; room is free when one is joined or ends, wherever that is", async () => {
    await start({ maxWaiting: 3 });
    // At once, so that none knows of another.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => request(n)));
    const tickets = answers.filter(({ status }) => status === 201).map(({ body }) => body as Ticket);
    expect(tickets).toHaveLength(3);
    expect(answers.filter((one) => errorOf(one) === "TOO_MANY_WAITING")).toHaveLength(9);
    expect((await post(1, paths.customerRequest, { name: "Ada" }, "192.0.2.7")).status).toBe(201);
    const [first, second] = tickets as [Ticket, Ticket];
    await post(0, paths.customerLogout, {}, attacker(0), first.token);
    await expect.poll(async () => (await request(1)).status).toBe(201);
    expect((await request(2)).status).toBe(429);
    const live = { name: "G", passphrase: second.passphrase };
    expect((await post(2, paths.agentLiveJoin, live, "192.0.2.9", agentToken)).status).toBe(200);
    await expect.poll(async () => (await request(0)).status).toBe(201);
    expect((await request(1)).status).toBe(429);
  });

  test("count on when their server stops, and are known by no address in Redis or the database", async () => {
    await start({ maxWaiting: 2 });
    for (const n of [0, 0]) expect((await request(n)).status).toBe(201);
    const kept = await servers[1]?.sessions.live();
    expect(kept?.total).toBe(0);
    await servers[0]?.close();
    await expect
      .poll(() => (servers[1]?.sessions.counts.sessions ?? 0) + (servers[2]?.sessions.counts.sessions ?? 0), {
        timeout: 10_000,
      })
      .toBe(2);
    for (const n of [1, 2]) expect((await request(n)).status).toBe(429);
    const stored = [...(servers[1]?.sessions.stored() ?? []), ...(servers[2]?.sessions.stored() ?? [])];
    expect(stored.map(({ who }) => who?.map(({ times }) => times))).toEqual([
      [1, 5],
      [1, 5],
    ]);
    expect(JSON.stringify(stored)).not.toContain("2001:db8");
  });
});
