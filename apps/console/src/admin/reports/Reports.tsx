import type { ReportRow } from "@copane/protocol";
import { Loader, NativeSelect, SimpleGrid, Stack, Title } from "@mantine/core";
import { useState } from "react";
import type { AdminApi } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { Failed } from "../Failed.tsx";
import { formatDay, formatDuration, formatNumber, outcomeName } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { DayChart } from "./DayChart.tsx";
import { everyDay, type Range, rangesOf } from "./days.ts";
import { Groups } from "./Groups.tsx";
import { Totals } from "./Totals.tsx";

type Period = keyof typeof text.periods;

/** Sums over a period: how many sessions, with whom, how they ended, and how it was in the period before. */
export function Reports({ api }: { api: AdminApi }) {
  const [period, setPeriod] = useState<Period>("30");
  const { data, error, reload } = useLoaded(period, async () => {
    const { now, before } = rangesOf(Number(period));
    const ask = (by: "day" | "agent" | "outcome", { from, to }: Range) =>
      api.report(by, { from: from.toISOString(), to: to.toISOString() });
    const [days, agents, outcomes, daysBefore] = await Promise.all([
      ask("day", now),
      ask("agent", now),
      ask("outcome", now),
      ask("day", before),
    ]);
    return { now, before, days, agents, outcomes, daysBefore };
  });

  return (
    <Stack>
      <NativeSelect
        label={text.period}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        data={Object.entries(text.periods).map(([value, label]) => ({ value, label }))}
        maw={220}
      />
      {error && <Failed error={error} onRetry={reload} />}
      {!data && !error && <Loader aria-label={text.loading} />}
      {data && data.days.length === 0 && <Empty title={text.noData} hint="" />}
      {data && data.days.length > 0 && (
        <>
          <Totals days={data.days} before={data.daysBefore} />
          <section className="admin-panel">
            <Title order={2} size="h4" mb="sm">
              {text.byDay}
            </Title>
            <DayChart days={everyDay(data.now, data.days)} before={everyDay(data.before, data.daysBefore)} />
            <DayTable rows={data.days} />
          </section>
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Groups
              title={text.byAgent}
              label={text.agent}
              file="copane-agents.csv"
              rows={data.agents}
              name={(row) => row.name ?? row.key ?? text.unnamed}
            />
            <Groups
              title={text.byOutcome}
              label={text.outcome}
              file="copane-outcomes.csv"
              rows={data.outcomes}
              name={({ key }) => outcomeName(key)}
            />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}

/** The chart in numbers, for who cannot see it or wants them. */
function DayTable({ rows }: { rows: ReportRow[] }) {
  return (
    <details className="admin-details">
      <summary>{text.showTable}</summary>
      <table className="admin-numbers">
        <thead>
          <tr>
            <th scope="col">{text.day}</th>
            <th scope="col">{text.sessions}</th>
            <th scope="col">{text.attended}</th>
            <th scope="col">{text.average}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, sessions, attended, averageMs }) => (
            <tr key={key}>
              <th scope="row">{formatDay(key ?? "")}</th>
              <td>{formatNumber(sessions)}</td>
              <td>{formatNumber(attended)}</td>
              <td>{formatDuration(averageMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
