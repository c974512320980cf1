import { describe, expect, test } from "vitest";
import { ConfigError, loadConfig } from "../config/index.ts";
import { type Caller, CallerAuth } from "./caller.ts";

function caller(peer: string, address: string, headers: Record<string, string> = {}): Caller {
  return { peer, address, header: (name) => headers[name] };
}

describe("an agent named by a proxy", () => {
  const auth = new CallerAuth(
    loadConfig({
      COPANE_AGENT_AUTH: "trusted-proxy",
      COPANE_AGENT_HEADER: "X-Desk-User",
      COPANE_TRUSTED_PROXIES: "10.0.0.5",
    }),
  );

  test("is who the header says, with no more than an agent's role", () => {
    const known = auth.identify(caller("10.0.0.5", "192.0.2.7", { "x-desk-user": "robin" }));
    expect(known).toEqual({ agentId: "proxy:robin", role: "agent" });
    expect(auth.identify(caller("::ffff:10.0.0.5", "x", { "x-desk-user": "robin" }))).toBeDefined();
  });

  test("is nobody when another machine sends the header, or the proxy sends none", () => {
    expect(auth.identify(caller("10.0.0.6", "10.0.0.5", { "x-desk-user": "robin" }))).toBeUndefined();
    expect(auth.identify(caller("10.0.0.5", "192.0.2.7", { "x-desk-user": " " }))).toBeUndefined();
    expect(auth.identify(caller("10.0.0.5", "192.0.2.7"))).toBeUndefined();
  });
});

describe("an agent by network", () => {
  const auth = new CallerAuth(
    loadConfig({
      COPANE_AGENT_AUTH: "open",
      COPANE_AGENT_NETWORKS: "10.0.0.0/8,2001:db8::/48",
      COPANE_TRUSTED_PROXIES: "10.0.0.5",
      COPANE_ALLOWED_ORIGINS: "https://desk.example.com",
    }),
  );

  test("is in a listed network, directly or behind a named proxy", () => {
    expect(auth.identify(caller("10.1.2.3", "10.1.2.3"))?.agentId).toBe("network:10.1.2.3");
    expect(auth.identify(caller("2001:db8::7", "2001:db8::7"))).toBeDefined();
    expect(auth.identify(caller("10.0.0.5", "10.1.2.3", { "x-forwarded-for": "10.1.2.3" }))).toBeDefined();
  });

  test.each([
    ["outside of them", caller("192.0.2.7", "192.0.2.7")],
    ["outside, behind the proxy", caller("10.0.0.5", "192.0.2.7", { "x-forwarded-for": "192.0.2.7" })],
    ["behind a proxy that nobody named", caller("10.0.0.9", "10.0.0.9", { "x-forwarded-for": "192.0.2.7" })],
    ["behind the proxy, which does not say for whom", caller("10.0.0.5", "10.0.0.5")],
  ])("is not %s", (_where, who) => {
    expect(auth.identify(who)).toBeUndefined();
  });
});

test("without a mode no caller is an agent without a token", () => {
  expect(new CallerAuth(loadConfig({})).identify(caller("127.0.0.1", "127.0.0.1"))).toBeUndefined();
});

const proxy = {
  COPANE_AGENT_AUTH: "trusted-proxy",
  COPANE_AGENT_HEADER: "x-user",
  COPANE_TRUSTED_PROXIES: "10.0.0.5",
};
const open = {
  COPANE_AGENT_AUTH: "open",
  COPANE_AGENT_NETWORKS: "10.0.0.0/8",
  COPANE_ALLOWED_ORIGINS: "https://desk.example.com",
};
test.each([
  ["the proxy is not named", { ...proxy, COPANE_TRUSTED_PROXIES: "" }, "COPANE_TRUSTED_PROXIES"],
  [
    "the proxy is the whole internet",
    { ...proxy, COPANE_TRUSTED_PROXIES: "0.0.0.0/0" },
    "COPANE_TRUSTED_PROXIES",
  ],
  ["the header is not named", { ...proxy, COPANE_AGENT_HEADER: "" }, "COPANE_AGENT_HEADER"],
  ["every client sends the header", { ...proxy, COPANE_AGENT_HEADER: "User-Agent" }, "COPANE_AGENT_HEADER"],
  ["every page may ask", { ...proxy, COPANE_ALLOWED_ORIGINS: "*" }, "COPANE_ALLOWED_ORIGINS"],
  ["every proxy is believed", { ...proxy, COPANE_TRUST_PROXY: "true" }, "COPANE_TRUST_PROXY"],
  ["no network is listed", { ...open, COPANE_AGENT_NETWORKS: "" }, "COPANE_AGENT_NETWORKS"],
  [
    "the networks are everything",
    { ...open, COPANE_AGENT_NETWORKS: "0.0.0.0/1,128.0.0.0/1" },
    "COPANE_AGENT_NETWORKS",
  ],
  ["IPv6 is everything", { ...open, COPANE_AGENT_NETWORKS: "::/0" }, "COPANE_AGENT_NETWORKS"],
  ["a network is none", { ...open, COPANE_AGENT_NETWORKS: "10.0.0" }, "COPANE_AGENT_NETWORKS"],
  [
    "any host name is the server's own",
    { ...open, COPANE_ALLOWED_ORIGINS: "self" },
    "COPANE_ALLOWED_ORIGINS",
  ],
  ["every address can be claimed", { ...open, COPANE_TRUST_PROXY: "true" }, "COPANE_TRUST_PROXY"],
])("a start is refused when %s", (_why, env, key) => {
  expect(() => loadConfig(env)).toThrow(ConfigError);
  expect(() => loadConfig(env)).toThrow(key);
});
