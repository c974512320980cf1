import type { ReportRow } from "@copane/protocol";

/** A range of whole days of the reader's own, the last one today. */
export interface Range {
  /** The first moment of it, and that after its last one. */
  from: Date;
  to: Date;
  days: number;
}

/** So many days to the end of today, and as many before them. */
export function rangesOf(days: number, now = new Date()): { now: Range; before: Range } {
  const midnight = (back: number) => {
    const at = new Date(now);
    at.setHours(0, 0, 0, 0);
    // By the calendar: a day of 23 or 25 hours is one, too.
    at.setDate(at.getDate() - back);
    return at;
  };
  return {
    now: { from: midnight(days - 1), to: midnight(-1), days },
    before: { from: midnight(2 * days - 1), to: midnight(days - 1), days },
  };
}

/** Every day of a range, like `2026-11-24`, with what a report says of it. */
export function everyDay({ from, days }: Range, rows: readonly ReportRow[]): Day[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  return Array.from({ length: days }, (_, later) => {
    const at = new Date(from);
    at.setDate(at.getDate() + later);
    const key = `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
    const { sessions = 0, attended = 0 } = known.get(key) ?? {};
    return { key, sessions, attended };
  });
}

export interface Day {
  key: string;
  sessions: number;
  attended: number;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");
