import { type AgentRole, agentRoles } from "@copane/protocol";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { AgentAuth } from "../auth/agent.ts";
import { type Config, loadConfig } from "../config/index.ts";
import { makeToken, type TokenOptions } from "./token.ts";

const jwtSecret = "a secret of more than 32 characters";
const wanted: TokenOptions = { name: "Robin", id: "robin@example.com", role: "agent", minutes: 5 };

function config(overrides: Partial<Config>): Config {
  return loadConfig({}, { overrides });
}

test.each<[AgentRole, Partial<Config>]>([
  ...agentRoles.map((role): [AgentRole, Partial<Config>] => [role, {}]),
  ["admin", { jwtIssuer: "https://id.example.com/", jwtAudience: "copane" }],
  ["supervisor", { jwtRoleClaim: "realm_access.roles" }],
])("a token for %s is taken by a server with %o", async (role, settings) => {
  const server = config({ jwtSecret, ...settings });
  const token = await makeToken(server, { ...wanted, role });
  expect(await new AgentAuth(server).identify(token)).toEqual({ agentId: wanted.id, name: "Robin", role });
  const { exp = 0, iat = 0 } = decodeJwt(token);
  expect(exp - iat).toBe(300);
  await expect(
    new AgentAuth(config({ jwtSecret: `another ${jwtSecret}` })).identify(token),
  ).rejects.toThrow();
});

test.each<[Partial<Config>, RegExp]>([
  [{ jwksUrl: "https://id.example.com/keys" }, /public keys.*cannot sign/],
  [{ devSignIn: true }, /code that the server prints/],
  [{}, /nobody can be an agent/],
  [{ jwtSecret, jwtRoleClaim: "exp" }, /COPANE_JWT_ROLE_CLAIM/],
])("with %o no token can be made, and it is said why", async (settings, why) => {
  const made = makeToken(config(settings), { ...wanted, role: "admin" });
  await expect(made).rejects.toThrow(why);
  await expect(made).rejects.not.toThrow(jwtSecret);
});

test("a name that the server would cut is refused", async () => {
  const server = config({ jwtSecret });
  await expect(makeToken(server, { ...wanted, name: "x".repeat(100) })).rejects.toThrow(/1 to 99/);
  await expect(makeToken(server, { ...wanted, id: "" })).rejects.toThrow(/--id/);
});
