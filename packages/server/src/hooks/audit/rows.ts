import type { AuditEntry, AuditedSession, Fidelity } from "../../sessions/index.ts";
import type { Statement } from "../../store/index.ts";

/** The statements that store these entries, in one transaction. Each may be repeated for the same session. */
export function statementsFor(entries: readonly AuditEntry[], server: string): Statement[] {
  // The newest state of a session stands for the ones before it.
  const sessions = new Map<string, AuditEntry>();
  const counts = new Map<string, { id: string; controls: number; pages: number } & Fidelity>();
  for (const entry of entries) {
    sessions.set(entry.session.id, entry);
    const { event, fidelity } = entry;
    if (event !== "control.granted" && event !== "page.visited" && !fidelity) continue;
    const { id } = entry.session;
    const count = counts.get(id) ?? { id, controls: 0, pages: 0, compared: 0, repaired: 0 };
    if (event === "page.visited") count.pages++;
    else if (event === "control.granted") count.controls++;
    count.compared += fidelity?.compared ?? 0;
    count.repaired += fidelity?.repaired ?? 0;
    counts.set(id, count);
  }
  const newest = [...sessions.values()];
  return [
    [putSessions, [json(newest.map((entry) => sessionRow(entry, server)))]],
    [putParticipants, [json(participantRows(entries))]],
    [putEvents, [json(entries.map(eventRow))]],
    ...(counts.size > 0 ? [[addCounts, [json([...counts.values()])]] as Statement] : []),
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
    search = case when length(excluded.search) > length(sessions.search) then excluded.search else sessions.search end`;

const putParticipants = `insert into participants (session_id, number, role, name, agent_id, joined_at)
  select session_id, number, role, name, agent_id, joined_at
  from jsonb_to_recordset($1::text::jsonb) as row
    (session_id text, number integer, role text, name text, agent_id text, joined_at timestamptz)
  on conflict (session_id, number) do nothing`;

const putEvents = `insert into events (session_id, at, event, by_number, detail)
  select session_id, at, event, by_number, detail
  from jsonb_to_recordset($1::text::jsonb) as row
    (session_id text, at timestamptz, event text, by_number integer, detail text)`;

const addCounts = `update sessions set controls = sessions.controls + row.controls, pages = sessions.pages + row.pages,
    compared = sessions.compared + row.compared, repaired = sessions.repaired + row.repaired
  from jsonb_to_recordset($1::text::jsonb) as row
    (id text, controls integer, pages integer, compared integer, repaired integer) where sessions.id = row.id`;

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
function searchText({ id, participants }: AuditedSession): string {
  const words = participants.flatMap(({ name, agentId }) => (agentId ? [name, agentId] : [name]));
  return [id, ...words].join(" ").toLowerCase();
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

function eventRow({ session, at, event, by, detail }: AuditEntry): object {
  return { session_id: session.id, at: time(at), event, by_number: by, detail };
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
