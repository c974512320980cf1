import { type AuditOutcome, CataloguedError } from "@copane/protocol";
import type { Param } from "../../store/index.ts";
import { outcomes } from "./outcome.ts";

/** Which sessions are meant; as the query string carries it. */
export interface SessionQuery {
  from?: string;
  to?: string;
  agent?: string;
  customer?: string;
  outcome?: string;
  state?: "open" | "ended";
  q?: string;
  sort?: "started" | "length" | "customer" | "agent" | "outcome";
  order?: "asc" | "desc";
  limit?: string;
  cursor?: string;
}

/** Conditions of a `where`, with their parameters numbered as they come. */
export class Conditions {
  readonly params: Param[] = [];
  readonly #parts: string[] = [];

  /** Adds a condition in which each `?` stands for the next of `values`. */
  add(sql: string, ...values: Param[]): void {
    let next = 0;
    this.#parts.push(
      sql.replace(/\?/g, () => {
        this.params.push(values[next++] as Param);
        return `$${this.params.length}`;
      }),
    );
  }

  get where(): string {
    return this.#parts.length === 0 ? "true" : this.#parts.join(" and ");
  }
}

/** Turns a query into conditions on `sessions s`. Throws INVALID_FIELD that names the field. */
export function conditionsOf(query: SessionQuery): Conditions {
  const conditions = new Conditions();
  const from = query.from === undefined ? undefined : parseTime("from", query.from);
  const to = query.to === undefined ? undefined : parseTime("to", query.to);
  if (from && to && from > to) throw invalid("to", "must not be before from");
  if (from) conditions.add("s.created_at >= ?", from);
  if (to) conditions.add("s.created_at < ?", to);
  if (query.agent) {
    conditions.add(
      "exists (select 1 from participants p where p.session_id = s.id and p.agent_id = ?)",
      storable(query.agent),
    );
  }
  if (query.customer) conditions.add("lower(s.customer_name) like ?", containing(query.customer));
  if (query.outcome !== undefined) {
    if (!outcomes.includes(query.outcome as AuditOutcome))
      throw invalid("outcome", `must be one of ${outcomes.join(", ")}`);
    conditions.add("s.outcome = ?", query.outcome);
  }
  if (query.state === "open") conditions.add("s.ended_at is null");
  if (query.state === "ended") conditions.add("s.ended_at is not null");
  if (query.q) conditions.add("s.search like ?", containing(query.q));
  return conditions;
}

const LIMIT = 50;
const MOST = 200;

export function limitOf({ limit }: SessionQuery): number {
  if (limit === undefined) return LIMIT;
  const value = Number(limit);
  if (!/^\d{1,4}$/.test(limit) || value < 1 || value > MOST)
    throw invalid("limit", `must be a number from 1 to ${MOST}`);
  return value;
}

/** A day (`2026-11-24`, UTC) or a moment with its zone (`2026-11-24T10:00:00Z`). */
function parseTime(field: string, text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = day || moment ? new Date(day ? `${text}T00:00:00Z` : text) : undefined;
  // 2026-02-30 would silently become 2 March.
  const real = at && !Number.isNaN(at.getTime()) && (!day || at.toISOString().startsWith(text));
  if (!at || !real)
    throw invalid(field, "must be a date like 2026-11-24 or a time like 2026-11-24T10:00:00Z");
  return at;
}

export function invalid(field: string, message: string): CataloguedError {
  return new CataloguedError("INVALID_FIELD", { field, message: `${field} ${message}.` });
}

/** A `like` pattern for text that may hold the pattern's own signs. */
function containing(text: string): string {
  return `%${storable(text)
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`;
}

/** PostgreSQL refuses NUL in a parameter. */
export function storable(text: string): string {
  return text.replaceAll("\0", "");
}
