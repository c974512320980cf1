import { paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { AgentAuth } from "../../auth/agent.ts";
import { callerOf } from "../../auth/caller.ts";
import { SessionNotes } from "../../hooks/index.ts";
import type { Database } from "../../store/index.ts";
import { optionalBearer } from "../bearer.ts";
import * as schemas from "../schemas/history.ts";
import { agentToken, failures } from "./context.ts";

/** An agent's own last sessions, and what they note of them. */
export function historyRoutes(database: Database, agents: AgentAuth): FastifyPluginAsyncTypebox {
  return async (app) => {
    const notes = new SessionNotes(database);
    const base = { tags: ["agent"], security: agentToken };

    app.get(
      paths.agentHistory,
      {
        schema: {
          ...base,
          summary: "The caller's own last sessions, with the notes on them",
          response: { 200: schemas.History, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        return { sessions: await notes.list(agentId) };
      },
    );

    app.put(
      `${paths.agentHistory}/:id/note`,
      {
        schema: {
          ...base,
          summary: "Note something of a session that the caller took part in",
          params: schemas.SessionId,
          body: schemas.Note,
          response: { 200: schemas.Note, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        await notes.put(agentId, request.params.id, request.body);
        return request.body;
      },
    );
  };
}
