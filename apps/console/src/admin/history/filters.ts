import type { Filters } from "../api.ts";

const DAY_MS = 86_400_000;

/** Among outcomes: sessions that have none yet. */
export const IN_PROGRESS = "open";

/** The filters as they stand in the bar. */
export interface Fields {
  q: string;
  from: string;
  to: string;
  outcome: string;
}
export const noFields: Fields = { q: "", from: "", to: "", outcome: "" };

export function isEmpty(fields: Fields): boolean {
  return Object.values(fields).every((value) => value.trim() === "");
}

/** Days are the reader's own; the last one counts to its end. */
export function filtersOf({ q, from, to, outcome }: Fields): Filters {
  return {
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(from ? { from: midnight(from, 0) } : {}),
    ...(to ? { to: midnight(to, DAY_MS) } : {}),
    ...(outcome === IN_PROGRESS ? { state: "open" } : outcome ? { outcome } : {}),
  };
}

function midnight(day: string, later: number): string {
  return new Date(new Date(`${day}T00:00:00`).getTime() + later).toISOString();
}
