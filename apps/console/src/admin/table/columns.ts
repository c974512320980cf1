import type { ReactNode } from "react";

/** A column of a table that people can sort, hide and take away as a file. */
export interface Column<T> {
  id: string;
  label: string;
  cell(row: T): ReactNode;
  /** The bare value: what a file holds, and what rows are sorted by where the browser has all of them. */
  plain(row: T): string | number | null;
  /** Cannot be hidden. */
  always?: boolean;
  /** Has no order that means anything. */
  unsorted?: boolean;
}

export interface Sort {
  by: string;
  order: "asc" | "desc";
}

/** Rows in the order of a column; what has no value comes last, whichever way. */
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], { by, order }: Sort): T[] {
  const column = columns.find(({ id }) => id === by);
  if (!column) return [...rows];
  const way = order === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [one, other] = [column.plain(a), column.plain(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === "number" && typeof other === "number") return (one - other) * way;
    return String(one).localeCompare(String(other)) * way;
  });
}

/** A table as CSV. No cell is a formula to a spreadsheet: names are the customer's own words. */
export function csvOf<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map((one) => one.plain(row))),
  ];
  return lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
