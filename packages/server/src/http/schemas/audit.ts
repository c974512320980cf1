import type { AuditOutcome, PastEvent, PastParticipant, PastSession, ReportRow } from "@copane/protocol";
import { type Static, type TSchema, Type } from "typebox";
import { outcomes, type SessionQuery } from "../../hooks/index.ts";

const strict = { additionalProperties: false };
const text = (description: string, maxLength = 200) => Type.Optional(Type.String({ maxLength, description }));
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const role = Type.Union([Type.Literal("customer"), Type.Literal("agent")]);

const filters = {
  from: text("Sessions that began at or after this: 2026-11-24 (UTC) or 2026-11-24T10:00:00Z.", 40),
  to: text("Sessions that began before this.", 40),
  agent: text("Id of an agent who took part."),
  customer: text("Part of the customer's name."),
  outcome: text(`How it ended: ${outcomes.join(", ")}.`, 40),
  state: Type.Optional(
    Type.Union([Type.Literal("open"), Type.Literal("ended")], { description: "Whether it goes on." }),
  ),
  q: text("Part of any name or id."),
};

const order = {
  sort: Type.Optional(
    Type.Union(
      (["started", "length", "customer", "agent", "outcome"] as const).map((key) => Type.Literal(key)),
      { description: "What the list is sorted by: when it started, by default." },
    ),
  ),
  order: Type.Optional(
    Type.Union([Type.Literal("asc"), Type.Literal("desc")], { description: "`desc` by default." }),
  ),
};

export const Sessions = Type.Object(
  {
    ...filters,
    ...order,
    limit: text("Sessions to a page: 1 to 200, 50 by default.", 10),
    cursor: text("`nextCursor` of the page before.", 400),
  },
  strict,
);
export const Export = Type.Object(
  {
    ...filters,
    ...order,
    format: Type.Optional(Type.Union([Type.Literal("csv"), Type.Literal("json")], { default: "csv" })),
  },
  strict,
);
export const Report = Type.Object(
  {
    ...filters,
    zone: text("Time zone of the days, like Europe/Berlin; UTC by default.", 60),
  },
  strict,
);
export const ReportBy = Type.Object({
  by: Type.Union([Type.Literal("day"), Type.Literal("agent"), Type.Literal("outcome")]),
});
export const SessionId = Type.Object({ id: Type.String({ maxLength: 64 }) });

const Session = Type.Object({
  id: Type.String(),
  initiator: role,
  locale: Type.String(),
  customer: nullable(Type.String()),
  agentId: nullable(Type.String({ description: "The first agent who joined." })),
  agent: nullable(Type.String({ description: "That agent's name." })),
  createdAt: Type.String({ format: "date-time" }),
  endedAt: nullable(Type.String({ format: "date-time" })),
  durationMs: nullable(Type.Integer()),
  outcome: nullable(Type.Unsafe<AuditOutcome>({ type: "string", enum: [...outcomes] })),
  endedBy: nullable(role),
  controls: Type.Integer({ description: "How often control was granted." }),
  pages: Type.Integer({ description: "Pages that the customer visited in it." }),
  compared: Type.Integer({ description: "Parts of the agent's picture compared with the customer's page." }),
  repaired: Type.Integer({ description: "Parts of it that differed and were sent anew." }),
});
const Participant = Type.Object({
  number: Type.Integer(),
  role,
  name: Type.String(),
  agentId: nullable(Type.String()),
  joinedAt: Type.String({ format: "date-time" }),
});
const Event = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: "date-time" }),
  event: Type.String({ examples: ["control.granted"] }),
  by: nullable(Type.Integer({ description: "Number of the participant who caused it." })),
  detail: nullable(Type.String({ description: "A page's path, or who ended the session." })),
});

export const SessionList = Type.Object(
  {
    sessions: Type.Array(Session),
    total: Type.Integer({ description: "Sessions on all pages." }),
    nextCursor: nullable(Type.String({ description: "Null on the last page." })),
  },
  { description: "Sessions, newest first if nothing else is asked for." },
);
export const SessionDetail = Type.Object(
  { session: Session, participants: Type.Array(Participant), events: Type.Array(Event) },
  { description: "One session with all that happened in it." },
);
export const ParticipantList = Type.Object(
  { participants: Type.Array(Participant) },
  { description: "Who took part." },
);
export const EventList = Type.Object(
  { events: Type.Array(Event) },
  { description: "What happened, in order." },
);
export const ReportAnswer = Type.Object(
  {
    rows: Type.Array(
      Type.Object({
        key: nullable(Type.String({ description: "A day, an agent's id or an outcome." })),
        name: Type.Optional(Type.String({ description: "The agent's name, by agent." })),
        sessions: Type.Integer(),
        attended: Type.Integer({ description: "Sessions that an agent joined." }),
        controlled: Type.Integer({ description: "Sessions in which control was granted." }),
        averageMs: nullable(Type.Number({ description: "Mean length of the ended ones." })),
      }),
    ),
  },
  { description: "Sums of the sessions that are meant." },
);

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<Static<typeof Session>, PastSession>;
true satisfies Same<Static<typeof Participant>, PastParticipant>;
true satisfies [PastEvent] extends [Static<typeof Event>] ? true : never;
true satisfies [ReportRow] extends [Static<typeof ReportAnswer>["rows"][number]] ? true : never;
true satisfies [Static<typeof Sessions>] extends [SessionQuery] ? true : never;
