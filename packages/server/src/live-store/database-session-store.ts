import {
  decodeStored,
  encodeStored,
  type LeftSessions,
  type SessionStore,
  STORED_FORMAT,
  type StoredSession,
  type Unwritten,
} from "../sessions/index.ts";
import type { Database } from "../store/index.ts";

export interface SessionRow {
  id: string;
  fence: number;
  version: number;
  format: number;
  session: string;
}

/**
 * Live sessions in the database. A database that this server has to itself (the embedded one) gives it all that are
 * there, whatever the server was called before; on a shared one they go by its name.
 */
export class DatabaseSessionStore implements SessionStore {
  readonly #database: Database;
  readonly #name: () => string;

  constructor(database: Database, server: string | (() => string)) {
    this.#database = database;
    this.#name = typeof server === "string" ? () => server : server;
  }

  get #server(): string {
    return this.#name();
  }

  async takeUp(): Promise<LeftSessions> {
    const alone = this.#database.kind === "embedded";
    const mine = "(server = $1 or $2)";
    const [alive] = await this.#database.query<{ at: Date | null }>(
      `select max(alive_at) as at from live_servers where ${mine}`,
      [this.#server, alone],
    );
    // A newer format is found before anything is taken up: the newer version can still do so.
    const rows = await this.#database.query<SessionRow>(`select * from live_sessions where ${mine}`, [
      this.#server,
      alone,
    ]);
    const documents = new Map(rows.map(({ id, format, session }) => [id, decodeStored(format, session)]));
    const taken = await this.#database.query<Omit<SessionRow, "format">>(
      `update live_sessions set fence = fence + 1, version = 0, server = $1 where ${mine}
       returning id, fence, version, session`,
      [this.#server, alone],
    );
    const sessions = taken.flatMap(({ id, fence, version }): StoredSession[] => {
      const document = documents.get(id);
      return document ? [{ ...document, fence, version }] : [];
    });
    return { sessions, aliveAt: alive?.at?.getTime() };
  }

  async write(sessions: readonly StoredSession[]): Promise<Unwritten> {
    const rows = sessions.map((session): SessionRow & { server: string } => ({
      id: session.record.id,
      server: this.#server,
      fence: session.fence,
      version: session.version,
      format: STORED_FORMAT,
      session: encodeStored(session),
    }));
    if (this.#database.kind === "embedded") return this.#writeAlone(rows);
    const left = await this.#database.query<{ id: string; busy: boolean }>(put, [JSON.stringify(rows)]);
    const ids = (which: boolean) => left.flatMap(({ id, busy }) => (busy === which ? [id] : []));
    return { refused: ids(false), busy: ids(true) };
  }

  /** Where nobody else has a connection nothing is ever locked: a third of the database's work. */
  async #writeAlone(rows: readonly SessionRow[]): Promise<Unwritten> {
    const written = await this.#database.query<{ id: string }>(putAlone, [JSON.stringify(rows)]);
    const ids = new Set(written.map(({ id }) => id));
    return { refused: rows.flatMap(({ id }) => (ids.has(id) ? [] : [id])), busy: [] };
  }

  async remove(sessions: readonly { id: string; fence: number }[]): Promise<readonly string[]> {
    const left = await this.#database.query<{ id: string }>(forget, [JSON.stringify(sessions)]);
    return left.map(({ id }) => id);
  }

  async alive(at: number): Promise<void> {
    await this.#database.query(
      `insert into live_servers (server, alive_at) values ($1, $2)
       on conflict (server) do update set alive_at = excluded.alive_at`,
      [this.#server, new Date(at)],
    );
  }
}

const rowsGiven = `jsonb_to_recordset($1::text::jsonb)
  as row (id text, server text, fence bigint, version bigint, format integer, session text)`;

const insertOf = (rows: string) => `insert into live_sessions (id, server, fence, version, format, session)
    select id, server, fence, version, format, session from ${rows}
  on conflict (id) do update set version = excluded.version, format = excluded.format, session = excluded.session
    where live_sessions.fence = excluded.fence and live_sessions.version <= excluded.version
  returning id`;

const putAlone = insertOf(rowsGiven);

// A row that somebody else has locked must not hold up the others: it is left as it is.
const put = `with given as materialized (
    select id, server, fence, version, format, session from ${rowsGiven}
  ), free as materialized (
    select id from live_sessions where id in (select id from given) for no key update skip locked
  ), busy as materialized (
    select id from live_sessions where id in (select id from given) and id not in (select id from free)
  ), written as (
    ${insertOf("given where id not in (select id from busy)")}
  )
  select id, id in (select id from busy) as busy from given where id not in (select id from written)`;

const forget = `with given as materialized (
    select id, fence from jsonb_to_recordset($1::text::jsonb) as row (id text, fence bigint)
  ), mine as materialized (
    select id from live_sessions where (id, fence) in (select id, fence from given)
  ), free as materialized (
    select id from live_sessions where (id, fence) in (select id, fence from given) for update skip locked
  ), gone as (
    delete from live_sessions where id in (select id from free) returning id
  )
  select id from mine where id not in (select id from gone)`;
