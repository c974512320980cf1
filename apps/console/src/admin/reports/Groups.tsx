import type { ReportRow } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Group, Progress, Text, Title } from "@mantine/core";
import { useState } from "react";
import { formatDuration, formatNumber } from "../format.ts";
import { type Column, csvOf, type Sort, sorted } from "../table/columns.ts";
import { DataTable } from "../table/DataTable.tsx";
import { download } from "../table/download.ts";
import { text } from "../text.ts";

/** Groups told; the smaller ones are counted. */
const MOST = 12;

interface GroupsProps {
  title: string;
  /** What one group is. */
  label: string;
  file: string;
  rows: readonly ReportRow[];
  name(row: ReportRow): string;
}

/** Sessions of each group, with a bar for how many of all they are; sorted by any column. */
export function Groups({ title, label, file, rows, name }: GroupsProps) {
  const [sort, setSort] = useState<Sort>({ by: "sessions", order: "desc" });
  const longest = Math.max(1, ...rows.map(({ sessions }) => sessions));
  const columns: Column<ReportRow>[] = [
    { id: "name", label, cell: name, plain: name },
    {
      id: "sessions",
      label: text.sessions,
      cell: ({ sessions }) => (
        <span className="admin-share">
          {formatNumber(sessions)}
          <Progress value={(sessions / longest) * 100} size="sm" aria-hidden />
        </span>
      ),
      plain: ({ sessions }) => sessions,
    },
    {
      id: "controlled",
      label: text.controlled,
      cell: ({ controlled }) => formatNumber(controlled),
      plain: ({ controlled }) => controlled,
    },
    {
      id: "length",
      label: text.average,
      cell: ({ averageMs }) => formatDuration(averageMs),
      plain: ({ averageMs }) => averageMs,
    },
  ];
  const all = sorted(rows, columns, sort);
  return (
    <section className="admin-panel">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${text.exportCsv}: ${title}`}
          onClick={() => download(new Blob([csvOf(all, columns)], { type: "text/csv" }), file)}
        >
          {text.exportCsv}
        </Button>
      </Group>
      <DataTable
        label={title}
        columns={columns}
        rows={all.slice(0, MOST)}
        idOf={({ key }) => key ?? ""}
        sort={sort}
        onSort={setSort}
      />
      {rows.length > MOST && (
        <Text size="sm" className="admin-soft" mt="xs">
          {fill(text.others, { count: formatNumber(rows.length - MOST) })}
        </Text>
      )}
    </section>
  );
}
