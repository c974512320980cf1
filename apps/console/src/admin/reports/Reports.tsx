import type { ReportRow } from "@copane/protocol";
import { Alert, Loader, NativeSelect, SimpleGrid, Stack, Title } from "@mantine/core";
import { useState } from "react";
import { describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { formatDay, formatDuration, formatNumber, outcomeName } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { Bars } from "./Bars.tsx";
import { DayChart } from "./DayChart.tsx";

type Period = keyof typeof text.periods;

/** Sums over a period: how many sessions, with whom, and how they ended. */
export function Reports({ api }: { api: AdminApi }) {
  const [period, setPeriod] = useState<Period>("30");
  const { data, error } = useLoaded(period, async () => {
    const from = daysAgo(Number(period));
    const filters = { from };
    const [days, agents, outcomes] = await Promise.all(
      (["day", "agent", "outcome"] as const).map((by) => api.report(by, filters)),
    );
    return { from, days: days ?? [], agents: agents ?? [], outcomes: outcomes ?? [] };
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
      {error && <Alert color="red">{describeError(error)}</Alert>}
      {!data && !error && <Loader aria-label={text.loading} />}
      {data && data.days.length === 0 && <Empty title={text.noData} hint="" />}
      {data && data.days.length > 0 && (
        <>
          <Totals days={data.days} />
          <section className="admin-panel">
            <Title order={2} size="h4" mb="sm">
              {text.byDay}
            </Title>
            <DayChart rows={data.days} from={data.from} />
            <div className="admin-legend">
              <span>
                <i style={{ background: "var(--admin-bar)" }} />
                {text.attended}
              </span>
              <span>
                <i style={{ background: "var(--admin-bar-soft)" }} />
                {text.sessions}
              </span>
            </div>
            <DayTable rows={data.days} />
          </section>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <section className="admin-panel">
              <Title order={2} size="h4" mb="sm">
                {text.byAgent}
              </Title>
              <Bars
                title={text.byAgent}
                rows={data.agents}
                name={(row) => row.name ?? row.key ?? text.unnamed}
              />
            </section>
            <section className="admin-panel">
              <Title order={2} size="h4" mb="sm">
                {text.byOutcome}
              </Title>
              <Bars title={text.byOutcome} rows={data.outcomes} name={({ key }) => outcomeName(key)} />
            </section>
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}

function Totals({ days }: { days: ReportRow[] }) {
  const sum = (of: (row: ReportRow) => number) => days.reduce((total, row) => total + of(row), 0);
  const ended = sum(({ averageMs, sessions }) => (averageMs === null ? 0 : sessions));
  const length = sum(({ averageMs, sessions }) => (averageMs ?? 0) * sessions);
  const tiles: [string, string][] = [
    [text.sessions, formatNumber(sum(({ sessions }) => sessions))],
    [text.attended, formatNumber(sum(({ attended }) => attended))],
    [text.controlled, formatNumber(sum(({ controlled }) => controlled))],
    [text.average, formatDuration(ended > 0 ? length / ended : null)],
  ];
  return (
    <div className="admin-tiles">
      {tiles.map(([name, value]) => (
        <dl key={name} className="admin-tile">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </dl>
      ))}
    </div>
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

/** Midnight so many days ago, today being one of them. */
function daysAgo(days: number): string {
  const at = new Date();
  at.setHours(0, 0, 0, 0);
  at.setDate(at.getDate() - days + 1);
  return at.toISOString();
}
