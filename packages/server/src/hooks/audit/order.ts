import type { Param } from "../../store/index.ts";
import { type Conditions, invalid, type SessionQuery, storable } from "./filter.ts";

/** What sessions can be sorted by: an expression on `sessions s`, and the type of its values. */
const keys = {
  started: { sql: "s.created_at", type: "timestamptz" },
  // What goes on has no length yet, and stands with the shortest.
  length: { sql: "coalesce(s.duration_ms, -1)", type: "bigint" },
  customer: { sql: "lower(coalesce(s.customer_name, ''))", type: "text" },
  agent: { sql: "lower(coalesce(s.agent_name, ''))", type: "text" },
  outcome: { sql: "coalesce(s.outcome, '')", type: "text" },
} as const;

/** Where a page ends: the sorted value and the id of its last session. */
export interface Cursor {
  value: Date | number | string;
  id: string;
}

/** In which order sessions come; ids decide between equals, so that pages never overlap. */
export class Order {
  readonly #key: (typeof keys)[keyof typeof keys];
  readonly #way: "asc" | "desc";

  constructor({ sort = "started", order = "desc" }: SessionQuery) {
    this.#key = keys[sort];
    this.#way = order;
  }

  /** The sorted value, to be selected with each row. */
  get value(): string {
    return this.#key.sql;
  }

  get sql(): string {
    return `${this.#key.sql} ${this.#way}, s.id ${this.#way}`;
  }

  /** Leaves what comes after a cursor. */
  after(conditions: Conditions, { value, id }: Cursor): void {
    const { sql, type } = this.#key;
    conditions.add(`(${sql}, s.id) ${this.#way === "asc" ? ">" : "<"} (?::${type}, ?)`, value as Param, id);
  }

  encode({ value, id }: Cursor): string {
    const kept = value instanceof Date ? value.getTime() : value;
    return Buffer.from(JSON.stringify([kept, id])).toString("base64url");
  }

  /** Throws INVALID_FIELD for what this server did not make, or made for another order. */
  parse(cursor: string): Cursor {
    try {
      const [kept, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
      const value = this.#valueOf(kept);
      if (value !== undefined && typeof id === "string") return { value, id: storable(id) };
    } catch {
      // Said below.
    }
    throw invalid("cursor", "is not one that this list gave");
  }

  #valueOf(kept: unknown): Cursor["value"] | undefined {
    if (this.#key.type === "text") return typeof kept === "string" ? storable(kept) : undefined;
    if (typeof kept !== "number" || !Number.isSafeInteger(kept) || Math.abs(kept) >= 8e15) return undefined;
    return this.#key.type === "timestamptz" ? new Date(kept) : kept;
  }
}
