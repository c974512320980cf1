import type { Database } from "@copane/server/store";

/**
 * Fills an empty store with sessions as a contact centre would have them: two hundred agents, a year in waves,
 * every way to end, five to seven events each. The same number gives the same rows.
 */
export async function seed(database: Database, sessions: number, now = Date.now()): Promise<void> {
  if (sessions === 0) return;
  const statements = [
    // Numbers without pattern, the same in every database: the low bits of a multiplication.
    `create temporary table seeds as select i, r, (r % 200 * (5 + r % 7) / 11)::int as a
      from (select i, (i * 2654435761::bigint) % 1000003 as r from generate_series(1, ${sessions}) as i) numbers`,
    `insert into sessions (id, server, initiator, locale, customer_name, agent_id, agent_name, created_at, ended_at, outcome,
      ended_by, controls, pages, search)
     select id, 'seed', initiator, locale, customer, agent_id, agent, created_at, created_at + length, outcome, ended_by,
       controls, pages, lower(concat_ws(' ', id, customer, agent, agent_id))
     from (
       select 's' || substr(md5(i::text), 1, 15) as id,
         case when r % 3 = 0 then 'agent' else 'customer' end as initiator,
         case when r % 4 = 0 then 'de' else 'en' end as locale,
         (array['Ada','Bo','Chidi','Dana','Élodie','Farid','Grace','Hana','Ivo','Jun'])[1 + r % 10] || ' ' ||
           (array['Okafor','Meier','Sato','García','Novak','Ödegaard','Li','Haddad','O''Neil','Kaya'])[1 + r / 10 % 10] as customer,
         case when r % 11 > 0 then 'agent-' || lpad(a::text, 3, '0') end as agent_id,
         case when r % 11 > 0 then
           (array['Robin','Sasha','Kim','Noor','Alex'])[1 + a % 5] || ' ' || chr(65 + a / 8) || '.' end as agent,
         to_timestamp(${now} / 1000.0) - make_interval(secs =>
           1000 + (${sessions} - i) * least(3000, 30000000.0 / ${sessions}) + 200000 * (1 + sin(i * 300.0 / ${sessions}))) as created_at,
         make_interval(secs => 40 + r % 900) as length,
         case when r % 11 = 0 then 'cancelled' else
           (array['customer_left','customer_left','agent_left','agent_left','agent_left','inactive_timeout','connection_lost','session_timeout'])[1 + r % 8] end as outcome,
         case when r % 11 > 0 and r % 8 < 2 then 'customer' when r % 11 > 0 and r % 8 < 5 then 'agent' end as ended_by,
         case when r % 11 > 0 then (r % 3)::int else 0 end as controls,
         1 + (r % 4)::int as pages
       from seeds
     ) made`,
    `insert into participants (session_id, number, role, name, agent_id, joined_at)
     select id, 0, 'customer', customer_name, null, created_at from sessions where server = 'seed'
     union all
     select id, 1, 'agent', agent_name, agent_id, created_at + interval '20 seconds' from sessions
     where server = 'seed' and agent_id is not null`,
    `insert into events (session_id, at, event, by_number, detail)
     select s.id, s.created_at + (s.ended_at - s.created_at) * e.part, e.event, e.by_number, e.detail
     from sessions s join (values
       (0.0, 'session.created', 0, null, false), (0.01, 'customer.connected', 0, null, false),
       (0.1, 'agent.joined', 1, null, true), (0.11, 'agent.connected', 1, null, true),
       (0.3, 'page.visited', 0, '/cart', false), (0.5, 'page.visited', 0, '/checkout', true),
       (1.0, 'session.closed', null, null, false)
     ) as e (part, event, by_number, detail, needs_agent) on not e.needs_agent or s.agent_id is not null
     where s.server = 'seed' order by s.created_at, e.part`,
    "drop table seeds",
  ];
  // In one transaction: the temporary table belongs to one connection.
  await database.write(statements.map((sql) => [sql]));
  await database.query("analyze");
}
