import type { ReportRow } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Text } from "@mantine/core";
import { formatNumber } from "../format.ts";
import { text } from "../text.ts";

/** Groups told; the smaller ones are counted. */
const MOST = 12;

/** Sessions of each group as bars: a table, so that it reads without them. */
export function Bars({
  title,
  rows,
  name,
}: {
  title: string;
  rows: ReportRow[];
  name: (row: ReportRow) => string;
}) {
  const longest = Math.max(1, ...rows.map(({ sessions }) => sessions));
  return (
    <>
      <table className="admin-bars" aria-label={title}>
        <tbody>
          {rows.slice(0, MOST).map((row) => (
            <tr key={row.key}>
              <th scope="row">{name(row)}</th>
              <td className="bar-cell" aria-hidden>
                <div style={{ width: `${(row.sessions / longest) * 100}%` }} />
              </td>
              <td>{formatNumber(row.sessions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST && (
        <Text size="sm" className="admin-soft" mt="xs">
          {fill(text.others, { count: formatNumber(rows.length - MOST) })}
        </Text>
      )}
    </>
  );
}
