import type { Database } from "../../store/index.ts";

/**
 * Ends in the audit what a crash of this very server left open and this start does not go on with (`goesOn`: their
 * ids), nor another server does. Each ends when it was last heard of. Without `server` nobody else has sessions in
 * this database.
 */
export async function endOrphans(
  database: Database,
  server: string | undefined,
  goesOn: readonly string[] = [],
): Promise<number> {
  const rows = await database.query<{ id: string }>(
    `with lost as (
      update sessions set outcome = 'server_lost',
        ended_at = coalesce((select max(at) from events where session_id = sessions.id), created_at)
      where (server = $1 or $2) and ended_at is null and id <> all($3)
        and not exists (select 1 from live_sessions where live_sessions.id = sessions.id)
      returning id, ended_at
    ), told as (
      insert into events (session_id, at, event, detail)
      select id, ended_at, 'session.closed', 'server_lost' from lost
    )
    select id from lost`,
    [server ?? "", server === undefined, goesOn],
  );
  return rows.length;
}
