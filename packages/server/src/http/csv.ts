/**
 * One line of CSV (RFC 4180). A spreadsheet takes a cell that begins with one of `= + - @`, a tab or a return for a
 * formula: such a cell gets an apostrophe before it, so that a customer's name stays a name.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
