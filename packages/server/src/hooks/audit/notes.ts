import { CataloguedError, type OwnPastSession, type SessionNote } from "@copane/protocol";
import type { Database } from "../../store/index.ts";

/** Sessions that an agent is told of. */
const MOST = 20;

interface Row {
  id: string;
  customer_name: string | null;
  created_at: Date;
  duration_ms: number;
  note: string | null;
  rating: number | null;
}

/**
 * What agents note of the sessions that they took part in. Beside the audit, whose rows stay as they are; a note goes
 * with its session when that is past its retention.
 */
export class SessionNotes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The agent's own last sessions that have ended, newest first. */
  async list(agentId: string): Promise<OwnPastSession[]> {
    const rows = await this.#database.query<Row>(
      `select s.id, s.customer_name, s.created_at, s.duration_ms, n.note, n.rating
        from sessions s left join session_notes n on n.session_id = s.id and n.agent_id = $1
        where s.ended_at is not null and s.customer_name is not null
          and exists (select 1 from participants p where p.session_id = s.id and p.agent_id = $1)
        order by s.created_at desc, s.id desc limit ${MOST}`,
      [agentId],
    );
    return rows.map(({ id, customer_name, created_at, duration_ms, note, rating }) => {
      const createdAt = created_at.toISOString();
      return { id, customer: customer_name, createdAt, durationMs: duration_ms, note: note ?? "", rating };
    });
  }

  /** Replaces what the agent noted of a session. Throws NOT_FOUND where they took no part in it. */
  async put(agentId: string, sessionId: string, { note, rating }: SessionNote): Promise<void> {
    const rows = await this.#database.query(
      `insert into session_notes (session_id, agent_id, note, rating)
        select p.session_id, p.agent_id, $3, $4::smallint from participants p
          where p.session_id = $1 and p.agent_id = $2 limit 1
        on conflict (session_id, agent_id) do update set note = excluded.note, rating = excluded.rating, at = now()
        returning session_id`,
      // PostgreSQL's text holds no NUL.
      [sessionId.replaceAll("\0", ""), agentId, note.replaceAll("\0", ""), rating],
    );
    if (rows.length === 0) throw new CataloguedError("NOT_FOUND");
  }
}
