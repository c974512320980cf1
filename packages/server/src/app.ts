import { randomInt } from "node:crypto";
import { limits } from "@copane/protocol";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { AgentAuth } from "./auth/agent.ts";
import { GuessLimiter } from "./auth/guessing.ts";
import { OriginPolicy } from "./auth/origins.ts";
import type { Config } from "./config/index.ts";
import { installDocs } from "./http/docs.ts";
import { installErrors } from "./http/errors.ts";
import { serveFiles } from "./http/files.ts";
import { routes } from "./http/routes.ts";
import { installSecurity } from "./http/security.ts";
import { createLog } from "./log.ts";
import { Operations } from "./operations.ts";
import { attachRealtime } from "./realtime/index.ts";
import { SessionService } from "./sessions/index.ts";
import { version } from "./version.ts";

export interface CopaneServer {
  app: FastifyInstance;
  sessions: SessionService;
  /** The code of the development sign-in, when it is on. */
  devSignInCode: string | undefined;
  /** Starts listening; gives the server's own address. */
  listen(): Promise<string>;
  /** Tells both parties of every session, then closes. */
  close(): Promise<void>;
}

/** Builds the whole server from a configuration; nothing listens before `listen()`. */
export async function createServer(given: Config): Promise<CopaneServer> {
  const config =
    given.devSignIn && !given.devSignInCode
      ? { ...given, devSignInCode: String(randomInt(0, 1_000_000)).padStart(6, "0") }
      : given;
  const log = createLog(config.logLevel);
  const app = Fastify({
    loggerInstance: log,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : config.trustProxy,
    bodyLimit: limits.bodyBytes,
    requestTimeout: 30_000,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const origins = new OriginPolicy(config.allowedOrigins);
  const operations = await Operations.open(config, log);
  const sessions = new SessionService({ settings: operations.settings, log, onEvent: operations.onEvent });
  const agents = new AgentAuth(config);
  let closing = false;

  // JSON is the only body there is.
  app.removeContentTypeParser("text/plain");
  installErrors(app as unknown as FastifyInstance);
  await installSecurity(app as unknown as FastifyInstance, {
    origins,
    requestsPerMinute: config.requestsPerMinute,
  });
  await installDocs(app as unknown as FastifyInstance, version);
  await app.register(routes({ sessions, agents, guesses: new GuessLimiter(), version }));
  await operations.serve(app as unknown as FastifyInstance, { sessions, agents });
  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) =>
    closing || !operations.ready
      ? reply.status(503).send({ status: closing ? "closing" : "store unavailable" })
      : { status: "ready" },
  );
  app.get("/", { schema: { hide: true } }, async (_request, reply) => reply.redirect("desk/"));
  await serveFiles(app as unknown as FastifyInstance, config);
  await app.ready();
  const realtime = attachRealtime({
    server: app.server,
    sessions,
    settings: config,
    watch: operations,
    isOriginAllowed: origins.allows,
    log,
    sockjsUrl: "/sdk/copane-sockjs.js",
  });
  operations.onPolicy(() => {
    // What is to be hidden comes first.
    realtime.privacyChanged();
    sessions.policyChanged();
  });

  return {
    app: app as unknown as FastifyInstance,
    sessions,
    devSignInCode: config.devSignIn ? config.devSignInCode : undefined,
    listen: () => app.listen({ host: config.host, port: config.port }),
    close: async () => {
      if (closing) return;
      closing = true;
      log.info({ sessions: sessions.counts.sessions }, "closing");
      sessions.shutdown();
      // The last messages leave before the sockets do.
      await new Promise((resolve) => setTimeout(resolve, 100));
      realtime.close();
      await app.close();
      await operations.close();
    },
  };
}
