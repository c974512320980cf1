import type { ReportRow } from "@copane/protocol";
import { fill } from "@copane/ui";
import { formatChange, formatDuration, formatNumber } from "../format.ts";
import { text } from "../text.ts";

interface TotalsProps {
  days: readonly ReportRow[];
  before: readonly ReportRow[];
}

/** The sums of a period, each beside what it was in the period before. */
export function Totals({ days, before }: TotalsProps) {
  const [now, then] = [sumsOf(days), sumsOf(before)];
  const length = (sums: Sums) => (sums.ended > 0 ? sums.length / sums.ended : null);
  return (
    <div className="admin-tiles">
      {(["sessions", "attended", "controlled"] as const).map((name) => (
        <Tile
          key={name}
          name={text[name]}
          value={formatNumber(now[name])}
          before={formatNumber(then[name])}
          change={formatChange(now[name], then[name])}
        />
      ))}
      <Tile
        name={text.average}
        value={formatDuration(length(now))}
        before={formatDuration(length(then))}
        change={formatChange(length(now) ?? 0, length(now) === null ? 0 : (length(then) ?? 0))}
      />
    </div>
  );
}

function Tile(props: { name: string; value: string; before: string; change: string | undefined }) {
  const { name, value, before, change } = props;
  return (
    <dl className="admin-tile">
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="admin-change">
        {change && <b>{change}</b>} {fill(text.before, { value: before })}
      </dd>
    </dl>
  );
}

type Sums = Record<"sessions" | "attended" | "controlled" | "ended" | "length", number>;

function sumsOf(rows: readonly ReportRow[]): Sums {
  const sum = (of: (row: ReportRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    sessions: sum(({ sessions }) => sessions),
    attended: sum(({ attended }) => attended),
    controlled: sum(({ controlled }) => controlled),
    ended: sum(({ averageMs, sessions }) => (averageMs === null ? 0 : sessions)),
    length: sum(({ averageMs, sessions }) => (averageMs ?? 0) * sessions),
  };
}
