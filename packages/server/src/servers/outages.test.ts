import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeFrame, FrameType, paths, type Ticket } from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../../../scripts/lib/free-port.mjs";
import { startPostgres } from "../../../../scripts/lib/postgres.mjs";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { openDatabase } from "../store/index.ts";
import { stores } from "../store/testing.ts";
import { certificate } from "../testing/certificate.ts";
import { call, Peer } from "../testing/peer.ts";
import { type ServerProcess, startServer } from "../testing/process.ts";

/** Real servers in processes of their own, with a PostgreSQL that is restarted, and with a Redis behind TLS. */

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});

const agents = { COPANE_DEV_SIGN_IN: "true", COPANE_DEV_SIGN_IN_CODE: "123456" };
const ready = async ({ base }: ServerProcess) => (await call(base, "GET", "/readyz")).status;

test("PostgreSQL is restarted: frames go on meanwhile, what is decided is stored afterwards", {
  timeout: 120_000,
}, async () => {
  const postgres = await startPostgres();
  endings.push(postgres.stop);
  const redis = await startRedis();
  endings.push(redis.end);
  const config = { databaseUrl: postgres.url, dataDir: "" };
  const env = { ...agents, COPANE_REDIS_URL: redis.url };
  const servers: ServerProcess[] = [];
  for (const name of ["one", "two"]) {
    const store = { config, drop: async () => {} };
    servers.push(await startServer(store, { ...env, COPANE_SERVER_ID: name }));
  }
  const [one, two] = servers as [ServerProcess, ServerProcess];
  for (const server of servers) endings.push(() => server.end("SIGKILL"));
  const ticket: Ticket = (await call(one.base, "POST", paths.customerRequest, { body: { name: "Ada" } }))
    .body;
  const code = { name: "Grace", code: "123456" };
  const { token } = (await call(two.base, "POST", paths.agentSignIn, { body: code })).body;
  const join = { name: "Grace", passphrase: ticket.passphrase };
  const joined: Ticket = (await call(two.base, "POST", paths.agentLiveJoin, { body: join, token })).body;
  const customer = Peer.webSocket(one.base, "customer", ticket.token);
  const { page = 0 } = await customer.message("welcome");
  // Carried: what the servers tell each other goes on, too.
  const agent = Peer.webSocket(two.base, "agent", joined.token);
  await agent.message("welcome");
  await customer.message("mirror.wanted", ({ wanted }) => wanted);
  let sent = 0;
  const frame = async () => {
    const flags = sent === 0 ? 1 : 0;
    customer.send(encodeFrame({ type: FrameType.mirror, page, flags }, new Uint8Array([sent++ % 256])));
    await agent.until(() => agent.frames.length === sent);
  };
  await frame();
  await postgres.end();
  // Longer than any lease in the database.
  for (const until = Date.now() + 4_000; Date.now() < until; ) await frame();
  agent.command("control.request", 1, { level: "full" });
  await postgres.again();
  await customer.event("control.requested");
  customer.command("control.grant", 2);
  await agent.event("control.granted");
  await frame();
  for (const server of servers) await expect.poll(() => ready(server), { timeout: 20_000 }).toBe(200);
  expect([customer.closed, agent.closed]).toEqual([undefined, undefined]);
  const database = await openDatabase(config);
  const rows = await database.query<{ session: string }>("select session from live_sessions");
  await database.close();
  expect(rows.map(({ session }) => JSON.parse(session).record.holder)).toEqual([1]);
});

test("Redis behind TLS with a password and an authority of one's own", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "copane-tls-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const files = certificate(folder);
  const port = await freePort();
  const redis = await startRedis({
    args: [
      ...["--tls-port", String(port), "--tls-cert-file", files.certificate, "--tls-key-file", files.key],
      ...["--tls-ca-cert-file", files.authority, "--tls-auth-clients", "no"],
      ...["--user", "copane", "on", ">geheim", "~copane:*", "&copane:*", "+@all", "--requirepass", "x"],
    ],
  });
  endings.push(redis.end);
  const store = await stores[1][1]();
  endings.push(store.drop);
  const start = async (password: string, env: Record<string, string>) => {
    const url = `rediss://copane:${password}@127.0.0.1:${port}`;
    const server = await startServer(store, { ...agents, ...env, COPANE_REDIS_URL: url });
    endings.push(() => server.end("SIGKILL"));
    return server;
  };
  const trusted = { NODE_EXTRA_CA_CERTS: files.authority };
  const servers = [
    await start("geheim", { ...trusted, COPANE_SERVER_ID: "one" }),
    await start("geheim", { ...trusted, COPANE_SERVER_ID: "two" }),
  ] as const;
  const [one, two] = servers;
  for (const server of servers) await expect.poll(() => ready(server)).toBe(200);
  const made = await call(one.base, "POST", paths.customerRequest, { body: { name: "Ada" } });
  expect(made.status).toBe(201);
  // The other one finds it by Redis, and asks the first by its channel there.
  const status = await call(two.base, "GET", paths.customerStatus, { token: made.body.token });
  expect(status.body.session.id).toBe(made.body.session.id);
  // Whom it does not let in, and whoever does not trust it, says so and ends.
  for (const [password, env] of [
    ["falsch", trusted],
    ["geheim", {}],
  ] as const)
    await expect(start(password, env)).rejects.toThrow("the server ended");
});
