import { decodeStored, type LeftSessions, STORED_FORMAT, type StoredSession } from "../sessions/index.ts";
import type { Database } from "../store/index.ts";
import { DatabaseSessionStore, type SessionRow } from "./database-session-store.ts";

/** A session that was taken up, and when nobody decided it any more (milliseconds since 1970). */
export interface TakenUp {
  stored: StoredSession;
  /** Undefined: its server handed it over. */
  lostAt: number | undefined;
}

/**
 * Live sessions of servers that work together on one database. Each session stands under the name of the server that
 * decides it, and goes over to another only once that one is declared dead, or hands it over. What a newer version
 * stored is left to servers of that version.
 */
export class SharedSessionStore extends DatabaseSessionStore {
  readonly #database: Database;
  readonly #server: () => string;

  /** @param server the present name of this one */
  constructor(database: Database, server: () => string) {
    super(database, server);
    this.#database = database;
    this.#server = server;
  }

  /** A start of a server has a name of its own, under which nothing was left. */
  override async takeUp(): Promise<LeftSessions> {
    return { sessions: [], aliveAt: undefined };
  }

  /** The lease says that the server lives. */
  override async alive(): Promise<void> {}

  /** The server that decides a session; undefined when there is no such session. */
  async ownerOf(id: string): Promise<string | undefined> {
    const [row] = await this.#database.query<{ server: string }>(
      "select server from live_sessions where id = $1",
      [id],
    );
    return row?.server;
  }

  /** A session of this server is another one's from here on. */
  async handOver({ record, fence }: StoredSession, to: string): Promise<void> {
    await this.#database.query(
      "update live_sessions set server = $1 where id = $2 and server = $3 and fence = $4",
      [to, record.id, this.#server(), fence],
    );
  }

  /** Takes up a session that was handed over to this server. */
  async receive(id: string): Promise<TakenUp | undefined> {
    const [row] = await this.#database.query<SessionRow>(
      `update live_sessions set fence = fence + 1, version = 0 where id = $1 and server = $2 and format <= $3
       returning id, fence, version, format, session`,
      [id, this.#server(), STORED_FORMAT],
    );
    return row && { stored: storedIn(row), lostAt: undefined };
  }

  /** The session whose stored text has this in it, as a token's hash or a key in quotes: reads them all. */
  async holding(text: string): Promise<Pick<StoredSession, "record" | "seats"> | undefined> {
    const [row] = await this.#database.query<SessionRow>(
      "select * from live_sessions where position($1 in session) > 0 and format <= $2 limit 1",
      [text, STORED_FORMAT],
    );
    return row && decodeStored(row.format, row.session);
  }

  /** Takes up sessions of a dead server: one, or at most `most` of them. Others may do so at the same time. */
  async takeUpFrom(owner: string, which: { id: string } | { most: number }): Promise<TakenUp[]> {
    const [id, most] = "id" in which ? [which.id, 1] : ["", which.most];
    const rows = await this.#database.query<SessionRow & { lost_at: Date | null }>(
      `update live_sessions set fence = fence + 1, version = 0, server = $1
       from (
         select s.id, l.lease_until, l.alive_at from live_sessions s
         left join live_servers l on l.server = s.server
         where s.server = $2 and ($3 = '' or s.id = $3) and coalesce(l.dead, true) and s.format <= $5
         order by s.id limit $4 for update of s skip locked
       ) left_ones
       where live_sessions.id = left_ones.id and live_sessions.server = $2
       returning live_sessions.id, fence, version, format, session, coalesce(lease_until, alive_at) as lost_at`,
      [this.#server(), owner, id, most, STORED_FORMAT],
    );
    return rows.map((row) => ({
      stored: storedIn(row),
      lostAt: Math.min(row.lost_at?.getTime() ?? Date.now(), Date.now()),
    }));
  }

  /** How many sessions of servers that live no more only a newer version than this one can take up. */
  async newer(): Promise<number> {
    const [row] = await this.#database.query<{ sessions: number }>(
      `select count(*)::int as sessions from live_sessions s left join live_servers l on l.server = s.server
       where s.format > $1 and coalesce(l.dead, true)`,
      [STORED_FORMAT],
    );
    return row?.sessions ?? 0;
  }

  /** Servers that cannot decide any more, as far as the database knows, and have sessions all the same. */
  async deserted(): Promise<string[]> {
    const rows = await this.#database.query<{ server: string }>(
      `select distinct s.server from live_sessions s left join live_servers l on l.server = s.server
       where s.server <> $1 and (l.server is null or l.dead
         or coalesce(l.lease_until, l.alive_at + interval '15 seconds') < clock_timestamp() - interval '1 second')`,
      [this.#server()],
    );
    return rows.map(({ server }) => server);
  }
}

function storedIn({ format, session, fence, version }: SessionRow): StoredSession {
  return { ...decodeStored(format, session), fence, version };
}
