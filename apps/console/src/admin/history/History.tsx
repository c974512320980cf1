import { Alert, Button, Group, Loader, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { counted, describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { Failed } from "../Failed.tsx";
import { ColumnMenu } from "../table/ColumnMenu.tsx";
import type { Sort } from "../table/columns.ts";
import { DataTable } from "../table/DataTable.tsx";
import { download } from "../table/download.ts";
import { Pager } from "../table/Pager.tsx";
import { SavedViews } from "../table/SavedViews.tsx";
import { type Shape, useTable } from "../table/useTable.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { historyColumns } from "./columns.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { type Fields, filtersOf, isEmpty, noFields } from "./filters.ts";

const usual: Shape = { sort: { by: "started", order: "desc" }, hidden: [], size: 50 };

/** Every session there was, to search, to sort and to export. */
export function History({ api }: { api: AdminApi }) {
  const { shape, change, views, save, remove } = useTable<Fields>("history", usual);
  const [fields, setFields] = useState(noFields);
  /** Cursors of the pages before this one; the last is this page's own. */
  const [cursors, setCursors] = useState<string[]>([]);
  const [problem, setProblem] = useState<string>();
  // Typing waits for a pause; the rest counts at once, and an empty search too.
  const [typed] = useDebouncedValue(fields.q, 300);
  const filters = filtersOf({ ...fields, q: fields.q && typed });
  const asked = { ...filters, sort: shape.sort.by, order: shape.sort.order };
  const cursor = cursors.at(-1);
  const page = { ...asked, limit: String(shape.size), ...(cursor ? { cursor } : {}) };
  const { data, error, loading, reload } = useLoaded(JSON.stringify(page), () => api.sessions(page));

  function look(part: Partial<Shape>, next: Fields = fields) {
    setFields(next);
    setCursors([]);
    change(part);
  }

  async function take(format: "csv" | "json") {
    setProblem(undefined);
    try {
      download(await api.export(format, asked), `copane-sessions.${format}`);
    } catch (failure) {
      setProblem(describeError(failure));
    }
  }

  const next = data?.nextCursor;
  const all = historyColumns();
  return (
    <>
      <FilterBar fields={fields} onChange={(changed) => look({}, changed)} />
      {problem && (
        <Alert color="red" role="alert" mb="md">
          {problem}
        </Alert>
      )}
      {error && <Failed error={error} onRetry={reload} />}
      {!data && loading && <Loader aria-label={text.loading} />}
      {data && (
        <>
          <Group justify="space-between" mb="sm">
            <Text role="status">{counted(text.total, { count: data.total })}</Text>
            <Group gap="xs">
              <SavedViews
                views={views}
                onTake={(view) => look(view.shape, view.filters)}
                onSave={(name) => save(name, fields)}
                onRemove={remove}
              />
              <ColumnMenu columns={all} hidden={shape.hidden} onChange={(hidden) => change({ hidden })} />
              {data.total > 0 && (
                <>
                  <Button size="compact-sm" variant="default" onClick={() => void take("csv")}>
                    {text.exportCsv}
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => void take("json")}>
                    {text.exportJson}
                  </Button>
                </>
              )}
            </Group>
          </Group>
          {data.total === 0 ? (
            <Nothing filtered={!isEmpty(fields)} />
          ) : (
            <DataTable
              label={text.views.history}
              columns={all.filter(({ id }) => !shape.hidden.includes(id))}
              rows={data.sessions}
              idOf={({ id }) => id}
              sort={shape.sort}
              onSort={(sort: Sort) => look({ sort })}
            />
          )}
          {data.total > 0 && (
            <Pager
              first={cursors.length * shape.size}
              shown={data.sessions.length}
              total={data.total}
              size={shape.size}
              onSize={(size) => look({ size })}
              onBack={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
              onNext={next ? () => setCursors([...cursors, next]) : undefined}
            />
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
