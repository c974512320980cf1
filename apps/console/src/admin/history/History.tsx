import type { PastSession } from "@copane/protocol";
import { Alert, Anchor, Button, Group, Loader, Table, Text } from "@mantine/core";
import { useState } from "react";
import { counted, describeError } from "../../text.ts";
import type { AdminApi, Filters } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { formatDuration, formatTime, outcomeName } from "../format.ts";
import { addressOf } from "../route.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { FilterBar } from "./FilterBar.tsx";

/** Every session there was, newest first, to search and to export. */
export function History({ api }: { api: AdminApi }) {
  const [filters, setFilters] = useState<Filters>({});
  /** Cursors of the pages before this one; the last is this page's own. */
  const [cursors, setCursors] = useState<string[]>([]);
  const [problem, setProblem] = useState<string>();
  const cursor = cursors.at(-1);
  const { data, error, loading } = useLoaded(JSON.stringify([filters, cursor]), () =>
    api.sessions({ ...filters, ...(cursor ? { cursor } : {}) }),
  );

  function filter(next: Filters) {
    setFilters(next);
    setCursors([]);
  }

  async function save(format: "csv" | "json") {
    setProblem(undefined);
    try {
      download(await api.export(format, filters), `copane-sessions.${format}`);
    } catch (failure) {
      setProblem(describeError(failure));
    }
  }

  const next = data?.nextCursor;
  return (
    <>
      <FilterBar onChange={filter} />
      {(problem ?? error) && (
        <Alert color="red" role="alert" mb="md">
          {problem ?? (error && describeError(error))}
        </Alert>
      )}
      {!data && loading && <Loader aria-label={text.loading} />}
      {data && (
        <>
          <Group justify="space-between" mb="sm">
            <Text role="status">{counted(text.total, { count: data.total })}</Text>
            {data.total > 0 && (
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={() => void save("csv")}>
                  {text.exportCsv}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => void save("json")}>
                  {text.exportJson}
                </Button>
              </Group>
            )}
          </Group>
          {data.total === 0 ? (
            <Nothing filtered={Object.keys(filters).length > 0} />
          ) : (
            <Rows sessions={data.sessions} />
          )}
          {(cursors.length > 0 || next) && (
            <Group justify="space-between" mt="md">
              <Button
                variant="default"
                disabled={cursors.length === 0}
                onClick={() => setCursors(cursors.slice(0, -1))}
              >
                {text.newer}
              </Button>
              <Button
                variant="default"
                disabled={!next}
                onClick={() => next && setCursors([...cursors, next])}
              >
                {text.older}
              </Button>
            </Group>
          )}
        </>
      )}
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title={text.historyNone} hint={text.historyNoneHint} />
  ) : (
    <Empty title={text.historyEmpty} hint={text.liveNoneHint} />
  );
}

function Rows({ sessions }: { sessions: PastSession[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <section className="admin-rows" tabIndex={0} aria-label={text.views.history}>
      <Table verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.started}</Table.Th>
            <Table.Th>{text.customer}</Table.Th>
            <Table.Th>{text.agent}</Table.Th>
            <Table.Th>{text.duration}</Table.Th>
            <Table.Th>{text.outcome}</Table.Th>
            <Table.Th>{text.id}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <Table.Tr key={session.id} data-session={session.id}>
              <Table.Td data-label={text.started} className="admin-nowrap">
                {formatTime(session.createdAt)}
              </Table.Td>
              <Table.Td data-label={text.customer}>
                <Anchor href={addressOf("history", session.id)} size="sm" underline="always">
                  {session.customer ?? text.noCustomer}
                </Anchor>
              </Table.Td>
              <Table.Td data-label={text.agent}>{session.agent ?? text.unnamed}</Table.Td>
              <Table.Td data-label={text.duration}>{formatDuration(session.durationMs)}</Table.Td>
              <Table.Td data-label={text.outcome}>{outcomeName(session.outcome)}</Table.Td>
              <Table.Td data-label={text.id} className="admin-soft">
                {session.id}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
