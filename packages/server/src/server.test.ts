import {
  ALL_VIEWERS,
  CataloguedError,
  encodeFrame,
  FrameFlag,
  FrameType,
  PROTOCOL_VERSION,
  paths,
  type Ticket,
} from "@copane/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Config, type CopaneServer, createServer, loadConfig } from "./index.ts";
import { call as request, Peer as SocketPeer } from "./testing/peer.ts";

let server: CopaneServer;
let base: string;
let agentToken: string;

beforeEach(async () => {
  const overrides: Partial<Config> = {
    port: 0,
    logLevel: "silent",
    devSignIn: true,
    devSignInCode: "123456",
    helloMs: 1_000,
    reconnectGraceMs: 2_500,
  };
  server = await createServer(loadConfig({}, { overrides }));
  base = await server.listen();
  const signedIn = await call("POST", paths.agentSignIn, { body: { name: "Grace", code: "123456" } });
  agentToken = signedIn.body.token;
});
afterEach(() => server.close());

const call = (
  ...[method, path, options]: Parameters<typeof request> extends [string, ...infer R] ? R : never
) => request(base, method, path, options);
const Peer = {
  webSocket: (role: "customer" | "agent", token?: string) => SocketPeer.webSocket(base, role, token),
  sockJs: (role: "customer" | "agent", token: string, transport: string) =>
    SocketPeer.sockJs(base, role, token, transport),
};

async function startedByCustomer(): Promise<{ customer: Ticket; agent: Ticket }> {
  const customer = (await call("POST", paths.customerRequest, { body: { name: "Ada" } })).body as Ticket;
  const agent = (
    await call("POST", paths.agentLiveJoin, {
      token: agentToken,
      body: { name: "Grace", passphrase: customer.passphrase },
    })
  ).body as Ticket;
  return { customer, agent };
}

async function connected(): Promise<{
  customer: SocketPeer;
  agent: SocketPeer;
  tickets: { customer: Ticket; agent: Ticket };
}> {
  const tickets = await startedByCustomer();
  const customer = Peer.webSocket("customer", tickets.customer.token);
  await customer.message("welcome");
  const agent = Peer.webSocket("agent", tickets.agent.token);
  await agent.message("welcome");
  await customer.message("mirror.wanted", (m) => m.wanted);
  return { customer, agent, tickets };
}

/** A customer's first page. */
const page = 1;

const mirror = (flags: number, ...payload: number[]) =>
  encodeFrame({ type: FrameType.mirror, flags, page, epoch: 1 }, new Uint8Array(payload));

const marks = (payload: number, peer = ALL_VIEWERS) =>
  encodeFrame({ type: FrameType.marks, peer, page }, new Uint8Array([payload]));

describe("sessions by REST", () => {
  test("a customer starts, an agent joins with the key, the key is dead afterwards", async () => {
    const { customer, agent } = await startedByCustomer();
    expect(customer.passphrase).toMatch(/^\d{4} \d{4}$/);
    expect(agent.session.state).toBe("active");
    expect(agent.session.passphrase).toBeUndefined();
    const again = await call("POST", paths.agentLiveJoin, {
      token: agentToken,
      body: { name: "Eve", passphrase: customer.passphrase },
    });
    expect(again.body.error.name).toBe("PASSPHRASE_UNKNOWN");
  });

  test("an agent makes a key and joins in a second step; the customer types the key without space", async () => {
    const made = await call("POST", paths.agentRequest, {
      token: agentToken,
      body: { name: "Grace", locale: "de-AT" },
    });
    expect(made.status).toBe(201);
    expect(made.body.session.participants).toEqual([]);
    expect(made.body.session.locale).toBe("de");
    for (let times = 0; times < 2; times++) {
      const joined = await call("POST", paths.agentJoin, { token: made.body.token });
      expect(joined.body.session.participants).toHaveLength(1);
    }
    const customer = await call("POST", paths.customerJoin, {
      body: { name: "Ada", passphrase: made.body.passphrase.replace(" ", "") },
    });
    expect(customer.body.session.state).toBe("active");
    const status = await call("GET", paths.agentStatus, { token: made.body.token });
    expect(status.body.session.participants.map((p: { name: string }) => p.name)).toEqual(["Ada", "Grace"]);
  });

  test("with autojoin the agent is in at once; logging out before the customer comes kills the key", async () => {
    const made = await call("POST", paths.agentRequest, {
      token: agentToken,
      body: { name: "Grace", autojoin: true },
    });
    expect(made.body.session.participants).toHaveLength(1);
    await call("POST", paths.agentLogout, { token: made.body.token, body: {} });
    const late = await call("POST", paths.customerJoin, {
      body: { name: "Ada", passphrase: made.body.passphrase },
    });
    expect(late.body.error.name).toBe("PASSPHRASE_UNKNOWN");
  });

  test("cancelling a key that was made without joining kills it", async () => {
    const made = await call("POST", paths.agentRequest, { token: agentToken, body: { name: "Grace" } });
    expect((await call("POST", paths.agentLogout, { token: made.body.token, body: {} })).status).toBe(200);
    const late = await call("POST", paths.customerJoin, {
      body: { name: "Ada", passphrase: made.body.passphrase },
    });
    expect(late.body.error.name).toBe("PASSPHRASE_UNKNOWN");
  });

  test("a second join of the same customer fails in the words that pages look for", async () => {
    const { customer } = await startedByCustomer();
    const other = await call("POST", paths.agentRequest, { token: agentToken, body: { name: "Grace" } });
    const again = await call("POST", paths.customerJoin, {
      token: customer.token,
      body: { name: "Ada", passphrase: other.body.passphrase },
    });
    expect(again.body.error.message).toContain("Customer session with same ID already in progress");
  });

  test("server status needs nothing", async () => {
    expect((await call("GET", paths.serverStatus)).body).toMatchObject({ status: "up" });
  });
});

describe("bad input", () => {
  test.each([
    ["malformed JSON", { body: "{nope" }, 400, "MALFORMED_JSON"],
    ["an unknown field", { body: { name: "Ada", admin: true } }, 400, "INVALID_FIELD"],
    ["a missing field", { body: {} }, 400, "INVALID_FIELD"],
    ["a name of a hundred characters", { body: { name: "x".repeat(100) } }, 400, "INVALID_FIELD"],
    ["a name of spaces", { body: { name: "   " } }, 400, "INVALID_FIELD"],
    ["a number for a name", { body: { name: 5 } }, 400, "INVALID_FIELD"],
    ["an oversize body", { body: { name: "Ada", email: "x".repeat(20_000) } }, 413, "BODY_TOO_LARGE"],
    [
      "another media type",
      { body: "name=Ada", headers: { "content-type": "text/plain" } },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    [
      "a foreign origin",
      { body: { name: "Ada" }, headers: { origin: "https://evil.example" } },
      403,
      "ORIGIN_NOT_ALLOWED",
    ],
  ])("%s is refused with its number", async (_what, request, status, name) => {
    const answer = await call("POST", paths.customerRequest, request);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(
      expect.objectContaining({ name, code: new CataloguedError(name as "INTERNAL").code }),
    );
    expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.ts|node_modules/);
  });

  test("the message names the offending field", async () => {
    const answer = await call("POST", paths.customerRequest, { body: { name: "Ada", admin: true } });
    expect(answer.body.error).toMatchObject({ field: "admin", message: "admin is not a known field." });
  });

  test("an address that is not there, and a method that is not answered", async () => {
    expect((await call("GET", "/services/CoBrowse/v1/nothing")).body.error.name).toBe("NOT_FOUND");
    expect((await call("GET", paths.customerRequest)).body.error.name).toBe("METHOD_NOT_ALLOWED");
  });

  test("a token opens only what is its own", async () => {
    const { customer, agent } = await startedByCustomer();
    expect((await call("GET", paths.customerStatus)).body.error.name).toBe("TOKEN_MISSING");
    expect((await call("GET", paths.customerStatus, { token: "guess" })).body.error.name).toBe(
      "TOKEN_INVALID",
    );
    expect((await call("GET", paths.agentStatus, { token: customer.token })).body.error.name).toBe(
      "WRONG_ROLE",
    );
    expect((await call("GET", paths.customerStatus, { token: agent.token })).body.error.name).toBe(
      "WRONG_ROLE",
    );
    expect((await call("POST", paths.agentRequest, { body: { name: "E" } })).body.error.name).toBe(
      "AGENT_AUTH_REQUIRED",
    );
    const forged = await call("POST", paths.agentRequest, { token: "a.b.c", body: { name: "E" } });
    expect(forged.body.error.name).toBe("AGENT_AUTH_INVALID");
  });

  test("guessing at keys is slowed down, for the right one too", async () => {
    const { passphrase } = (await call("POST", paths.customerRequest, { body: { name: "Ada" } })).body;
    const names: string[] = [];
    for (let i = 0; i < 7; i++) {
      const guess = await call("POST", paths.agentLiveJoin, {
        token: agentToken,
        body: { name: "E", passphrase: "0000 0000" },
      });
      names.push(guess.body.error.name);
    }
    expect(names.slice(0, 5)).toEqual(Array(5).fill("PASSPHRASE_UNKNOWN"));
    expect(names.at(-1)).toBe("PASSPHRASE_GUESSING");
    const right = await call("POST", paths.agentLiveJoin, {
      token: agentToken,
      body: { name: "E", passphrase },
    });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("sockets", () => {
  test("mirror frames reach the agent from a keyframe on, and its feedback the customer with its number", async () => {
    const { customer, agent, tickets } = await connected();
    customer.send(mirror(0, 9));
    customer.send(mirror(FrameFlag.keyframe, 1, 2, 3));
    customer.send(mirror(0, 4));
    await agent.until(() => agent.frames.length === 2);
    expect(agent.frames[0]).toEqual(mirror(FrameFlag.keyframe, 1, 2, 3));
    const ack = { type: FrameType.ack, page, epoch: 1, seq: 300 };
    agent.send(encodeFrame({ ...ack, peer: 77 }));
    await customer.until(() => customer.frames.length === 1);
    expect(customer.frames[0]).toEqual(encodeFrame({ ...ack, peer: tickets.agent.you }));
  });

  test("input without the grant is refused, with it relayed, and refused again once revoked", async () => {
    const { customer, agent } = await connected();
    const input = encodeFrame({ type: FrameType.input }, new Uint8Array([1]));
    agent.send(input);
    await agent.error("NOT_IN_CONTROL");
    agent.command("control.request", 1);
    await customer.event("control.requested");
    customer.command("control.grant", 2);
    await agent.event("control.granted");
    agent.send(input);
    await customer.until(() => customer.frames.length === 1);
    customer.command("control.revoke", 3);
    await agent.event("control.revoked");
    agent.messages.length = 0;
    agent.send(input);
    await agent.error("NOT_IN_CONTROL");
    expect(customer.frames).toHaveLength(1);
  });

  test("nothing of the page passes while the session is paused", async () => {
    const { customer, agent } = await connected();
    customer.command("session.pause");
    await agent.event("session.paused");
    customer.send(mirror(FrameFlag.keyframe, 1));
    customer.command("session.resume", 2);
    await agent.event("session.resumed");
    customer.send(mirror(FrameFlag.keyframe, 2));
    await agent.until(() => agent.frames.length > 0);
    expect(agent.payloads()).toEqual([[2]]);
  });

  test("marks pass both ways without a grant: to the customer with the agent's number, to one viewer or all", async () => {
    const { customer, agent, tickets } = await connected();
    customer.send(mirror(FrameFlag.keyframe, 1));
    agent.send(marks(5, 77));
    await customer.until(() => customer.frames.length === 1);
    expect(customer.frames[0]).toEqual(marks(5, tickets.agent.you));
    customer.send(marks(8, tickets.agent.you + 1));
    customer.send(marks(9, tickets.agent.you));
    await agent.until(() => agent.frames.length === 2);
    expect(agent.payloads()).toEqual([[1], [9]]);
  });

  test("marks are refused while the session is paused, from either side", async () => {
    const { customer, agent } = await connected();
    customer.send(mirror(FrameFlag.keyframe, 1));
    customer.command("session.pause");
    await agent.event("session.paused");
    agent.send(marks(5));
    await agent.error("SESSION_PAUSED");
    customer.send(marks(6));
    customer.command("session.resume", 2);
    await agent.event("session.resumed");
    customer.send(marks(7));
    await agent.until(() => agent.frames.length === 2);
    expect(agent.payloads()).toEqual([[1], [7]]);
    expect(customer.frames).toEqual([]);
  });

  test.each(["xhr-streaming", "xhr-polling", "websocket"])(
    "SockJS by %s carries a whole session",
    async (transport) => {
      const tickets = await startedByCustomer();
      const customer = Peer.sockJs("customer", tickets.customer.token, transport);
      await customer.message("welcome");
      const agent = Peer.sockJs("agent", tickets.agent.token, transport);
      await agent.message("welcome");
      await customer.message("mirror.wanted", (m) => m.wanted);
      customer.send(mirror(FrameFlag.keyframe, 200, 1, 255));
      await agent.until(() => agent.frames.length === 1);
      expect(agent.payloads()).toEqual([[200, 1, 255]]);
      await call("POST", paths.customerLogout, { token: tickets.customer.token, body: { reason: "bye" } });
      expect((await agent.event("session.closed")).session.closeReason).toMatchObject({
        code: "customer_left",
        text: "bye",
      });
      await agent.until(() => agent.closed === 4000);
    },
  );

  test("a page of another origin cannot open a socket", async () => {
    const socket = new WebSocket(`${base.replace("http", "ws")}${paths.customerSocket}/websocket`, {
      origin: "https://evil.example",
    });
    const status = await new Promise((resolve) => {
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("error", () => {});
    });
    expect(status).toBe(403);
    const info = await call("GET", `${paths.customerSocket}/info`, {
      headers: { origin: "https://evil.example" },
    });
    expect(info.body.error.name).toBe("ORIGIN_NOT_ALLOWED");
  });

  test.each([
    [
      "a wrong token",
      JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token: "wrong" }),
      "TOKEN_INVALID",
      4401,
    ],
    ["another version", JSON.stringify({ t: "hello", version: 99, token: "x" }), "VERSION_MISMATCH", 4400],
    ["a command before hello", JSON.stringify({ t: "session.pause", n: 1 }), "HELLO_EXPECTED", 4400],
    ["malformed JSON", "{", "MALFORMED_JSON", 4400],
  ])("%s closes the socket with a reason", async (_what, data, name, code) => {
    const peer = Peer.webSocket("customer");
    await new Promise((resolve) => setTimeout(resolve, 50));
    peer.send(data);
    await peer.error(name);
    await peer.until(() => peer.closed === code);
  });

  test("a silent socket is closed, a frame before hello too, an oversize message as well", async () => {
    const silent = Peer.webSocket("customer");
    const early = Peer.webSocket("agent");
    const { customer } = await connected();
    early.send(new Uint8Array([1, 2, 3]));
    await early.until(() => early.closed === 4400);
    await silent.until(() => silent.closed === 4401);
    customer.send(JSON.stringify({ t: "ping", pad: "x".repeat(20_000) }));
    await customer.until(() => customer.closed === 4413);
  });

  test("an unknown frame type closes only the sender's socket, and the session goes on", async () => {
    const { customer, agent, tickets } = await connected();
    agent.send(encodeFrame({ type: 99 }));
    await agent.until(() => agent.closed === 4400);
    const back = Peer.webSocket("agent", tickets.agent.token);
    await back.message("welcome");
    await customer.until(
      () => customer.messages.filter((m) => m.t === "mirror.wanted" && m.wanted).length === 2,
    );
  });

  test("a participant who comes back in time goes on; one who does not ends the session", async () => {
    const { customer, agent, tickets } = await connected();
    customer.end();
    await agent.event("customer.disconnected");
    const back = Peer.webSocket("customer", tickets.customer.token);
    await back.message("mirror.wanted", (m) => m.wanted);
    await agent.event("customer.connected");
    back.end();
    expect((await agent.event("session.closed")).session.closeReason?.code).toBe("connection_lost");
  });

  test("a second socket of the same participant replaces the first", async () => {
    const { customer, agent, tickets } = await connected();
    const second = Peer.webSocket("customer", tickets.customer.token);
    expect((await second.message("welcome")).page).toBe(page + 1);
    await customer.until(() => customer.closed === 4409);
    second.send(encodeFrame({ type: FrameType.mirror, flags: FrameFlag.keyframe, page: page + 1, epoch: 1 }));
    await agent.until(() => agent.frames.length === 1);
  });

  test("a page that comes back by its number keeps it; one that names a number never given is refused", async () => {
    const { customer, agent, tickets } = await connected();
    expect((await customer.message("welcome")).page).toBe(page);
    expect((await agent.message("welcome")).page).toBeUndefined();
    const back = Peer.webSocket("customer");
    await back.opened;
    back.hello(tickets.customer.token, page);
    expect((await back.message("welcome")).page).toBe(page);
    for (const never of [0, page + 1]) {
      const stranger = Peer.webSocket("customer");
      await stranger.opened;
      stranger.hello(tickets.customer.token, never);
      await stranger.error("PAGE_UNKNOWN");
      await stranger.until(() => stranger.closed === 4400);
    }
    back.send(mirror(FrameFlag.keyframe, 1));
    await agent.until(() => agent.frames.length === 1);
    expect(back.closed).toBeUndefined();
  });

  test("an agent has no page to come back with", async () => {
    const { tickets } = await connected();
    const agent = Peer.webSocket("agent");
    await agent.opened;
    agent.hello(tickets.agent.token, page);
    await agent.error("CUSTOMER_ONLY");
    await agent.until(() => agent.closed === 4400);
  });

  test("a customer's frame about another page than its own closes the socket and reaches nobody", async () => {
    const { customer, agent } = await connected();
    customer.send(
      encodeFrame({ type: FrameType.mirror, flags: FrameFlag.keyframe, page: page + 1, epoch: 1 }),
    );
    await customer.until(() => customer.closed === 4400);
    expect(agent.frames).toEqual([]);
  });

  test("a frame whose header is cut short closes the socket", async () => {
    const { agent } = await connected();
    agent.send(encodeFrame({ type: FrameType.ack, page: 300 }).subarray(0, 4));
    await agent.until(() => agent.closed === 4400);
  });

  test("shutting down tells both parties", async () => {
    const { customer, agent } = await connected();
    const closing = server.close();
    for (const peer of [customer, agent]) {
      expect((await peer.event("session.closed")).session.closeReason?.code).toBe("server_shutdown");
      await peer.until(() => peer.closed === 4001);
    }
    await closing;
  });
});

describe("documents and headers", () => {
  test("the OpenAPI document names every path of the specification", async () => {
    const { body } = await call("GET", paths.openapi);
    expect(body.openapi).toBe("3.1.0");
    const rest = Object.entries(paths).filter(
      ([key]) => /^(customer|agent|server)/.test(key) && !key.endsWith("Socket"),
    );
    for (const [, path] of rest) expect(body.paths).toHaveProperty([path]);
  });

  test("answers are not cached and carry a strict policy", async () => {
    const { headers } = await call("GET", paths.serverStatus);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("health and readiness", async () => {
    expect((await call("GET", "/healthz")).status).toBe(200);
    expect((await call("GET", "/readyz")).body.status).toBe("ready");
  });
});
