import { encodeFrame, FrameFlag, FrameType, paths, type SessionEvent, type Ticket } from "@copane/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { type Config, type CopaneServer, createServer, loadConfig } from "./index.ts";
import { type Answer, call, Peer } from "./testing/peer.ts";

let server: CopaneServer;
let base: string;
afterEach(() => server.close());

async function start(policy: Partial<Config> = {}): Promise<void> {
  const overrides: Partial<Config> = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
  };
  server = await createServer(loadConfig({}, { overrides: { ...overrides, ...policy } }));
  base = await server.listen();
}
const post = (path: string, body: object, token?: string): Promise<Answer> =>
  call(base, "POST", path, { body, ...(token ? { token } : {}) });
const signIn = async (name: string, role?: string): Promise<string> =>
  (await post(paths.agentSignIn, { name, code: "123456", ...(role ? { role } : {}) })).body.token;

/** A customer and the agent who leads, both connected. */
async function session() {
  const customerTicket: Ticket = (await post(paths.customerRequest, { name: "Ada" })).body;
  const { passphrase } = customerTicket;
  const join = { name: "Grace", passphrase };
  const agentTicket: Ticket = (await post(paths.agentLiveJoin, join, await signIn("Grace"))).body;
  const customer = Peer.webSocket(base, "customer", customerTicket.token);
  await customer.message("welcome");
  const agent = Peer.webSocket(base, "agent", agentTicket.token);
  await agent.message("welcome");
  await customer.message("mirror.wanted", ({ wanted }) => wanted);
  return { customer, agent, customerTicket, agentTicket };
}
const bytes = (...payload: number[]) => new Uint8Array(payload);
/** About the customer's first page. */
const frame = (type: FrameType, flags = 0, peer = 0) =>
  encodeFrame({ type, peer, flags, page: 1, epoch: 1 }, bytes(7));
const typesOf = (peer: Peer) => peer.decoded().map(({ type }) => type);

async function granted(wish: object) {
  const both = await session();
  both.agent.command("control.request", 1, wish);
  await both.customer.event("control.requested");
  both.customer.command("control.grant", 1);
  await both.agent.event("control.granted");
  return both;
}

let counter = 100;

/** Robin comes in by an invitation. */
async function invited(agent: Peer, part: "agent" | "observer", silent = false) {
  const asked = counter++;
  agent.command("invite.create", asked, { part, silent });
  const { invite } = await agent.message("ok", ({ n }) => n === asked);
  const answer = await post(
    paths.agentInviteJoin,
    { name: "Robin", key: invite?.key },
    await signIn("Robin"),
  );
  const ticket: Ticket = answer.body;
  const peer = Peer.webSocket(base, "agent", ticket.token);
  await peer.message("welcome");
  return { peer, ticket, key: invite?.key as string };
}

describe("forged frames", () => {
  test("a grant to scroll carries scrolling and refuses every other input", async () => {
    await start();
    const { customer, agent } = await granted({ level: "scroll" });
    agent.send(frame(FrameType.input));
    await agent.error("LEVEL_TOO_LOW");
    agent.send(frame(FrameType.scroll));
    await customer.until(() => customer.frames.length === 1);
    expect(typesOf(customer)).toEqual([FrameType.scroll]);
  });

  test("under a scoped grant only frames that keep to the scope pass", async () => {
    await start();
    const { customer, agent } = await granted({ scope: 12 });
    agent.send(frame(FrameType.input));
    await agent.error("OUT_OF_SCOPE");
    agent.send(frame(FrameType.input, FrameFlag.scoped));
    await customer.until(() => customer.frames.length === 1);
  });

  test("a timed grant ends by itself, and input with it", async () => {
    await start();
    const { customer, agent } = await granted({ minutes: 0.005 });
    await customer.event("control.expired");
    expect((await agent.event("control.expired")).session.control.holder).toBeUndefined();
    agent.send(frame(FrameType.input));
    await agent.error("NOT_IN_CONTROL");
    expect(customer.frames).toEqual([]);
  });

  test("where the site allows only viewing, neither pointing, nor a proposal, nor a request passes", async () => {
    await start({ controlLevel: "view" });
    const { customer, agent } = await session();
    agent.send(frame(FrameType.pointer));
    await agent.error("LEVEL_NOT_ALLOWED");
    agent.send(frame(FrameType.propose));
    await agent.error("PROPOSALS_OFF");
    agent.messages.length = 0;
    agent.command("control.request", 3, { level: "full" });
    await agent.error("LEVEL_NOT_ALLOWED");
    expect(customer.frames).toEqual([]);
  });

  test("another agent than the controller is refused", async () => {
    await start();
    const { customer, agent } = await granted({});
    const { peer } = await invited(agent, "agent");
    peer.send(frame(FrameType.input));
    await peer.error("NOT_IN_CONTROL");
    expect(customer.frames).toEqual([]);
  });

  test("an observer can see and whisper, and nothing else", async () => {
    await start();
    const { customer, agent } = await session();
    const { peer } = await invited(agent, "observer");
    customer.send(frame(FrameType.mirror, FrameFlag.keyframe));
    await peer.until(() => peer.frames.length === 1);
    for (const type of [
      FrameType.pointer,
      FrameType.marks,
      FrameType.input,
      FrameType.chat,
      FrameType.propose,
    ]) {
      peer.messages.length = 0;
      peer.send(frame(type));
      await peer.error("OBSERVERS_WATCH");
    }
    peer.send(frame(FrameType.whisper));
    await agent.until(() => typesOf(agent).includes(FrameType.whisper));
    expect(customer.frames).toEqual([]);
  });

  test.each([FrameType.input, FrameType.scroll, FrameType.propose, FrameType.whisper])(
    "a frame of type %i, which only agents send, closes the customer's socket",
    async (type) => {
      await start();
      const { customer } = await session();
      customer.send(frame(type));
      await customer.until(() => customer.closed === 4400);
    },
  );
});

describe("consent to be seen", () => {
  test("nothing of the page passes before it, nor after it is withdrawn", async () => {
    await start({ consent: ["view", "control"] });
    const { customer, agent } = await session();
    customer.send(frame(FrameType.mirror, FrameFlag.keyframe));
    agent.send(frame(FrameType.pointer));
    await agent.error("CONSENT_MISSING");
    agent.command("consent.give", 4, { what: "view" });
    await agent.error("CUSTOMER_ONLY");
    customer.command("consent.give", 1, { what: "view" });
    await agent.event("consent.given");
    expect(agent.frames).toEqual([]);
    customer.send(frame(FrameType.mirror, FrameFlag.keyframe));
    await agent.until(() => agent.frames.length === 1);
    customer.command("consent.refuse", 2, { what: "view" });
    await agent.event("consent.refused");
    customer.send(frame(FrameType.mirror, FrameFlag.keyframe));
    customer.send(frame(FrameType.chat));
    await agent.until(() => typesOf(agent).includes(FrameType.chat));
    expect(typesOf(agent)).toEqual([FrameType.mirror, FrameType.chat]);
  });
});

describe("talk", () => {
  test("chat passes both ways with the writer's number, also while paused", async () => {
    await start();
    const { customer, agent, agentTicket } = await session();
    customer.command("session.pause");
    await agent.event("session.paused");
    agent.send(frame(FrameType.chat, 0, 99));
    await customer.until(() => customer.frames.length === 1);
    expect(customer.frames).toEqual([frame(FrameType.chat, 0, agentTicket.you)]);
    customer.send(frame(FrameType.chat));
    await agent.until(() => agent.frames.length === 1);
  });

  test("a whisper reaches the other agents, or the one it names, and never the customer", async () => {
    await start();
    const { customer, agent, agentTicket } = await session();
    const robin = await invited(agent, "agent");
    const eve = await invited(agent, "agent");
    agent.send(frame(FrameType.whisper, 0, robin.ticket.you));
    await robin.peer.until(() => robin.peer.frames.length === 1);
    expect(robin.peer.decoded()[0]?.peer).toBe(agentTicket.you);
    agent.send(frame(FrameType.whisper, 0, 0));
    await eve.peer.until(() => eve.peer.frames.length === 1);
    expect(eve.peer.frames).toHaveLength(1);
    expect([customer.frames, agent.frames]).toEqual([[], []]);
  });

  test("talk is bounded in size and rate, and the session goes on", async () => {
    await start();
    const { agent } = await session();
    agent.send(encodeFrame({ type: FrameType.chat }, new Uint8Array(9_000)));
    await agent.error("FRAME_TOO_LARGE");
    for (let i = 0; i < 20; i++) agent.send(frame(FrameType.chat));
    await agent.error("RATE_LIMITED");
    expect(agent.closed).toBeUndefined();
  });
});

describe("more than one agent", () => {
  test("a silent observer is there for colleagues and not for the customer", async () => {
    await start({ silentObservers: true });
    const { customer, agent, customerTicket } = await session();
    const { ticket } = await invited(agent, "observer", true);
    expect((await agent.event("agent.joined")).session.participants).toHaveLength(3);
    const status = await call(base, "GET", paths.customerStatus, { token: customerTicket.token });
    expect(status.body.session.participants).toHaveLength(2);
    await call(base, "POST", paths.agentLogout, { token: ticket.token, body: {} });
    await agent.event("agent.left");
    const quiet: SessionEvent[] = ["agent.left", "invite.created", "agent.joined"];
    expect(customer.messages.filter((m) => m.t === "event" && quiet.includes(m.event))).toEqual([]);
  });

  test("the customer's page is told at once which viewer waits for nothing more, a silent one too", async () => {
    await start({ silentObservers: true });
    const { customer, agent } = await session();
    const { peer, ticket } = await invited(agent, "observer", true);
    peer.end();
    const { viewer } = await customer.message("mirror.left");
    expect(viewer).toBe(ticket.you);
    agent.end();
    await customer.message("mirror.wanted", ({ wanted }) => !wanted);
  });

  test("an invitation is used once, and guessing at one is slowed down", async () => {
    await start();
    const { agent } = await session();
    const { key } = await invited(agent, "agent");
    const token = await signIn("Eve");
    const names: string[] = [];
    for (let i = 0; i < 7; i++)
      names.push((await post(paths.agentInviteJoin, { name: "Eve", key }, token)).body.error.name);
    expect(names[0]).toBe("INVITE_UNKNOWN");
    expect(names.at(-1)).toBe("PASSPHRASE_GUESSING");
    expect((await post(paths.agentInviteJoin, { name: "Eve", key })).body.error.name).toBe(
      "AGENT_AUTH_REQUIRED",
    );
  });

  test("after a hand-over the first agent leaves, its token is dead, and the session goes on", async () => {
    await start();
    const { customer, agent, agentTicket } = await session();
    const robin = await invited(agent, "agent");
    robin.peer.command("handover.accept", 9);
    await robin.peer.error("HANDOVER_MISSING");
    agent.command("handover.offer", 2, { to: robin.ticket.you });
    await robin.peer.event("handover.offered");
    robin.peer.command("handover.accept", 10);
    expect((await customer.event("handover.accepted")).session.lead).toBe(robin.ticket.you);
    expect(customer.messages.some((m) => m.t === "event" && m.event === "handover.offered")).toBe(false);
    await call(base, "POST", paths.agentLogout, { token: agentTicket.token, body: {} });
    await agent.until(() => agent.closed === 4000);
    await customer.event("agent.left");
    const again = await call(base, "GET", paths.agentStatus, { token: agentTicket.token });
    expect(again.body.error.name).toBe("TOKEN_INVALID");
    customer.send(frame(FrameType.mirror, FrameFlag.keyframe));
    await robin.peer.until(() => robin.peer.frames.length === 1);
    await call(base, "POST", paths.agentLogout, { token: robin.ticket.token, body: {} });
    await customer.event("session.closed");
  });

  test("a supervisor lists and joins; an agent may not", async () => {
    await start();
    const { customer, customerTicket } = await session();
    const sessionId = customerTicket.session.id;
    const agent = await signIn("Robin");
    expect((await call(base, "GET", paths.agentSessions, { token: agent })).body.error.name).toBe(
      "ROLE_NOT_ALLOWED",
    );
    expect((await post(paths.agentSupervise, { name: "Robin", sessionId }, agent)).status).toBe(403);
    const token = await signIn("Sam", "supervisor");
    const list = await call(base, "GET", paths.agentSessions, { token });
    expect(list.body.sessions).toMatchObject([{ id: sessionId, state: "active" }]);
    expect(list.body).toMatchObject({ total: 1, silentAllowed: false });
    const silent = await post(paths.agentSupervise, { name: "Sam", sessionId, silent: true }, token);
    expect(silent.body.error.name).toBe("SILENT_NOT_ALLOWED");
    const joined = await post(paths.agentSupervise, { name: "Sam", sessionId }, token);
    expect(joined.body.session.participants).toHaveLength(3);
    await customer.message("event", ({ event, by }) => event === "agent.joined" && by === joined.body.you);
    const gone = await post(paths.agentSupervise, { name: "Sam", sessionId: "nowhere" }, token);
    expect(gone.body.error.name).toBe("SESSION_UNKNOWN");
  });
});

describe("proposals", () => {
  test("one passes at a time, to the customer alone, who answers", async () => {
    await start();
    const { customer, agent, agentTicket } = await session();
    agent.send(frame(FrameType.propose));
    expect((await customer.event("proposal.made")).session.proposal?.by).toBe(agentTicket.you);
    await customer.until(() => typesOf(customer).includes(FrameType.propose));
    agent.send(frame(FrameType.propose));
    await agent.error("PROPOSAL_PENDING");
    agent.command("proposal.accept", 5);
    await agent.error("CUSTOMER_ONLY");
    customer.command("proposal.decline", 6);
    expect((await agent.event("proposal.declined")).session.proposal).toBeUndefined();
    expect(customer.frames).toHaveLength(1);
  });

  test("while paused none passes", async () => {
    await start();
    const { customer, agent } = await session();
    customer.command("session.pause");
    await agent.event("session.paused");
    agent.send(frame(FrameType.propose));
    await agent.error("SESSION_PAUSED");
    expect(customer.frames).toEqual([]);
  });

  test("an unanswered one is off by itself", async () => {
    await start({ proposalMs: 50 });
    const { customer, agent } = await session();
    agent.send(frame(FrameType.propose));
    await agent.event("proposal.expired");
    customer.command("proposal.accept", 7);
    await customer.error("PROPOSAL_MISSING");
  });
});

test.each([
  ["control.request", { level: "view" }, "level"],
  ["control.request", { scope: -1 }, "scope"],
  ["control.request", { minutes: 0 }, "minutes"],
  ["control.request", { minutes: 100_000 }, "minutes"],
  ["handover.offer", { to: "2" }, "to"],
  ["invite.create", { part: "supervisor" }, "part"],
  ["consent.give", { what: "everything" }, "what"],
])("the message %s with %o is refused by its field", async (t, args, field) => {
  await start();
  const { agent } = await session();
  agent.command(t, 8, args);
  expect((await agent.message("error", ({ n }) => n === undefined || n === 8)).error).toMatchObject({
    name: "INVALID_FIELD",
    field,
  });
});

test("how faithful the picture was is told by the agent who leads, and by nobody else", async () => {
  await start();
  const { agent, agentTicket } = await session();
  const { peer } = await invited(agent, "agent");
  agent.command("fidelity", 50, { compared: 10, repaired: 1 });
  await agent.message("ok", ({ n }) => n === 50);
  peer.command("fidelity", 50, { compared: 500, repaired: 400 });
  await peer.message("ok", ({ n }) => n === 50);
  await post(paths.agentLogout, {}, agentTicket.token);
  const path = `${paths.audit}/sessions/${agentTicket.session.id}`;
  const { body } = await call(base, "GET", path, { token: await signIn("Lin", "auditor") });
  expect(body.session).toMatchObject({ compared: 10, repaired: 1 });
});

test("what was compared last comes with the logout of the agent who leads, and counts like the rest", async () => {
  await start();
  const { agent, agentTicket, customerTicket } = await session();
  agent.command("fidelity", 50, { compared: 10, repaired: 1 });
  await agent.message("ok", ({ n }) => n === 50);
  const refused = await post(
    paths.customerLogout,
    { fidelity: { compared: 1, repaired: -1 } },
    customerTicket.token,
  );
  expect(refused.status).toBe(400);
  await post(paths.agentLogout, { fidelity: { compared: 5, repaired: 2 } }, agentTicket.token);
  const path = `${paths.audit}/sessions/${agentTicket.session.id}`;
  const { body } = await call(base, "GET", path, { token: await signIn("Lin", "auditor") });
  expect(body.session).toMatchObject({ compared: 15, repaired: 3 });
});
