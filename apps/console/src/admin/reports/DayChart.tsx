import type { ReportRow } from "@copane/protocol";
import { useElementSize } from "@mantine/hooks";
import { counted } from "../../text.ts";
import { formatDay, formatNumber } from "../format.ts";
import { text } from "../text.ts";

const HEIGHT = 220;
const LEFT = 52;
const BOTTOM = 24;
const TOP = 10;
/** Wider columns look like areas. */
const WIDEST = 36;

/**
 * Sessions of each day as columns, the part with an agent darker. Days without any are there too.
 * @param from the first day of the range; it ends today
 */
export function DayChart({ rows, from }: { rows: ReportRow[]; from: string }) {
  const days = withEmptyDays(rows, from);
  const highest = Math.max(1, ...days.map(({ sessions }) => sessions));
  const lines = ticks(highest);
  const top = lines.at(-1) ?? highest;
  const { ref, width: measured } = useElementSize();
  // Drawn to the pixel: stretched, the letters would be out of shape.
  const width = Math.max(measured, 240);
  const step = (width - LEFT) / days.length;
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP);
  const every = Math.ceil(days.length / Math.max(1, Math.floor((width - LEFT) / 76)));
  const summary = `${text.byDay}: ${counted(text.total, { count: sum(days) })}`;
  return (
    <div ref={ref}>
      <svg className="admin-chart" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={summary}>
        {lines.map((value) => (
          <line key={value} className="grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
        ))}
        {days.map(({ key, sessions, attended }, at) => (
          <g key={key}>
            <title>{`${formatDay(key)}: ${formatNumber(sessions)}`}</title>
            <Column x={LEFT + at * step} width={step} y={y(sessions)} fill="var(--admin-bar-soft)" />
            <Column x={LEFT + at * step} width={step} y={y(attended)} fill="var(--admin-bar)" />
          </g>
        ))}
        {lines.map((value) => (
          <Label key={value} x={LEFT - 8} y={y(value) + 4} anchor="end" value={formatNumber(value)} />
        ))}
        {days.map(
          ({ key }, at) =>
            at % every === 0 && (
              <Label
                key={key}
                x={LEFT + (at + 0.5) * step}
                y={HEIGHT - 6}
                anchor="middle"
                value={formatDay(key)}
              />
            ),
        )}
      </svg>
    </div>
  );
}

function Column({ x, width, y, fill: colour }: { x: number; width: number; y: number; fill: string }) {
  const drawn = Math.min(WIDEST, Math.max(1, width - Math.min(4, width * 0.2)));
  const height = Math.max(0, HEIGHT - BOTTOM - y);
  return <rect x={x + (width - drawn) / 2} y={y} width={drawn} height={height} fill={colour} />;
}

function Label({ x, y, anchor, value }: { x: number; y: number; anchor: "end" | "middle"; value: string }) {
  return (
    <text x={x} y={y} textAnchor={anchor} aria-hidden>
      {value}
    </text>
  );
}

const DAY_MS = 86_400_000;

function withEmptyDays(
  rows: ReportRow[],
  from: string,
): { key: string; sessions: number; attended: number }[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const last = Math.max(Date.now(), Date.parse(rows.at(-1)?.key ?? from));
  const days = [];
  for (let at = Date.parse(from.slice(0, 10)); at <= last; at += DAY_MS) {
    const key = new Date(at).toISOString().slice(0, 10);
    const { sessions = 0, attended = 0 } = known.get(key) ?? {};
    days.push({ key, sessions, attended });
  }
  return days;
}

/** Round values from 0 to at least `highest`. */
function ticks(highest: number): number[] {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.ceil(highest / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

function sum(days: { sessions: number }[]): number {
  return days.reduce((total, { sessions }) => total + sessions, 0);
}
