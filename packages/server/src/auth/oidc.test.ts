import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createServer as createCopane, loadConfig } from "../index.ts";
import { AgentAuth } from "./agent.ts";

const clientId = "copane-desk";
let issuer: string;
let privateKey: CryptoKey;
let asked: string[];
let answers: boolean;
let stop: () => void;

/** A provider that says about itself what OpenID Connect Discovery asks for. */
beforeEach(async () => {
  const keys = await generateKeyPair("RS256");
  privateKey = keys.privateKey;
  asked = [];
  answers = true;
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" };
  const site = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    if (!answers) response.statusCode = 503;
    response.end(
      JSON.stringify(
        request.url === "/keys"
          ? { keys: [jwk] }
          : { issuer, jwks_uri: `${issuer}/keys`, token_endpoint: "https://tokens.example.com/token" },
      ),
    );
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  stop = () => {
    site.close();
    site.closeAllConnections();
  };
});
afterEach(() => stop());

const config = (overrides = {}) =>
  loadConfig(
    {},
    {
      overrides: {
        port: 0,
        logLevel: "silent" as const,
        oidcIssuer: issuer,
        oidcClientId: clientId,
        jwtRoleClaim: "roles",
        ...overrides,
      },
    },
  );

function signed(claims: JWTPayload = {}, key = privateKey): Promise<string> {
  const token = new SignJWT({ name: "Grace", roles: ["supervisor"], iss: issuer, aud: clientId, ...claims });
  return token
    .setProtectedHeader({ alg: "RS256", kid: "1" })
    .setSubject("g1")
    .setExpirationTime("5m")
    .sign(key);
}

test("an ID token of the provider for the desk makes an agent with the role of its claim", async () => {
  const identity = await new AgentAuth(config()).identify(await signed());
  expect(identity).toEqual({ agentId: "g1", name: "Grace", role: "supervisor" });
});

test("a token for another client, of another issuer, or signed by another key makes nobody", async () => {
  const agents = new AgentAuth(config());
  const { privateKey: another } = await generateKeyPair("RS256");
  for (const token of [
    await signed({ aud: "another-client" }),
    await signed({ iss: "https://login.example.com" }),
    await signed({}, another),
  ])
    await expect(agents.identify(token)).rejects.toMatchObject({ name: "AGENT_AUTH_INVALID" });
});

test("nobody waits for the provider with a token that is not of it", async () => {
  const agents = new AgentAuth(config());
  await expect(agents.identify("a participant's token")).rejects.toMatchObject({
    name: "AGENT_AUTH_INVALID",
  });
  await expect(agents.identify(await signed({ iss: "https://x.example" }))).rejects.toThrow();
  expect(asked).toEqual([]);
});

test("what the provider says is asked for once", async () => {
  const agents = new AgentAuth(config());
  for (let n = 0; n < 3; n++) await agents.identify(await signed());
  expect(asked.filter((path) => path.includes("openid-configuration"))).toHaveLength(1);
});

test("a provider that names itself otherwise is not believed", async () => {
  const agents = new AgentAuth(config({ oidcIssuer: `${issuer}/` }));
  await expect(agents.identify(await signed({ iss: `${issuer}/` }))).rejects.toMatchObject({
    name: "AGENT_AUTH_INVALID",
  });
});

test("the desk learns how to sign in, and its page may call the provider and nobody else", async () => {
  const server = await createCopane(config({ devSignIn: true, devSignInCode: "123456" }));
  const ways = await server.app.inject({ url: "/services/CoBrowse/v1/agent/sign-in-ways" });
  expect(ways.json()).toEqual({
    ways: ["oidc", "code"],
    oidc: { issuer, clientId, scope: "openid profile" },
  });
  const page = await server.app.inject({ url: "/desk/" });
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain(`connect-src ${issuer} https://tokens.example.com 'self' ws: wss:`);
  expect(policy).toContain(`frame-src ${issuer} https://tokens.example.com 'self'`);
  const identity = { url: "/services/CoBrowse/v1/agent/identity" };
  const me = await server.app.inject({ ...identity, headers: { authorization: `Bearer ${await signed()}` } });
  expect(me.json()).toEqual({
    agentId: "g1",
    name: "Grace",
    role: "supervisor",
    desk: { keyDigits: 8, presence: false },
  });
  expect((await server.app.inject(identity)).statusCode).toBe(401);
  await server.close();
});

test("while the provider does not answer the desk's page still comes", async () => {
  answers = false;
  const server = await createCopane(config());
  const page = await server.app.inject({ url: "/desk/" });
  expect(String(page.headers["content-security-policy"])).toContain(`connect-src ${issuer} 'self'`);
  await server.close();
});

test.each([
  [{ oidcIssuer: "http://login.example.com" }, "https"],
  [{ oidcIssuer: "https://login.example.com", oidcClientId: "" }, "COPANE_OIDC_CLIENT_ID"],
  [{ oidcScope: "profile" }, "openid"],
])("settings that cannot work are refused: %j", (overrides, says) => {
  expect(() => config(overrides)).toThrow(says);
});
