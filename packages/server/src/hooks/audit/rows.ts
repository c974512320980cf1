import type { AuditEntry, AuditedSession } from "../../sessions/index.ts";
import type { Statement } from "../../store/index.ts";

/** The statements that store these entries, in one transaction. Each may be repeated for the same session. */
export function statementsFor(entries: readonly AuditEntry[], server: string): Statement[] {
  // The newest state of a session stands for the ones before it.
  const sessions = new Map<string, AuditEntry>();
  for (const entry of entries) sessions.set(entry.session.id, entry);
  const newest = [...sessions.values()];
  return [
    [putSessions, [json(newest.map((entry) => sessionRow(entry, server)))]],
    [putParticipants, [json(participantRows(entries))]],
    [entries.some(isCounted) ? putAndCountEvents : putEvents, [json(entries.map(eventRow))]],
  ];
}

const putSessions = `insert into sessions
  (id, server, initiator, locale, customer_name, agent_id, agent_name, created_at, ended_at, outcome, ended_by, search)
  select id, server, initiator, locale, customer_name, agent_id, agent_name, created_at, ended_at, outcome, ended_by, search
  from jsonb_to_recordset($1::text::jsonb) as row (id text, server text, initiator text, locale text, customer_name text,
    agent_id text, agent_name text, created_at timestamptz, ended_at timestamptz, outcome text, ended_by text, search text)
  on conflict (id) do update set customer_name = coalesce(sessions.customer_name, excluded.customer_name),
    agent_id = coalesce(sessions.agent_id, excluded.agent_id),
    agent_name = coalesce(sessions.agent_name, excluded.agent_name),
    ended_at = excluded.ended_at, outcome = excluded.outcome, ended_by = excluded.ended_by,
    search = case when length(excluded.search) > length(sessions.search) then excluded.search else sessions.search end
  where (sessions.customer_name is null and excluded.customer_name is not null)
    or (sessions.agent_id is null and excluded.agent_id is not null)
    or (sessions.agent_name is null and excluded.agent_name is not null)
    or length(excluded.search) > length(sessions.search)
    or (sessions.ended_at, sessions.outcome, sessions.ended_by)
      is distinct from (excluded.ended_at, excluded.outcome, excluded.ended_by)`;

const putParticipants = `insert into participants (session_id, number, role, name, agent_id, joined_at)
  select session_id, number, role, name, agent_id, joined_at
  from jsonb_to_recordset($1::text::jsonb) as row
    (session_id text, number integer, role text, name text, agent_id text, joined_at timestamptz)
  on conflict (session_id, number) do nothing`;

/** An event that is there already, because it came again after a crash, is neither stored nor counted a second time. */
const putEvents = `insert into events (session_id, serial, at, event, by_number, detail)
    select session_id, serial, at, event, by_number, detail from jsonb_to_recordset($1::text::jsonb) as row
      (session_id text, serial bigint, at timestamptz, event text, by_number integer, detail text)
    on conflict (session_id, serial) where serial is not null do nothing`;

/** What the session's own row counts. */
function isCounted({ event, fidelity }: AuditEntry): boolean {
  return event === "control.granted" || event === "page.visited" || fidelity !== undefined;
}

const putAndCountEvents = `with told as (
    ${putEvents}
    returning session_id, serial, event
  ), counts as (
    select told.session_id, count(*) filter (where told.event = 'control.granted') as controls,
      count(*) filter (where told.event = 'page.visited') as pages,
      coalesce(sum(row.compared), 0) as compared, coalesce(sum(row.repaired), 0) as repaired
    from told left join jsonb_to_recordset($1::text::jsonb) as row
      (session_id text, serial bigint, event text, compared integer, repaired integer)
      on row.session_id = told.session_id and row.event = told.event and row.serial is not distinct from told.serial
        and row.compared is not null
    group by told.session_id
  )
  update sessions set controls = sessions.controls + counts.controls, pages = sessions.pages + counts.pages,
    compared = sessions.compared + counts.compared, repaired = sessions.repaired + counts.repaired
  from counts where sessions.id = counts.session_id
    and counts.controls + counts.pages + counts.compared + counts.repaired > 0`;

function sessionRow({ session, at }: AuditEntry, server: string): object {
  const { id, initiator, locale, createdAt, closed } = session;
  const customer = session.participants.find(({ role }) => role === "customer");
  const agent = session.participants.find(({ role }) => role === "agent");
  return {
    id,
    server,
    initiator,
    locale,
    customer_name: customer?.name,
    agent_id: agent?.agentId,
    agent_name: agent?.name,
    created_at: time(createdAt),
    ended_at: closed && time(at),
    outcome: closed?.code,
    ended_by: closed?.by,
    search: searchText(session),
  };
}

/** Everything that a search looks in. */
function searchText({ id, participants, customer }: AuditedSession): string {
  const words = participants.flatMap(({ name, agentId }) => (agentId ? [name, agentId] : [name]));
  const { id: customerId = "", reference = "" } = customer ?? {};
  return [id, ...words, customerId, reference].filter(Boolean).join(" ").toLowerCase();
}

/** Each participant as of the first entry that knows it. */
function participantRows(entries: readonly AuditEntry[]): object[] {
  const rows = new Map<string, object>();
  for (const { session, at } of entries) {
    for (const { number, role, name, agentId } of session.participants) {
      const key = `${session.id} ${number}`;
      if (rows.has(key)) continue;
      rows.set(key, { session_id: session.id, number, role, name, agent_id: agentId, joined_at: time(at) });
    }
  }
  return [...rows.values()];
}

function eventRow({ session, serial, at, event, by, detail, fidelity }: AuditEntry): object {
  return { session_id: session.id, serial, at: time(at), event, by_number: by, detail, ...fidelity };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

/** PostgreSQL's text holds no NUL and no half of a surrogate pair; people's names may. */
function json(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value) =>
    typeof value === "string" ? value.replace(/\0|\p{Surrogate}/gu, "\ufffd") : value,
  );
}
