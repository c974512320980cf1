import {
  type AuditOutcome,
  CataloguedError,
  type PastEvent,
  type PastParticipant,
  type PastSession,
} from "@copane/protocol";
import type { AuditEvent } from "../../sessions/index.ts";
import type { Database } from "../../store/index.ts";
import { type Conditions, conditionsOf, limitOf, type SessionQuery } from "./filter.ts";
import { type Cursor, Order } from "./order.ts";

/** Sessions fetched at once for an export. */
const EXPORT_SLICE = 1_000;
/** Events of one session that are told; a session's own bounds keep it well below. */
const MOST_EVENTS = 10_000;

const columns = `s.id, s.initiator, s.locale, s.customer_name, s.agent_id, s.agent_name, s.created_at, s.ended_at,
  s.outcome, s.ended_by, s.controls, s.pages, s.compared, s.repaired`;

interface Row {
  id: string;
  initiator: "customer" | "agent";
  locale: string;
  customer_name: string | null;
  agent_id: string | null;
  agent_name: string | null;
  created_at: Date;
  ended_at: Date | null;
  outcome: AuditOutcome | null;
  ended_by: "customer" | "agent" | null;
  controls: number;
  pages: number;
  compared: number;
  repaired: number;
  sorted_by: Cursor["value"];
}

/** What the audit has stored, to read. */
export class AuditLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** One page of sessions, newest first unless told otherwise. Throws INVALID_FIELD. */
  async sessions(
    query: SessionQuery,
  ): Promise<{ sessions: PastSession[]; total: number; nextCursor: string | null }> {
    const limit = limitOf(query);
    const order = new Order(query);
    const counted = conditionsOf(query);
    const conditions = conditionsOf(query);
    if (query.cursor !== undefined) order.after(conditions, order.parse(query.cursor));
    const [rows, [count]] = await Promise.all([
      this.#page(conditions, order, limit + 1),
      this.#database.query<{ total: number }>(
        `select count(*) as total from sessions s where ${counted.where}`,
        counted.params,
      ),
    ]);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      sessions: shown.map(sessionOf),
      total: count?.total ?? 0,
      nextCursor: last ? order.encode({ value: last.sorted_by, id: last.id }) : null,
    };
  }

  /** Every session that is meant, fetched as the reader takes them. Throws INVALID_FIELD at once. */
  export(query: SessionQuery): AsyncGenerator<PastSession> {
    conditionsOf(query);
    return this.#all(query);
  }

  /** One session. Throws NOT_FOUND. */
  async session(id: string): Promise<PastSession> {
    const [row] = await this.#database.query<Row>(`select ${columns} from sessions s where s.id = $1`, [id]);
    if (!row) throw new CataloguedError("NOT_FOUND");
    return sessionOf(row);
  }

  async participants(id: string): Promise<PastParticipant[]> {
    const rows = await this.#database.query<{
      number: number;
      role: "customer" | "agent";
      name: string;
      agent_id: string | null;
      joined_at: Date;
    }>(
      "select number, role, name, agent_id, joined_at from participants where session_id = $1 order by number",
      [id],
    );
    return rows.map(({ number, role, name, agent_id, joined_at }) => {
      return { number, role, name, agentId: agent_id, joinedAt: joined_at.toISOString() };
    });
  }

  async events(id: string): Promise<PastEvent<AuditEvent>[]> {
    const rows = await this.#database.query<{
      id: number;
      at: Date;
      event: AuditEvent;
      by_number: number | null;
      detail: string | null;
    }>(
      `select id, at, event, by_number, detail from events where session_id = $1 order by id limit ${MOST_EVENTS}`,
      [id],
    );
    return rows.map((row) => {
      return {
        id: row.id,
        at: row.at.toISOString(),
        event: row.event,
        by: row.by_number,
        detail: row.detail,
      };
    });
  }

  async *#all(query: SessionQuery): AsyncGenerator<PastSession> {
    const order = new Order(query);
    let cursor: Cursor | undefined;
    for (;;) {
      const conditions = conditionsOf(query);
      if (cursor) order.after(conditions, cursor);
      const rows = await this.#page(conditions, order, EXPORT_SLICE);
      for (const row of rows) yield sessionOf(row);
      const last = rows.at(-1);
      if (rows.length < EXPORT_SLICE || !last) return;
      cursor = { value: last.sorted_by, id: last.id };
    }
  }

  #page({ where, params }: Conditions, order: Order, limit: number): Promise<Row[]> {
    return this.#database.query<Row>(
      `select ${columns}, ${order.value} as sorted_by from sessions s where ${where}
       order by ${order.sql} limit ${limit}`,
      params,
    );
  }
}

function sessionOf(row: Row): PastSession {
  const { created_at: created, ended_at: ended } = row;
  return {
    id: row.id,
    initiator: row.initiator,
    locale: row.locale,
    customer: row.customer_name,
    agentId: row.agent_id,
    agent: row.agent_name,
    createdAt: created.toISOString(),
    endedAt: ended?.toISOString() ?? null,
    durationMs: ended ? ended.getTime() - created.getTime() : null,
    outcome: row.outcome,
    endedBy: row.ended_by,
    controls: row.controls,
    pages: row.pages,
    compared: row.compared,
    repaired: row.repaired,
  };
}
