import { errorCatalogue, paths } from "@copane/protocol";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, describe, expect, test } from "vitest";
import { signAgentToken } from "./auth/agent-token.ts";
import { signCustomerIdentity } from "./auth/customer-identity.ts";
import { type Config, type CopaneServer, createServer, loadConfig } from "./index.ts";

/** How agents find a customer who waits, and what they are told of who it is. */

const agents = "a secret of agents, 32 characters long";
const identities = "a secret of identities, 32 characters";
const robin = { id: "robin", name: "Robin", role: "supervisor" } as const;
const ada = { id: "c-17", name: "Ada Lovelace", metadata: { ticket: "T-17", vip: true } };

let server: CopaneServer;
afterEach(() => server.close());

async function start(settings: Partial<Config> = {}): Promise<void> {
  const overrides = {
    port: 0,
    logLevel: "silent" as const,
    jwtSecret: agents,
    identitySecret: identities,
    ...settings,
  };
  server = await createServer(loadConfig({}, { overrides }));
}

async function ask(method: "GET" | "POST", url: string, payload?: object, token?: string) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await server.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, text: answer.body, body: answer.json() };
}
const begin = (more: object) => ask("POST", paths.customerRequest, { name: "Somebody", ...more });
const asAgent = async (method: "GET" | "POST", url: string, payload?: object) =>
  ask(method, url, payload, await signAgentToken(agents, robin));
const join = (wish: object) => asAgent("POST", paths.agentWaitingJoin, { name: "Robin", ...wish });

describe("who the customer is", () => {
  test("agents are told what the site's server signed, and apart from it what the page said", async () => {
    await start();
    const identity = await signCustomerIdentity(identities, ada);
    const { body: ticket, text } = await begin({ identity, metadata: { basket: 3 }, reference: "chat-1" });
    expect(ticket.session.participants[0].name).toBe("Ada Lovelace");
    // The customer's side is told none of it.
    expect(text).not.toMatch(/T-17|c-17|basket|chat-1/);
    const { body } = await join({ reference: "chat-1" });
    expect(body.session.customer).toEqual({
      id: "c-17",
      metadata: { ticket: "T-17", vip: true },
      unverified: { basket: 3 },
      reference: "chat-1",
    });
    const audit = await asAgent("GET", `${paths.audit}/sessions/${ticket.session.id}/events`);
    const [created] = audit.body.events;
    expect(created).toMatchObject({ event: "session.created", detail: "customer=c-17 reference=chat-1" });
    const found = await asAgent("GET", `${paths.audit}/sessions?q=c-17`);
    expect(found.body.sessions).toHaveLength(1);
  });

  test("it is told of a customer who joins by an agent's key, too", async () => {
    await start();
    const made = await asAgent("POST", paths.agentRequest, { name: "Robin", autojoin: true });
    const identity = await signCustomerIdentity(identities, ada);
    const { passphrase, token } = made.body;
    const wish = { name: "A", passphrase, identity, metadata: { a: 1 } };
    expect((await ask("POST", paths.customerJoin, wish)).status).toBe(200);
    const { session } = (await ask("GET", paths.agentStatus, undefined, token)).body;
    expect(session.customer).toMatchObject({ id: "c-17", unverified: { a: 1 } });
  });

  test("an identity that is not valid begins nothing", async () => {
    await start({ identityIssuer: "shop" });
    const wrong = [
      await signCustomerIdentity(`${identities}!`, ada, { issuer: "shop" }),
      await signCustomerIdentity(identities, ada, { issuer: "other" }),
      await signAgentToken(agents, robin, { issuer: "shop" }),
      "nonsense",
      await signed({ sub: "c-17" }, "300d"),
      await signed({}, "1h"),
      await signed({ sub: "c 17" }, "1h"),
      await signed({ sub: "c", metadata: { x: "y".repeat(201) } }, "1h"),
      await signed({ sub: "c", metadata: { x: {} } }, "1h"),
    ];
    for (const identity of wrong) {
      const { status, body } = await begin({ identity });
      expect([status, body.error.code], identity).toEqual([401, errorCatalogue.IDENTITY_INVALID[0]]);
    }
    expect((await begin({ identity: await signed({ sub: "c" }, "1h") })).status).toBe(201);
  });

  const signed = (claims: object, life: string) =>
    new SignJWT({ iss: "shop", ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(life)
      .sign(new TextEncoder().encode(identities));

  test("an identity is no agent's token, and a server without a key takes none", async () => {
    await start({ identitySecret: "" });
    const identity = await signCustomerIdentity(identities, ada);
    expect((await begin({ identity })).body.error.name).toBe("IDENTITY_NOT_SET_UP");
    const asked = await ask("POST", paths.agentRequest, { name: "Robin" }, identity);
    expect(asked.status).toBe(401);
    const same = { jwtSecret: agents, identitySecret: agents };
    expect(() => loadConfig({}, { overrides: same })).toThrow(/COPANE_IDENTITY_SECRET.*make an agent/);
  });

  test("a private key signs it, whose public key is in a set", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const { createServer: http } = await import("node:http");
    const key = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256" };
    const set = http((_request, response) => response.end(JSON.stringify({ keys: [key] })));
    await new Promise<void>((done) => set.listen(0, "127.0.0.1", done));
    const { port } = set.address() as { port: number };
    await start({ identitySecret: "", identityJwksUrl: `http://127.0.0.1:${port}/keys` });
    const good = await signCustomerIdentity({ key: privateKey, alg: "ES256", kid: "k1" }, ada);
    expect((await begin({ identity: good })).status).toBe(201);
    const other = (await generateKeyPair("ES256")).privateKey;
    const forged = await signCustomerIdentity({ key: other, alg: "ES256", kid: "k1" }, ada);
    expect((await begin({ identity: forged })).status).toBe(401);
    set.close();
  });

  test("the page's word is bounded", async () => {
    await start();
    const wrong = [
      { metadata: { "a b": 1 } },
      { metadata: { a: {} } },
      { metadata: { a: "x".repeat(201) } },
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`n${i}`, i])) },
      { reference: "a b" },
    ];
    for (const more of wrong) expect((await begin(more)).body.error.name).toBe("INVALID_FIELD");
  });
});

describe("a reference", () => {
  test("belongs to one waiting session, and is free once an agent is in", async () => {
    await start();
    const first = await begin({ reference: "chat-1" });
    expect(first.body.session.findable).toBe(true);
    expect((await begin({ reference: "chat-1" })).body.error.name).toBe("REFERENCE_TAKEN");
    const listed = await asAgent("GET", `${paths.agentWaiting}?reference=chat-1`);
    expect(listed.body).toMatchObject({ total: 1, sessions: [{ id: first.body.session.id }] });
    expect((await join({ reference: "chat-1" })).status).toBe(200);
    expect((await join({ reference: "chat-1" })).body.error.name).toBe("REFERENCE_UNKNOWN");
    expect((await begin({ reference: "chat-1" })).status).toBe(201);
    // The key went with the first agent.
    const live = { name: "Kim", passphrase: first.body.passphrase };
    expect((await asAgent("POST", paths.agentLiveJoin, live)).body.error.name).toBe("PASSPHRASE_UNKNOWN");
  });

  test("is free again when the customer gives up", async () => {
    await start();
    const { body } = await begin({ reference: "chat-1" });
    await ask("POST", paths.customerLogout, {}, body.token);
    expect((await join({ reference: "chat-1" })).body.error.name).toBe("REFERENCE_UNKNOWN");
    expect((await begin({ reference: "chat-1" })).status).toBe(201);
  });
});

describe("customers who wait", () => {
  test("are seen and joined where the site wants it, and the customer is told", async () => {
    await start({ presence: true });
    const identity = await signCustomerIdentity(identities, ada);
    const first = await begin({ identity });
    expect(first.body.session.findable).toBe(true);
    await begin({ metadata: { ticket: "T-17" } });
    await begin({ metadata: { vip: "true", ticket: "other" } });
    const list = async (query: string) =>
      (await asAgent("GET", `${paths.agentWaiting}?${query}`)).body as { total: number; sessions: object[] };
    expect((await list("")).total).toBe(3);
    expect((await list("metadata.ticket=T-17")).total).toBe(2);
    expect((await list("metadata.ticket=T-17&verified=true")).total).toBe(1);
    expect((await list("metadata.ticket=T-17&metadata.vip=true")).total).toBe(1);
    expect((await list("limit=1")).sessions).toMatchObject([{ id: first.body.session.id }]);
    for (const wrong of ["limit=0", "limit=201", "ticket=T-17", "metadata.=1"])
      expect((await asAgent("GET", `${paths.agentWaiting}?${wrong}`)).status).toBe(400);
    const joined = await join({ sessionId: first.body.session.id });
    expect(joined.body.session).toMatchObject({ state: "active", lead: 1 });
    expect((await list("")).total).toBe(2);
    // One agent joins who waits; others come by an invitation.
    const again = await join({ sessionId: first.body.session.id });
    expect(again.body.error.name).toBe("CUSTOMER_NOT_WAITING");
    const seen = await ask("GET", paths.customerStatus, undefined, first.body.token);
    expect(seen.body.session.findable).toBeUndefined();
  });

  test("are not seen where it does not say so", async () => {
    await start();
    const { body } = await begin({});
    expect(body.session.findable).toBeUndefined();
    expect((await asAgent("GET", paths.agentWaiting)).body.error.name).toBe("PRESENCE_OFF");
    const one = await join({ sessionId: body.session.id });
    expect(one.body.error.name).toBe("PRESENCE_OFF");
    expect((await join({})).body.error.name).toBe("INVALID_FIELD");
  });
});
