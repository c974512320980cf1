import { limits } from "@copane/protocol";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import type { Logger } from "pino";
import { trustOf } from "../auth/address.ts";
import { callerOf } from "../auth/caller.ts";
import type { OriginPolicy } from "../auth/origins.ts";
import { RequestLimit } from "../auth/request-limit.ts";
import type { OpenSharedAllowance } from "../auth/shared-allowance.ts";
import type { Config } from "../config/index.ts";
import type { Metrics } from "../hooks/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Database } from "../store/index.ts";
import { optionalBearer } from "./bearer.ts";
import { installDocs } from "./docs.ts";
import { installErrors } from "./errors.ts";
import { serveFiles } from "./files.ts";
import { adminRoutes } from "./routes/admin.ts";
import { agentRoutes } from "./routes/agent.ts";
import { auditRoutes } from "./routes/audit.ts";
import type { SessionRoutes } from "./routes/context.ts";
import { customerRoutes } from "./routes/customer.ts";
import { historyRoutes } from "./routes/history.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { seatRoutes } from "./routes/seats.ts";
import { type ServerRoutes, serverRoutes } from "./routes/server.ts";
import { waitingRoutes } from "./routes/waiting.ts";
import { installSecurity } from "./security.ts";

/** A request that has not come whole by then is answered with 408. */
const REQUEST_MS = 30_000;
/**
 * How often connections are looked through for such requests; Node's default of 30 s would let them wait
 * twice as long.
 */
const CHECK_MS = 1_000;

export interface HttpOptions extends SessionRoutes, ServerRoutes {
  config: Config;
  log: Logger;
  origins: OriginPolicy;
  policies: Policies;
  metrics: Metrics;
  database: Database;
  /** Where several servers count together. */
  sharedAllowance?: OpenSharedAllowance | undefined;
}

/** The HTTP side of the server, ready for requests: REST routes, their documents, and the files that it serves. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, log, origins, policies, metrics, database, version, sharedAllowance } = options;
  const typed = Fastify({
    loggerInstance: log,
    trustProxy: trustOf(config),
    bodyLimit: limits.bodyBytes,
    requestTimeout: REQUEST_MS,
    // Node counts the longer of its two limits for whole requests: both are the same here.
    http: { headersTimeout: REQUEST_MS, connectionsCheckingInterval: CHECK_MS },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const app = typed as unknown as FastifyInstance;

  // JSON is the only body there is.
  app.removeContentTypeParser("text/plain");
  installErrors(app);
  const limit = new RequestLimit(config.requestsPerMinute, sharedAllowance);
  const known = (request: FastifyRequest) => whoAsks(request, options);
  const signInOrigins = () => options.agents.origins();
  const { frameParents } = config;
  await installSecurity(app, { origins, limit, frameParents, known, signInOrigins });
  await installDocs(app, version);
  metricsRoute(app, metrics, config.metricsToken);
  await app.register(async (rest) => {
    rest.addHook("onRequest", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });
    await rest.register(seatRoutes(options, "customer"));
    await rest.register(seatRoutes(options, "agent"));
    await rest.register(customerRoutes(options, policies));
    await rest.register(agentRoutes(options, config));
    await rest.register(waitingRoutes(options));
    await rest.register(historyRoutes(database, options.agents));
    await rest.register(auditRoutes(database, options.agents));
    await rest.register(adminRoutes(options, policies));
  });
  await app.register(serverRoutes(options));
  await serveFiles(app, config, database);
  await app.ready();
  return app;
}

/** An agent who has signed in, or somebody with a seat in a session. */
async function whoAsks(
  request: FastifyRequest,
  { agents, sessions }: SessionRoutes,
): Promise<string | undefined> {
  const token = optionalBearer(request);
  const seat = token && (await sessions.seated(token));
  if (seat) return seat;
  const agent = await agents.known(token, callerOf(request));
  return agent && `agent ${agent.agentId}`;
}
