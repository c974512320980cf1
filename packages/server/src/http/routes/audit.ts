import { Readable } from "node:stream";
import { type PastSession, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { AgentAuth } from "../../auth/agent.ts";
import { AuditLog, report } from "../../hooks/index.ts";
import type { Database } from "../../store/index.ts";
import { optionalBearer } from "../bearer.ts";
import { csvLine } from "../csv.ts";
import * as schemas from "../schemas/audit.ts";
import { agentToken, failures } from "./context.ts";

const base = { tags: ["audit"], security: agentToken };

/** Reading the audit; for every role with `audit.read`. */
export function auditRoutes(database: Database, agents: AgentAuth): FastifyPluginAsyncTypebox {
  return async (app) => {
    const log = new AuditLog(database);
    app.addHook("onRequest", async (request) => {
      await agents.verify(optionalBearer(request), "audit.read");
    });

    app.get(
      `${paths.audit}/sessions`,
      {
        schema: {
          ...base,
          summary: "Sessions, newest first or by `sort` and `order`, a page at a time",
          querystring: schemas.Sessions,
          response: { 200: schemas.SessionList, ...failures },
        },
      },
      async (request) => log.sessions(request.query),
    );

    app.get(
      `${paths.audit}/sessions/:id`,
      {
        schema: {
          ...base,
          summary: "One session with its participants and events",
          params: schemas.SessionId,
          response: { 200: schemas.SessionDetail, ...failures },
        },
      },
      async ({ params: { id } }) => {
        const session = await log.session(id);
        const [participants, events] = await Promise.all([log.participants(id), log.events(id)]);
        return { session, participants, events };
      },
    );

    app.get(
      `${paths.audit}/sessions/:id/participants`,
      {
        schema: {
          ...base,
          summary: "Who took part in a session",
          params: schemas.SessionId,
          response: { 200: schemas.ParticipantList, ...failures },
        },
      },
      async ({ params: { id } }) => {
        await log.session(id);
        return { participants: await log.participants(id) };
      },
    );

    app.get(
      `${paths.audit}/sessions/:id/events`,
      {
        schema: {
          ...base,
          summary: "What happened in a session, in order",
          params: schemas.SessionId,
          response: { 200: schemas.EventList, ...failures },
        },
      },
      async ({ params: { id } }) => {
        await log.session(id);
        return { events: await log.events(id) };
      },
    );

    app.get(
      `${paths.audit}/export`,
      {
        schema: {
          ...base,
          summary: "Every session that is meant, as CSV or JSON, streamed",
          querystring: schemas.Export,
          response: failures,
        },
      },
      async ({ query: { format = "csv", ...query } }, reply) => {
        // What begins while the export runs is not part of it.
        const sessions = await begun(log.export({ ...query, to: query.to ?? new Date().toISOString() }));
        const lines = format === "csv" ? csv(sessions) : json(sessions);
        return reply
          .type(format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8")
          .header("content-disposition", `attachment; filename="copane-sessions.${format}"`)
          .send(Readable.from(lines) as never);
      },
    );

    app.get(
      `${paths.audit}/reports/:by`,
      {
        schema: {
          ...base,
          summary: "Sums by day, agent or outcome",
          params: schemas.ReportBy,
          querystring: schemas.Report,
          response: { 200: schemas.ReportAnswer, ...failures },
        },
      },
      async ({ params: { by }, query: { zone, ...query } }) => {
        return { rows: await report(database, by, query, zone) };
      },
    );
  };
}

/** The same rows, the first of them read already: a store that cannot be read is told before the answer begins. */
async function begun<T>(rows: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await rows.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* rows;
  })();
}

const columns = [
  ...(["id", "createdAt", "endedAt", "durationMs", "outcome", "endedBy", "initiator"] as const),
  ...(["locale", "customer", "agentId", "agent", "controls", "pages", "compared", "repaired"] as const),
] satisfies (keyof PastSession)[];

async function* csv(sessions: AsyncIterable<PastSession>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const session of sessions) yield csvLine(columns.map((column) => session[column]));
}

async function* json(sessions: AsyncIterable<PastSession>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const session of sessions) {
    yield before + JSON.stringify(session);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
