import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type AgentRole, agentRoles, paths } from "@copane/protocol";
import type { FastifyInstance } from "fastify";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roleFrom } from "../auth/roles.ts";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";

type Caller = AgentRole | "nobody" | "participant";

/** Everybody who may ask at all. */
const anybody: readonly Caller[] = ["nobody", "participant", ...agentRoles];
const working: readonly Caller[] = ["agent", "supervisor", "admin"];
const overseeing: readonly Caller[] = ["supervisor", "admin"];
const reading: readonly Caller[] = ["auditor", "supervisor", "admin"];
const answering: readonly Caller[] = ["auditor", "admin"];

/** Who may use which route. A route that is not here fails the test: decide before it is open. */
const allowed: Record<string, readonly Caller[]> = {
  [`POST ${paths.agentRequest}`]: working,
  [`POST ${paths.agentLiveJoin}`]: working,
  [`POST ${paths.agentInviteJoin}`]: working,
  [`GET ${paths.agentWaiting}`]: working,
  [`POST ${paths.agentWaitingJoin}`]: working,
  [`GET ${paths.agentHistory}`]: working,
  [`PUT ${paths.agentHistory}/:id/note`]: working,
  [`GET ${paths.agentSessions}`]: overseeing,
  [`POST ${paths.agentSupervise}`]: overseeing,
  [`GET ${paths.audit}/sessions`]: reading,
  [`GET ${paths.audit}/sessions/:id`]: reading,
  [`GET ${paths.audit}/sessions/:id/participants`]: reading,
  [`GET ${paths.audit}/sessions/:id/events`]: reading,
  [`GET ${paths.audit}/export`]: reading,
  [`GET ${paths.audit}/reports/:by`]: reading,
  [`GET ${paths.admin}/me`]: agentRoles,
  [`POST ${paths.admin}/sessions/:id/end`]: overseeing,
  [`GET ${paths.admin}/policy`]: answering,
  [`GET ${paths.admin}/policy/history`]: answering,
  [`PUT ${paths.admin}/policy`]: ["admin"],
  // A participant's own token counts, whatever the role of the person behind it.
  [`POST ${paths.customerLogout}`]: ["participant"],
  [`GET ${paths.customerStatus}`]: ["participant"],
  [`POST ${paths.agentLogout}`]: [],
  [`GET ${paths.agentStatus}`]: [],
  [`POST ${paths.agentJoin}`]: [],
  // Who starts a session as a customer, or signs in, has no token yet.
  [`POST ${paths.customerRequest}`]: anybody,
  // Here a token is the customer's own seat in another session.
  [`POST ${paths.customerJoin}`]: ["nobody", "participant"],
  [`POST ${paths.agentSignIn}`]: anybody,
  [`GET ${paths.agentSignInWays}`]: anybody,
  [`GET ${paths.agentIdentity}`]: agentRoles,
  [`GET ${paths.customerPolicy}`]: anybody,
  [`GET ${paths.serverStatus}`]: anybody,
  [`GET ${paths.openapi}`]: anybody,
  "GET /healthz": anybody,
  "GET /readyz": anybody,
  "GET /": anybody,
  // Metrics have a token of their own, which is not set here.
  "GET /metrics": [],
};

/** Bodies with which a request gets as far as the question who asks. */
const bodies: Record<string, object> = {
  [`POST ${paths.agentRequest}`]: { name: "Robin" },
  [`POST ${paths.agentLiveJoin}`]: { name: "Robin", passphrase: "0000 0000" },
  [`POST ${paths.agentInviteJoin}`]: { name: "Robin", key: "0000 0000" },
  [`POST ${paths.agentWaitingJoin}`]: { name: "Robin", reference: "unknown" },
  [`POST ${paths.agentSupervise}`]: { name: "Robin", sessionId: "unknown" },
  [`POST ${paths.customerRequest}`]: { name: "Ada" },
  [`POST ${paths.customerJoin}`]: { name: "Ada", passphrase: "0000 0000" },
  [`POST ${paths.agentSignIn}`]: { name: "Robin", code: "wrong code" },
  [`PUT ${paths.agentHistory}/:id/note`]: { note: "", rating: null },
  [`PUT ${paths.admin}/policy`]: { version: 99, policy: {} },
};

const secret = "a secret of the tests, long enough";

let server: CopaneServer;
const routes: { method: string; url: string }[] = [];
const tokens = new Map<Caller, string>();

/** Fastify announces each instance: so that we hear of every route, the newest too. */
function listen(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook("onRoute", ({ method, url }) => {
    for (const one of Array.isArray(method) ? method : [method]) routes.push({ method: one, url });
  });
}

beforeAll(async () => {
  subscribe("fastify.initialization", listen);
  const overrides = {
    port: 0,
    logLevel: "silent" as const,
    jwtSecret: secret,
    jwtRoleClaim: "https://example.com/roles",
    requestsPerMinute: 100_000,
    devSignIn: true,
    presence: true,
    devSignInCode: "123456",
  };
  server = await createServer(loadConfig({}, { overrides }));
  for (const role of agentRoles) {
    const token = new SignJWT({ "https://example.com/roles": ["something else", role] });
    const signed = token.setProtectedHeader({ alg: "HS256" }).setSubject(role).setExpirationTime("1h");
    tokens.set(role, await signed.sign(new TextEncoder().encode(secret)));
  }
});
afterAll(async () => {
  unsubscribe("fastify.initialization", listen);
  await server.close();
});

/** Routes that serve files, and what Fastify adds by itself, have no role. */
const isOurs = ({ method, url }: { method: string; url: string }) =>
  method !== "HEAD" &&
  method !== "OPTIONS" &&
  !/^\/(sdk|desk|sample)(\/|$)/.test(url) &&
  !url.startsWith(paths.sdk) &&
  !url.startsWith(paths.docs);

test("every route there is has been decided about, and no other", () => {
  const there = new Set(routes.filter(isOurs).map(({ method, url }) => `${method} ${url}`));
  expect([...there].sort()).toEqual(Object.keys(allowed).sort());
});

describe.each(["nobody", "participant", ...agentRoles] as const)("as %s", (caller) => {
  test.each(Object.keys(allowed))("%s", async (route) => {
    const [method, pattern] = route.split(" ") as ["GET" | "POST" | "PUT", string];
    const url = pattern.replace(":id", "unknown").replace(":by", "day");
    if (caller === "participant") {
      const made = await server.app.inject({
        method: "POST",
        url: paths.customerRequest,
        payload: { name: "Ada" },
      });
      tokens.set("participant", made.json().token);
    }
    const token = tokens.get(caller);
    const body = bodies[route] ?? (method === "GET" || pattern.endsWith("/end") ? undefined : {});
    const answer = await server.app.inject({
      method,
      url,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(body ? { payload: body } : {}),
    });
    const refusal = answer.statusCode >= 400 ? answer.json().error?.name : undefined;
    const refused =
      [401, 403].includes(answer.statusCode) || (pattern === "/metrics" && answer.statusCode === 404);
    const may = (allowed[route] as readonly Caller[]).includes(caller);
    // A wrong code at the sign-in is an answer to what was asked, not to who asked.
    const asked = pattern === paths.agentSignIn && refusal === "AGENT_AUTH_INVALID";
    expect({ route, refused: refused && !asked, refusal }).toMatchObject({ refused: !may });
  });
});

describe("the role in a token", () => {
  test.each([
    ["is an agent's without the claim", {}, "role", "agent"],
    ["is what the claim says", { role: "auditor" }, "role", "auditor"],
    ["is the highest of a list", { roles: ["agent", "admin", "auditor"] }, "roles", "admin"],
    ["may lie deep", { realm_access: { roles: ["supervisor"] } }, "realm_access.roles", "supervisor"],
    ["may have a name with dots", { "https://a.b/role": "admin" }, "https://a.b/role", "admin"],
    ["is never taken from what is not a role", { role: { admin: true } }, "role", "agent"],
    ["is never taken from a prototype", {}, "constructor.name", "agent"],
  ])("%s", (_what, payload, claim, role) => {
    expect(roleFrom(payload, claim)).toBe(role);
  });
});
