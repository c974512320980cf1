import type { ReportBy, ReportRow } from "@copane/protocol";
import type { Database } from "../../store/index.ts";
import { conditionsOf, invalid, type SessionQuery } from "./filter.ts";

const figures = `count(*) as sessions, count(s.agent_id) as attended,
  count(*) filter (where s.controls > 0) as controlled,
  round(avg(s.duration_ms)) as "averageMs"`;

/** Groups of a report by agent that are told; the busiest come first. */
const MOST_GROUPS = 1_000;

/**
 * Sums up sessions by day (of `zone`), agent or outcome. Throws INVALID_FIELD.
 * @param zone an IANA time zone
 */
export async function report(
  database: Database,
  by: ReportBy,
  query: SessionQuery,
  zone = "UTC",
): Promise<ReportRow[]> {
  const conditions = conditionsOf(query);
  const from = `from sessions s where ${conditions.where}`;
  switch (by) {
    case "day": {
      assertZone(zone);
      const day = `(s.created_at at time zone $${conditions.params.length + 1})::date`;
      return database.query(
        `select to_char(day, 'YYYY-MM-DD') as key, sessions, attended, controlled, "averageMs"
         from (select ${day} as day, ${figures} ${from} group by 1) days order by day`,
        [...conditions.params, zone],
      );
    }
    case "agent":
      return database.query(
        `select s.agent_id as key, max(s.agent_name) as name, ${figures} ${from} and s.agent_id is not null
         group by s.agent_id order by sessions desc, key limit ${MOST_GROUPS}`,
        conditions.params,
      );
    case "outcome":
      return database.query(
        `select s.outcome as key, ${figures} ${from} group by s.outcome order by sessions desc, key`,
        conditions.params,
      );
  }
}

function assertZone(zone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw invalid("zone", "must be a time zone like Europe/Berlin");
  }
}
