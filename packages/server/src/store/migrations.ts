import type { Database, Statement } from "./database.ts";

/**
 * The schema, step by step; both databases run the same. A step that was released is never changed: add one.
 * Keep each step compatible with the version before it, so that servers can be replaced one by one.
 */
const steps: readonly (readonly string[])[] = [
  [
    `create table sessions (
      id text primary key,
      server text not null,
      initiator text not null,
      locale text not null,
      customer_name text,
      agent_id text,
      agent_name text,
      created_at timestamptz not null,
      ended_at timestamptz,
      duration_ms integer generated always as ((date_part('epoch', ended_at - created_at) * 1000)::integer) stored,
      outcome text,
      ended_by text,
      controls integer not null default 0,
      pages integer not null default 0,
      search text not null
    )`,
    "create index sessions_by_time on sessions (created_at desc, id desc)",
    "create index sessions_by_outcome on sessions (outcome, created_at desc, id desc)",
    "create index sessions_open on sessions (server) where ended_at is null",
    `create table participants (
      session_id text not null references sessions on delete cascade,
      number integer not null,
      role text not null,
      name text not null,
      agent_id text,
      joined_at timestamptz not null,
      primary key (session_id, number)
    )`,
    "create index participants_by_agent on participants (agent_id, session_id)",
    `create table events (
      id bigint generated always as identity primary key,
      session_id text not null references sessions on delete cascade,
      at timestamptz not null,
      event text not null,
      by_number integer,
      detail text
    )`,
    "create index events_by_session on events (session_id, id)",
    `create table policies (
      version bigint generated always as identity primary key,
      document jsonb not null,
      author text not null,
      at timestamptz not null
    )`,
  ],
  [
    `alter table sessions add column compared integer not null default 0,
      add column repaired integer not null default 0`,
  ],
  [
    // Live sessions: what a server needs to go on with them. Text, because a jsonb cannot hold all that a name may.
    `create table live_sessions (
      id text primary key,
      server text not null,
      fence bigint not null,
      version bigint not null,
      format integer not null,
      session text not null
    )`,
    "create index live_sessions_by_server on live_sessions (server)",
    `create table live_servers (
      server text primary key,
      alive_at timestamptz not null
    )`,
    // An event that is stored again after a crash has the same number.
    "alter table events add column serial bigint",
    "create unique index events_once on events (session_id, serial) where serial is not null",
    `create table webhook_posts (
      id text not null,
      url text not null,
      server text not null,
      n bigint generated always as identity,
      at timestamptz not null,
      body text not null,
      primary key (id, url)
    )`,
    "create index webhook_posts_by_server on webhook_posts (server, url, n)",
    `create table server_secrets (
      name text primary key,
      value text not null
    )`,
  ],
  [
    // Several servers: until when one may decide, that it may no more, and when it last had an answer of Redis.
    `alter table live_servers add column lease_until timestamptz,
      add column dead boolean not null default false,
      add column redis_at timestamptz`,
  ],
  [
    // What agents note of sessions that they took part in. The audit's own rows stay as they are.
    `create table session_notes (
      session_id text not null references sessions on delete cascade,
      agent_id text not null,
      note text not null,
      rating smallint,
      at timestamptz not null default now(),
      primary key (session_id, agent_id)
    )`,
  ],
  [
    // The scripts of the last versions, for pages that were opened before an upgrade.
    "create table script_versions (version text primary key, seen_at timestamptz not null default now())",
    `create table scripts (
      version text not null references script_versions on delete cascade,
      name text not null,
      body text not null,
      primary key (version, name)
    )`,
  ],
];

/** The step that this version brings a database to. */
export const newestStep = steps.length;

/**
 * Brings the schema to the newest step. Several servers may do so at once. Rejects when the database belongs to
 * a newer Copane than this one.
 */
export async function migrate(database: Database): Promise<void> {
  await database.write([
    lock,
    [
      "create table if not exists schema_steps (step integer primary key, at timestamptz not null default now())",
    ],
  ]);
  for (;;) {
    const [row] = await database.query<{ done: number | null }>("select max(step) as done from schema_steps");
    const done = row?.done ?? 0;
    if (done > steps.length) {
      throw new Error(
        `The database has schema step ${done}, this version knows ${steps.length}. Start the newer version.`,
      );
    }
    const next = steps[done];
    if (!next) return;
    try {
      await database.write([
        lock,
        ["insert into schema_steps (step) values ($1)", [done + 1]],
        ...next.map((sql): Statement => [sql]),
      ]);
    } catch (error) {
      // Another server was faster with this very step.
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    }
  }
}

const UNIQUE_VIOLATION = "23505";
/** One server migrates at a time; the number is ours and means nothing. */
const lock: Statement = ["select pg_advisory_xact_lock(67890123)"];
