import { createHmac, randomInt } from "node:crypto";
import { hostname } from "node:os";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { addressReader } from "./auth/address.ts";
import { AgentAuth } from "./auth/agent.ts";
import { CustomerAuth } from "./auth/customer.ts";
import { GuessLimiter } from "./auth/guessing.ts";
import { networksOf } from "./auth/network-of.ts";
import { OriginPolicy } from "./auth/origins.ts";
import type { Config } from "./config/index.ts";
import {
  AuditRecorder,
  endOrphans,
  keepForgetting,
  Metrics,
  SessionAudit,
  WebhookOutbox,
  Webhooks,
} from "./hooks/index.ts";
import { createHttp } from "./http/index.ts";
import { DatabaseSessionStore } from "./live-store/index.ts";
import { createLog } from "./log.ts";
import { liveSettings, Policies } from "./policy/index.ts";
import { type AttachedRelay, attachRelay } from "./relay/index.ts";
import type { Servers, ServersOptions } from "./servers/index.ts";
import { MemoryDirectory, MemorySessionStore, SessionHooks, SessionService } from "./sessions/index.ts";
import { type Database, keptSecret, openDatabase } from "./store/index.ts";
import { version } from "./version.ts";

export interface CopaneServer {
  app: FastifyInstance;
  sessions: SessionService;
  /** The code of the development sign-in, when it is on. */
  devSignInCode: string | undefined;
  /** Starts listening; gives the server's own address. */
  listen(): Promise<string>;
  /** Sends everybody in a session to the server's next start, or ends the sessions if nothing outlives it; closes. */
  close(): Promise<void>;
}

/** What was started last is ended first. */
type Endings = (() => unknown)[];

/** Builds the whole server from a configuration; nothing listens before `listen()`. */
export async function createServer(given: Config): Promise<CopaneServer> {
  const config = withSignInCode(given);
  const log = createLog(config.logLevel);
  const endings: Endings = [];
  const end = async () => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    return await assemble(config, log, endings, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function assemble(
  config: Config,
  log: Logger,
  endings: Endings,
  end: () => Promise<void>,
): Promise<CopaneServer> {
  const database = await openDatabase(config);
  endings.push(() => database.close());
  const server = config.serverId || hostname();
  const policies = await openPolicies(config, log, database, endings);
  const settings = liveSettings(config, policies);

  const hooks = new SessionHooks(log);
  // A database in memory ends with the server: so do the sessions.
  const outlived = config.databaseUrl !== "" || config.dataDir !== "";
  const alone = outlived ? new DatabaseSessionStore(database, server) : new MemorySessionStore();
  const secret = await keptSecret(database, "counters");
  const servers = await joinServers(config, { database, host: server, secret, log }, endings);
  const sessions = new SessionService({
    directory: servers?.directory ?? new MemoryDirectory(),
    store: servers?.store ?? alone,
    settings,
    hooks,
    log,
    hide: (name) => createHmac("sha256", secret).update(name).digest("base64url").slice(0, 22),
    waiting: servers?.waiting,
    ...(servers ? { deciding: () => servers.deciding } : {}),
  });
  endings.push(() => sessions.close());
  const recorder = new AuditRecorder({ database, server, log });
  endings.push(() => recorder.close());
  const webhooks = new Webhooks(config, new WebhookOutbox(database, server), log);
  endings.push(() => webhooks.close());
  const metrics = new Metrics({
    server,
    read: config.metricsToken !== "",
    counts: () => sessions.counts,
    audit: () => recorder.state,
    webhooks: () => webhooks.state,
    servers: servers && (() => servers.counts),
  });
  // Who hears of sessions. To add one more: write a `SessionHook`.
  for (const hook of [new SessionAudit(recorder), metrics, webhooks]) hooks.subscribe(hook);
  await webhooks.open(servers !== undefined);
  await goOn({ config, log, database, sessions, server });

  let closing = false;
  const origins = new OriginPolicy(config.allowedOrigins);
  const stored = (sessionId: string) => recorder.stored(sessionId);
  let relay: AttachedRelay | undefined;
  const seat: AttachedRelay["carried"] = (...args) => (relay as AttachedRelay).carried(...args);
  const app = await createHttp({
    config,
    log,
    origins,
    policies,
    metrics,
    database,
    sessions: servers?.join({ own: sessions, stored, seat }, log) ?? sessions,
    // Who is signed in for development stays so over a restart, as their sessions do.
    agents: new AgentAuth(config, config.devSignIn ? await keptSecret(database, "sign-in") : undefined),
    customers: new CustomerAuth(config),
    presence: config.presence,
    guesses: new GuessLimiter({ shared: servers?.allowance }),
    sharedAllowance: servers?.allowance,
    stored,
    version,
    unready: () => {
      if (closing) return "closing";
      if (servers?.unready) return servers.unready;
      return recorder.state.failing || sessions.storing.failing ? "store unavailable" : undefined;
    },
  });
  endings.push(() => app.close());
  const address = addressReader(config);
  relay = attachRelay({
    server: app.server,
    sessions,
    elsewhere: servers,
    hooks,
    settings: config,
    privacy: () => policies.policy.privacy,
    origins,
    networks: (asker) => networksOf(address(asker)),
    loads: { from: config.agentLoads, allow: config.agentLoadsAllow },
    log,
  });
  policies.onChange(() => {
    // What is to be hidden comes first.
    relay?.privacyChanged();
    sessions.policyChanged();
  });

  return {
    app,
    sessions,
    devSignInCode: config.devSignIn ? config.devSignInCode : undefined,
    listen: () => app.listen({ host: config.host, port: config.port }),
    close: async () => {
      if (closing) return;
      closing = true;
      log.info({ sessions: sessions.counts.sessions }, "closing");
      await sessions.shutdown(outlived, servers && (() => servers.release()));
      // The last messages leave before the sockets do.
      await new Promise((resolve) => setTimeout(resolve, 100));
      relay?.close();
      await end();
    },
  };
}

/** Where several servers work together: this one among them. */
async function joinServers(
  { redisUrl }: Config,
  parts: Omit<ServersOptions, "redisUrl">,
  endings: Endings,
): Promise<Servers | undefined> {
  if (!redisUrl) return undefined;
  // Redis's client is large, and a server alone has no use for it.
  const { Servers } = await import("./servers/index.ts");
  const servers = await Servers.open({ redisUrl, ...parts });
  endings.push(() => servers.close());
  return servers;
}

/** Goes on with the sessions that an earlier start left; what is left of others is ended in the audit. */
async function goOn(parts: {
  config: Config;
  log: Logger;
  database: Database;
  sessions: SessionService;
  server: string;
}): Promise<void> {
  const { config, log, database, sessions, server } = parts;
  const goesOn = await sessions.takeUp();
  if (goesOn.length > 0) log.info({ sessions: goesOn.length }, "sessions of an earlier start go on");
  const alone = config.dataDir !== "" && config.databaseUrl === "";
  const lost = await endOrphans(database, alone ? undefined : server, goesOn);
  if (lost > 0) log.warn({ sessions: lost }, "audit: sessions of a server that did not end well");
}

async function openPolicies(
  config: Config,
  log: Logger,
  database: Database,
  endings: Endings,
): Promise<Policies> {
  const policies = new Policies(database, config, log);
  await policies.open();
  endings.push(() => policies.close());
  endings.push(keepForgetting({ database, days: () => policies.policy.retentionDays, log }));
  return policies;
}

function withSignInCode(config: Config): Config {
  if (!config.devSignIn || config.devSignInCode) return config;
  return { ...config, devSignInCode: String(randomInt(0, 1_000_000)).padStart(6, "0") };
}
