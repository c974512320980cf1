import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { counted } from "../../text.ts";
import { formatDay, formatNumber } from "../format.ts";
import { text } from "../text.ts";
import type { Day } from "./days.ts";

/** Sessions of each day as columns, the part with an agent darker, and as a line the same days of the period before. */
export function DayChart({ days, before }: { days: readonly Day[]; before: readonly Day[] }) {
  const data = days.map(({ key, sessions, attended }, at) => ({
    day: formatDay(key),
    [text.attended]: attended,
    [text.unattended]: sessions - attended,
    [text.periodBefore]: before[at]?.sessions ?? 0,
  }));
  const total = days.reduce((sum, { sessions }) => sum + sessions, 0);
  return (
    <figure className="admin-chart" aria-label={`${text.byDay}: ${counted(text.total, { count: total })}`}>
      <CompositeChart
        h={260}
        data={data}
        dataKey="day"
        withLegend
        legendProps={{ verticalAlign: "bottom" }}
        valueFormatter={formatNumber}
        gridAxis="x"
        curveType="linear"
        tickLine="none"
        maxBarWidth={36}
        withDots={false}
        strokeWidth={2}
        yAxisProps={{ allowDecimals: false, width: 44 }}
        xAxisProps={{ minTickGap: 24 }}
        barProps={{ stackId: "sessions", isAnimationActive: false }}
        lineProps={{ isAnimationActive: false }}
        composedChartProps={{ accessibilityLayer: true }}
        series={[
          { name: text.attended, color: "var(--admin-bar)", type: "bar" },
          { name: text.unattended, color: "var(--admin-bar-soft)", type: "bar" },
          { name: text.periodBefore, color: "var(--admin-line)", type: "line", strokeDasharray: "4 4" },
        ]}
      />
    </figure>
  );
}
