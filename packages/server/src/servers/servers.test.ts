import { encodeFrame, FrameType, paths, type Role, SocketClose, type Ticket } from "@copane/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { stores, type TestStore } from "../store/testing.ts";
import { call, Peer } from "../testing/peer.ts";
import { type ServerProcess, startServer } from "../testing/process.ts";

/** Real servers in processes of their own, with a real Redis and a real PostgreSQL. */

const code = "123456";
const metricsToken = "token-for-metrics";
let redis: Awaited<ReturnType<typeof startRedis>>;
let store: TestStore;
let servers: ServerProcess[] = [];

const start = (name: string): Promise<ServerProcess> =>
  startServer(store, {
    COPANE_SERVER_ID: name,
    COPANE_REDIS_URL: redis.url,
    COPANE_DEV_SIGN_IN: "true",
    COPANE_DEV_SIGN_IN_CODE: code,
    COPANE_METRICS_TOKEN: metricsToken,
  });
const names = ["one", "two", "three"];

beforeAll(async () => {
  redis = await startRedis();
  store = await stores[1][1]();
  servers = await Promise.all(names.map(start));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end("SIGKILL")));
  await redis.end();
  await store.drop();
});

/** Starts a server again that was ended. */
async function again(n: number): Promise<void> {
  servers[n] = await start(names[n] as string);
}

/** The server that is ended right now: one that stops may answer no more and have its process still. */
let ending: number | undefined;

/** Ends a server, does something, and starts it again. */
async function without(n: number, signal: "SIGKILL" | "SIGTERM", meanwhile: () => Promise<unknown>) {
  const ended = at(n).end(signal);
  ending = n;
  try {
    await meanwhile();
  } finally {
    await ended;
    await again(n);
    ending = undefined;
  }
}

const at = (n: number): ServerProcess => servers[n] as ServerProcess;
const post = (n: number, path: string, body: object, token?: string) =>
  call(at(n).base, "POST", path, { body, ...(token ? { token } : {}) });
const signIn = async (n: number, role = "agent"): Promise<string> =>
  (await post(n, paths.agentSignIn, { name: "Grace", code, role })).body.token;

/** A client that comes back to the next server when its connection ends, as ours do. */
class Client {
  peer!: Peer;
  readonly role: Role;
  readonly token: string;
  readonly closes: number[] = [];
  page: number | undefined;
  #n: number;
  #ended = false;

  constructor(n: number, role: Role, token: string) {
    this.role = role;
    this.token = token;
    this.#n = n;
    this.#open();
  }

  /** The customer goes to another page, whose connection another server gets. */
  async move(n: number): Promise<void> {
    this.#n = (n + servers.length - 1) % servers.length;
    const { peer } = this;
    peer.end();
    await peer.until(() => this.peer !== peer);
    await this.welcome();
  }

  end(): void {
    this.#ended = true;
    this.peer.end();
  }

  async welcome(withinMs = 10_000) {
    for (const end = Date.now() + withinMs; Date.now() < end; ) {
      const { peer } = this;
      const welcome = peer.messages.find((message) => message.t === "welcome");
      if (welcome && peer.closed === undefined) return welcome;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`not welcome: ${JSON.stringify([this.peer.messages, this.closes])}`);
  }

  /** Events of this kind on the present connection. */
  events(): string[] {
    return this.peer.messages.flatMap((message) => (message.t === "event" ? [message.event] : []));
  }

  #open(): void {
    const peer = Peer.webSocket(at(this.#n).base, this.role);
    this.peer = peer;
    void peer.opened.then(() => peer.hello(this.token, this.page));
    void peer.message("welcome").then(
      ({ page }) => {
        this.page = page;
      },
      () => {},
    );
    void peer
      .until(() => peer.closed !== undefined, 120_000)
      .then(() => {
        this.closes.push(peer.closed as number);
        if (this.#ended) return;
        // The next one that lives.
        this.#n = (this.#n + 1) % servers.length;
        setTimeout(() => this.#open(), 100);
      });
  }
}

interface Both {
  customer: Client;
  agent: Client;
  ticket: Ticket;
  agentToken: string;
}

/**
 * A session that is made at one server and decided where its customer comes first, until the customer goes to another
 * one, which decides from then on.
 */
async function share(customerAt: number, agentAt: number, decidedAt = customerAt): Promise<Both> {
  const madeAt = (decidedAt + 1) % servers.length;
  let made = await post(madeAt, paths.customerRequest, { name: "Ada" });
  // On a machine that stands still now and then a lease is not always renewed in time.
  while (made.status === 503) made = await post(madeAt, paths.customerRequest, { name: "Ada" });
  const ticket: Ticket = made.body;
  const agentToken = await signIn(agentAt);
  const joined = await post(
    agentAt,
    paths.agentLiveJoin,
    { name: "Grace", passphrase: ticket.passphrase },
    agentToken,
  );
  expect(joined.status).toBe(200);
  const customer = new Client(decidedAt, "customer", ticket.token);
  await customer.welcome();
  const agent = new Client(agentAt, "agent", joined.body.token);
  await agent.welcome();
  if (customerAt !== decidedAt) await customer.move(customerAt);
  return { customer, agent, ticket, agentToken };
}

const KEYFRAME = 1;
let marks = 0;

/** A frame of the customer's arrives at the agent, and one of the agent's at the customer. */
async function together({ customer, agent }: Both, withinMs = 10_000): Promise<void> {
  const mark = ++marks;
  const end = Date.now() + withinMs;
  const has = (peer: Peer, type: FrameType) =>
    peer.decoded().some((frame) => frame.type === type && frame.payload[0] === mark);
  for (;;) {
    await agent.welcome(withinMs);
    const { page = 0 } = await customer.welcome(withinMs);
    customer.peer.send(
      encodeFrame({ type: FrameType.mirror, page, flags: KEYFRAME }, new Uint8Array([mark])),
    );
    agent.peer.send(encodeFrame({ type: FrameType.feedback, page }, new Uint8Array([mark])));
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (has(agent.peer, FrameType.mirror) && has(customer.peer, FrameType.feedback)) return;
    if (Date.now() > end)
      throw new Error(
        `not together: ${JSON.stringify([customer.peer.messages, agent.peer.messages, customer.closes, agent.closes])}`,
      );
  }
}

test("any server takes any request and any socket of a session", { timeout: 60_000 }, async () => {
  const both = await share(1, 2, 0);
  await together(both);
  const { customer, agent } = both;
  expect(await carried()).toEqual([0, 0, 1]);
  agent.peer.command("control.request", 1, { level: "full" });
  await customer.peer.event("control.requested");
  customer.peer.command("control.grant", 2);
  const granted = await agent.peer.event("control.granted");
  expect(granted.session.control).toMatchObject({ holder: 1 });
  for (const n of [0, 1, 2]) {
    const status = await call(at(n).base, "GET", paths.customerStatus, { token: customer.token });
    expect(status.body.session.control.holder).toBe(1);
  }
  const supervisor = await signIn(1, "supervisor");
  for (const n of [0, 1, 2]) {
    const list = await call(at(n).base, "GET", paths.agentSessions, { token: supervisor });
    expect(list.body).toMatchObject({ total: 1, sessions: [{ id: both.ticket.session.id }] });
  }
  expect((await post(2, paths.customerLogout, {}, customer.token)).status).toBe(200);
  await agent.peer.event("session.closed");
  await agent.peer.until(() => agent.peer.closed === SocketClose.sessionClosed);
  customer.end();
  agent.end();
});

/** The two are in control, as they were. */
async function controls({ customer, agent }: Both): Promise<void> {
  agent.peer.command("control.request", 1, { level: "full" });
  await customer.peer.event("control.requested");
  customer.peer.command("control.grant", 2);
  await agent.peer.event("control.granted");
}

async function stillControls({ customer, agent, ticket, agentToken }: Both): Promise<void> {
  const n = servers.findIndex((_, one) => one !== ending);
  const { session } = (await call(at(n).base, "GET", paths.customerStatus, { token: customer.token })).body;
  expect(session).toMatchObject({
    id: ticket.session.id,
    state: "active",
    control: { holder: 1, level: "full" },
  });
  const asked = [...customer.peer.messages, ...agent.peer.messages].filter(
    (message) => message.t === "event" && /closed|requested/.test(message.event),
  );
  expect(asked.filter((message) => message.t === "event" && message.event === "session.closed")).toEqual([]);
  expect(agentToken).toBeTruthy();
}

function end({ customer, agent }: Both): void {
  customer.end();
  agent.end();
}

/** How many sockets each server holds whose session another one decides. */
async function carried(): Promise<number[]> {
  const texts = await Promise.all(
    servers.map(async ({ base }) => {
      const headers = { authorization: `Bearer ${metricsToken}` };
      return (await fetch(`${base}/metrics`, { headers })).text();
    }),
  );
  return texts.map((text) => Number(/^copane_sockets_carried\{[^}]*\} (\d+)/m.exec(text)?.[1]));
}

test("a session whose sockets are all at one server is decided there, wherever it was made", async () => {
  const both = await share(1, 1);
  await together(both);
  expect(await carried()).toEqual([0, 0, 0]);
  end(both);
});

test("a customer whose next page comes to another server takes the session there; agents stay in their places", {
  timeout: 60_000,
}, async () => {
  const both = await share(0, 1);
  const { customer, agent } = both;
  await together(both);
  await controls(both);
  const { peer } = agent;
  for (const [to, across] of [
    // All sockets are at one server by then, whose agent was carried.
    [1, [0, 0, 0]],
    // The agent's server decided, and carries the agent from here on.
    [2, [0, 1, 0]],
    [0, [0, 1, 0]],
  ] as const) {
    const [frames, welcomes] = [peer.frames.length, peer.messages.filter(({ t }) => t === "welcome").length];
    await customer.move(to);
    await peer.until(() => peer.messages.filter(({ t }) => t === "welcome").length > welcomes);
    await customer.peer.message("mirror.wanted", ({ wanted }) => wanted);
    expect(await carried()).toEqual(across);
    // From the new picture on nothing is lost.
    const { page = 0 } = customer;
    const sent = Array.from({ length: 50 }, (_, n) => n);
    for (const n of sent)
      customer.peer.send(
        encodeFrame({ type: FrameType.mirror, page, flags: n === 0 ? KEYFRAME : 0 }, new Uint8Array([n])),
      );
    await peer.until(() => peer.frames.length >= frames + sent.length);
    expect(peer.payloads().slice(frames)).toEqual(sent.map((n) => [n]));
    await together(both);
    await stillControls(both);
  }
  expect([peer.closed, agent.closes, agent.peer]).toEqual([undefined, [], peer]);
  expect(customer.events().filter((event) => event === "control.requested")).toEqual([]);
  end(both);
});

describe("a server is killed", { timeout: 90_000 }, () => {
  test.each([
    ["that decides and holds the customer", 0, 0, 1],
    ["that decides since the customer came there", 2, 2, 0],
    ["that decided before, and carries the agent", 0, 1, 0],
    ["that only carries the agent", 2, 0, 2],
    ["that has it all", 0, 0, 0],
  ])("%s: both sides are together again", async (_, killed, customerAt, agentAt) => {
    const both = await share(customerAt, agentAt, 0);
    await together(both);
    await controls(both);
    await without(killed, "SIGKILL", async () => {
      const from = Date.now();
      await together(both);
      console.log(`together after ${Date.now() - from} ms`);
      await stillControls(both);
    });
    end(both);
  });
});

test("a server that stands still beyond its lease decides nothing when it goes on, and sends its people elsewhere", {
  timeout: 90_000,
}, async () => {
  const both = await share(0, 0, 0);
  const { customer, agent, ticket } = both;
  await together(both);
  await controls(both);
  const [oldCustomer, oldAgent] = [customer.peer, agent.peer];
  at(0).child.kill("SIGSTOP");
  // Clients notice silence late; somebody else asks first, and the session is taken up.
  const supervisor = await signIn(1, "supervisor");
  const supervise = () =>
    post(1, paths.agentSupervise, { name: "Su", sessionId: ticket.session.id }, supervisor);
  // It may have been done there, so it is not done again without being asked.
  const first = await supervise();
  expect(first).toMatchObject({ status: 503, body: { error: { name: "SERVERS_APART" } } });
  for (let tries = 0; (await supervise()).status !== 200; tries++) expect(tries).toBeLessThan(5);
  const elsewhere = Peer.webSocket(at(1).base, "customer");
  await elsewhere.opened;
  elsewhere.hello(customer.token, customer.page);
  await elsewhere.message("welcome");
  elsewhere.command("control.revoke", 7);
  await elsewhere.until(() => elsewhere.messages.some((message) => message.t === "ok" && message.n === 7));
  const [framesBefore, toldBefore] = [oldAgent.frames.length, oldAgent.messages.length];
  // What waits for the server that stands still comes to it when it goes on: commands and frames alike.
  oldCustomer.send(
    encodeFrame({ type: FrameType.mirror, page: customer.page ?? 0, flags: KEYFRAME }, new Uint8Array([200])),
  );
  oldAgent.send(encodeFrame({ type: FrameType.input, page: customer.page ?? 0 }, new Uint8Array([201])));
  oldCustomer.command("session.pause", 8);
  at(0).child.kill("SIGCONT");
  await oldCustomer.until(() => oldCustomer.closed !== undefined, 10_000);
  await oldAgent.until(() => oldAgent.closed !== undefined, 10_000);
  expect([oldCustomer.closed, oldAgent.closed]).toEqual([SocketClose.shuttingDown, SocketClose.shuttingDown]);
  expect(oldAgent.frames.length).toBe(framesBefore);
  expect(oldCustomer.decoded().some(({ type }) => type === FrameType.input)).toBe(false);
  const told = [...oldCustomer.messages, ...oldAgent.messages.slice(toldBefore)];
  expect(told.filter((message) => message.t === "ok" && message.n === 8)).toEqual([]);
  expect(told.filter((message) => message.t === "event" && message.event === "session.paused")).toEqual([]);
  await together(both);
  const { session } = (await call(at(0).base, "GET", paths.customerStatus, { token: customer.token })).body;
  expect(session.state).toBe("active");
  expect(session.control.holder).toBeUndefined();
  // It has a lease again, under another name, and takes part.
  const next = await share(0, 1, 0);
  await together(next);
  end(next);
  end(both);
});

test("a server that is stopped hands its sessions on, and nobody reads of an end", {
  timeout: 90_000,
}, async () => {
  const pairs = await Promise.all([share(0, 0, 0), share(0, 1, 0), share(1, 0, 0), share(1, 2, 0)]);
  for (const both of pairs) await together(both);
  await controls(pairs[0] as Both);
  await without(0, "SIGTERM", async () => {
    // Each had a socket there, or was carried from there, and is sent on.
    for (const { customer, agent } of pairs.slice(0, 3))
      while (customer.closes.length + agent.closes.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
    const from = Date.now();
    await Promise.all(pairs.map((both) => together(both)));
    console.log(`all together after ${Date.now() - from} ms`);
    await stillControls(pairs[0] as Both);
    for (const { customer, agent } of pairs)
      for (const { peer } of [customer, agent])
        expect(
          peer.messages.some((message) => message.t === "event" && message.event === "session.closed"),
        ).toBe(false);
  });
  for (const both of pairs) end(both);
});

test("Redis is away: who shares a server goes on, the others do when it is back, and new ones are told", {
  timeout: 90_000,
}, async () => {
  const near = await share(0, 0, 0);
  const far = await share(1, 2, 0);
  for (const both of [near, far]) await together(both);
  await controls(near);
  await redis.end();
  // Longer than any lease.
  for (const until = Date.now() + 4_000; Date.now() < until; ) await together(near);
  near.customer.peer.command("control.revoke", 9);
  await near.agent.peer.event("control.revoked");
  expect([...near.customer.closes, ...near.agent.closes]).toEqual([]);
  const ready = await call(at(0).base, "GET", "/readyz");
  expect(ready).toMatchObject({ status: 503, body: { status: "redis unavailable" } });
  const refused = await post(0, paths.customerRequest, { name: "New" });
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 5004, name: "SERVERS_APART" } } });
  // It comes back empty.
  redis = await startRedis({ port: redis.port });
  await together(far, 20_000);
  await together(near);
  for (const { customer } of [near, far]) {
    for (const n of [0, 1, 2]) {
      const status = () => call(at(n).base, "GET", paths.customerStatus, { token: customer.token });
      // A token is never called wrong only because Redis has lost it.
      for (let answer = await status(); answer.status !== 200; answer = await status())
        expect(answer.body.error.name).toBe("SERVERS_APART");
      expect((await status()).body.session.state).toBe("active");
    }
  }
  for (const n of [0, 1, 2]) {
    const ready = async () => (await call(at(n).base, "GET", "/readyz")).status;
    while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  end(near);
  end(far);
});
