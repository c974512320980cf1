import { paths } from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { type Config, createServer, loadConfig } from "../index.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serverWith(settings: Partial<Config>): Promise<string> {
  const overrides = { port: 0, logLevel: "silent" as const, ...settings };
  const server = await createServer(loadConfig({}, { overrides }));
  open.push(() => server.close());
  return server.listen();
}

function requestKey(base: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(base + paths.agentRequest, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ name: "Robin" }),
  });
}

test("the proxy's header makes an agent, and nothing more than an agent", async () => {
  const base = await serverWith({
    agentAuth: "trusted-proxy",
    agentHeader: "x-desk-user",
    trustedProxies: ["127.0.0.1"],
  });
  expect((await requestKey(base)).status).toBe(401);
  expect((await requestKey(base, { "x-desk-user": "robin" })).status).toBe(201);
  // A token that is not valid is not mended by a header.
  const both = { "x-desk-user": "robin", authorization: "Bearer nonsense" };
  expect((await requestKey(base, both)).status).toBe(401);
  const admin = await fetch(base + paths.agentSessions, {
    headers: { "x-desk-user": "robin" },
  });
  expect(admin.status).toBe(401);
});

test("the header is worth nothing from another machine, nor where the mode is off", async () => {
  const elsewhere = await serverWith({
    agentAuth: "trusted-proxy",
    agentHeader: "x-desk-user",
    trustedProxies: ["192.0.2.1"],
  });
  expect((await requestKey(elsewhere, { "x-desk-user": "robin" })).status).toBe(401);
  const off = await serverWith({ agentHeader: "x-desk-user", trustedProxies: ["127.0.0.1"] });
  expect((await requestKey(off, { "x-desk-user": "robin" })).status).toBe(401);
});

test("open counts whom a named proxy asks for, not the proxy", async () => {
  const base = await serverWith({
    agentAuth: "open",
    agentNetworks: ["10.0.0.0/8", "127.0.0.1"],
    trustedProxies: ["127.0.0.1"],
    allowedOrigins: ["https://desk.example.com"],
  });
  expect((await requestKey(base)).status).toBe(401);
  expect((await requestKey(base, { "x-forwarded-for": "10.1.2.3" })).status).toBe(201);
  expect((await requestKey(base, { "x-forwarded-for": "10.1.2.3, 192.0.2.7" })).status).toBe(401);
  expect(
    (await requestKey(base, { "x-forwarded-for": "10.1.2.3", origin: "https://evil.example" })).status,
  ).toBe(403);
});
