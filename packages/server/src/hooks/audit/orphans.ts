import type { Database } from "../../store/index.ts";

/**
 * Ends in the audit what a crash of this very server left open: sessions live in its memory, so that none
 * of them can go on. Each ends when it was last heard of.
 */
export async function endOrphans(database: Database, server: string): Promise<number> {
  const rows = await database.query<{ id: string }>(
    `with lost as (
      update sessions set outcome = 'server_lost',
        ended_at = coalesce((select max(at) from events where session_id = sessions.id), created_at)
      where server = $1 and ended_at is null returning id, ended_at
    ), told as (
      insert into events (session_id, at, event, detail)
      select id, ended_at, 'session.closed', 'server_lost' from lost
    )
    select id from lost`,
    [server],
  );
  return rows.length;
}
