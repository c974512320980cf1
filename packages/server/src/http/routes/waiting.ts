import { CataloguedError, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { callerOf } from "../../auth/caller.ts";
import { optionalBearer } from "../bearer.ts";
import * as schemas from "../schemas/sessions.ts";
import { agentToken, failures, joined, type SessionRoutes } from "./context.ts";

const MOST = 200;
const USUAL = 50;
const PREFIX = "metadata.";

/** How an agent finds a customer who waits without reading digits. */
export function waitingRoutes(context: SessionRoutes): FastifyPluginAsyncTypebox {
  return async (app) => {
    const { sessions, agents, presence } = context;
    const base = { tags: ["agent"], security: agentToken };

    app.get(
      paths.agentWaiting,
      {
        schema: {
          ...base,
          summary: "Customers who wait: by reference, or (COPANE_PRESENCE) all, by metadata too",
          querystring: schemas.Waiting,
          response: { 200: schemas.WaitingSessions, ...failures },
        },
      },
      async (request) => {
        await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        const { reference, verified, limit, ...rest } = request.query;
        if (reference === undefined && !presence) throw new CataloguedError("PRESENCE_OFF");
        const most = limit === undefined ? USUAL : Number(limit);
        if (most < 1 || most > MOST)
          throw new CataloguedError("INVALID_FIELD", {
            field: "limit",
            message: `limit must be 1 to ${MOST}.`,
          });
        const metadata = Object.fromEntries(
          Object.entries(rest as Record<string, string>).map(([name, value]) => [
            name.slice(PREFIX.length),
            value,
          ]),
        );
        return sessions.waiting({ reference, metadata, verified: verified === "true", limit: most });
      },
    );

    app.post(
      paths.agentWaitingJoin,
      {
        schema: {
          ...base,
          summary: "Join a customer who waits, without the key",
          body: schemas.AgentWaitingJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        const { name, reference, sessionId } = request.body;
        if ((reference === undefined) === (sessionId === undefined))
          throw new CataloguedError("INVALID_FIELD", {
            field: "reference",
            message: "Give either reference or sessionId.",
          });
        if (reference !== undefined)
          return joined(await sessions.joinWaiting({ agentId, name, reference }), context);
        if (!presence) throw new CataloguedError("PRESENCE_OFF");
        return joined(await sessions.joinWaiting({ agentId, name, sessionId: sessionId ?? "" }), context);
      },
    );
  };
}
