import { paths, type Role, type ServerMessage, SocketClose, type Ticket } from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { stores, type TestStore } from "./store/testing.ts";
import { call, Peer } from "./testing/peer.ts";
import { type ServerProcess, startServer } from "./testing/process.ts";

/** The real server, killed and stopped in the middle of sessions, and started again. */

const code = "123456";
const env = { COPANE_DEV_SIGN_IN: "true", COPANE_DEV_SIGN_IN_CODE: code, COPANE_SILENT_OBSERVERS: "true" };

let store: TestStore;
let server: ServerProcess;
afterEach(async () => {
  await server.end("SIGKILL");
  await store.drop();
});

const post = (path: string, body: object, token?: string) =>
  call(server.base, "POST", path, { body, ...(token ? { token } : {}) });
const signIn = async (role = "agent"): Promise<string> =>
  (await post(paths.agentSignIn, { name: "Grace", code, role })).body.token;

interface Both {
  customer: Peer;
  agent: Peer;
  tickets: { customer: Ticket; agent: Ticket };
}

const open = (role: Role, token: string, transport: string): Peer =>
  transport === "websocket"
    ? Peer.webSocket(server.base, role, token)
    : Peer.sockJs(server.base, role, token, transport);

/** Connects both, or connects them again. */
async function connect(tickets: Both["tickets"], transport = "websocket"): Promise<Both> {
  const customer = open("customer", tickets.customer.token, transport);
  await customer.message("welcome");
  const agent = open("agent", tickets.agent.token, transport);
  await agent.message("welcome");
  return { customer, agent, tickets };
}

async function begin(agentToken: string, transport?: string): Promise<Both> {
  const customer: Ticket = (await post(paths.customerRequest, { name: "Ada" })).body;
  const { passphrase } = customer;
  const agent: Ticket = (await post(paths.agentLiveJoin, { name: "Grace", passphrase }, agentToken)).body;
  return connect({ customer, agent }, transport);
}

/** Sends a command and waits until it is done. */
async function does(peer: Peer, t: string, args: object = {}): Promise<Extract<ServerMessage, { t: "ok" }>> {
  const n = peer.messages.length + 1;
  peer.command(t, n, args);
  return peer.message("ok", (message) => message.n === n);
}

const welcomed = async (peer: Peer) => (await peer.message("welcome")).session;

test.each(stores)(
  "sessions go on as they were, from the %s store, after a kill, a kill right after it, and a stop",
  { timeout: 300_000 },
  async (_name, make) => {
    store = await make();
    server = await startServer(store, env);
    const agentToken = await signIn();
    const waiting: Ticket = (await post(paths.customerRequest, { name: "Eve" })).body;
    const controlled = await begin(agentToken);
    await does(controlled.agent, "control.request", { minutes: 30 });
    await does(controlled.customer, "control.grant");
    const paused = await begin(agentToken, "xhr-streaming");
    await does(paused.customer, "session.pause");
    const revoked = await begin(agentToken, "xhr-polling");
    await does(revoked.agent, "control.request");
    await does(revoked.customer, "control.grant");
    await does(revoked.customer, "control.revoke");
    const inviting = await begin(agentToken);
    const { invite } = await does(inviting.agent, "invite.create", { part: "observer", silent: true });
    const sessions = { controlled, paused, revoked, inviting };

    const check = async () => {
      const back = {
        controlled: await connect(controlled.tickets),
        paused: await connect(paused.tickets, "xhr-streaming"),
        revoked: await connect(revoked.tickets, "xhr-polling"),
        inviting: await connect(inviting.tickets),
      };
      const { control } = await welcomed(back.controlled.agent);
      expect(control).toMatchObject({ holder: 1, level: "full" });
      expect(control.endsInMs).toBeLessThan(30 * 60_000);
      expect(await welcomed(back.paused.customer)).toMatchObject({ state: "paused" });
      expect((await welcomed(back.revoked.agent)).control).toEqual({ highest: "full" });
      for (const { customer, agent } of Object.values(back)) {
        const { participants } = await welcomed(agent);
        expect(participants.slice(0, 2).map(({ connected }) => connected)).toEqual([true, true]);
        const told = [...customer.messages, ...agent.messages];
        expect(
          told.filter((message) => message.t === "event" && /closed|requested/.test(message.event)),
        ).toEqual([]);
      }
      return back;
    };

    await server.end("SIGKILL");
    server = await startServer(store, env);
    await server.end("SIGKILL");
    server = await startServer(store, env);
    const back = await check();
    // A page that had a number keeps it, and the next page has a higher one.
    const { page: first } = await sessions.controlled.customer.message("welcome");
    const { page: second } = await back.controlled.customer.message("welcome");
    expect(second).toBeGreaterThan(first as number);
    // Who was signed in is, and the keys that waited can be used.
    const joined = await post(paths.agentLiveJoin, { name: "G", passphrase: waiting.passphrase }, agentToken);
    expect(joined.status).toBe(200);
    const observer = await post(paths.agentInviteJoin, { name: "Robin", key: invite?.key }, agentToken);
    expect(observer.status).toBe(200);

    const asked: Promise<{ status: number; headers: Headers }>[] = [];
    const peers = Object.values(back).flatMap(({ customer, agent }) => [customer, agent]);
    const stopped = server.end("SIGTERM");
    const sentAway = Promise.all(peers.map((peer) => peer.until(() => peer.closed !== undefined)));
    asked.push(
      post(paths.customerRequest, { name: "Late" }).catch(() => ({ status: 0, headers: new Headers() })),
    );
    await sentAway;
    expect(peers.map(({ closed }) => closed)).toEqual(peers.map(() => SocketClose.shuttingDown));
    for (const { status, headers } of await Promise.all(asked)) {
      // It came before the stop, or was refused so, or found nobody.
      expect([0, 201, 503]).toContain(status);
      if (status === 503) expect(headers.get("retry-after")).toBe("5");
    }
    expect(await stopped).toBe(0);
    server = await startServer(store, env);
    const last = await check();

    const auditor = await signIn("auditor");
    const { id } = controlled.tickets.customer.session;
    const { events } = (await call(server.base, "GET", `${paths.audit}/sessions/${id}`, { token: auditor }))
      .body;
    const names = (events as { event: string }[]).map(({ event }) => event);
    expect(names.filter((event) => event === "session.restored")).toHaveLength(3);
    expect(names.filter((event) => event === "control.granted")).toHaveLength(1);
    expect(names).not.toContain("session.closed");
    // Each connection of the customer ends before the next begins.
    const lines = names.filter((event) => event.startsWith("customer.") && event.endsWith("connected"));
    expect(lines).toEqual(lines.map((_, i) => (i % 2 ? "customer.disconnected" : "customer.connected")));
    for (const { customer, agent } of Object.values(last)) for (const peer of [customer, agent]) peer.end();
  },
);
