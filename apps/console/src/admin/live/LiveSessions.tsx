import type { LiveSession } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Alert, Button, Group, Loader, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { Failed } from "../Failed.tsx";
import { formatNumber } from "../format.ts";
import { ColumnMenu } from "../table/ColumnMenu.tsx";
import { csvOf, sorted } from "../table/columns.ts";
import { DataTable } from "../table/DataTable.tsx";
import { download } from "../table/download.ts";
import { Pager } from "../table/Pager.tsx";
import { SavedViews } from "../table/SavedViews.tsx";
import { type Shape, useTable } from "../table/useTable.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { liveColumns } from "./columns.tsx";
import { Observe } from "./Observe.tsx";
import { isFound } from "./Who.tsx";

const usual: Shape = { sort: { by: "started", order: "desc" }, hidden: [], size: 50 };

const EVERY_MS = 3_000;

interface LiveSessionsProps {
  api: AdminApi;
  onObserve: (sessionId: string, silent: boolean) => Promise<void>;
}

/** The sessions under way, and the ways to look into one and to end it. */
export function LiveSessions({ api, onObserve }: LiveSessionsProps) {
  const { data, error, reload } = useLoaded("live", () => api.live(), EVERY_MS);
  const [ending, setEnding] = useState<LiveSession>();
  const [observing, setObserving] = useState<LiveSession>();
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(0);
  const { shape, change, views, save, remove } = useTable<string>("live", usual);
  const [refused, setRefused] = useState<string>();

  async function run(work: Promise<void>) {
    setEnding(undefined);
    setObserving(undefined);
    setRefused(undefined);
    try {
      await work;
    } catch (problem) {
      setRefused(describeError(problem));
    }
    reload();
  }

  if (error && !data) return <Failed error={error} onRetry={reload} />;
  if (!data) return <Loader aria-label={text.loading} />;
  if (data.total === 0) return <Empty title={text.liveNone} hint={text.liveNoneHint} />;
  const all = liveColumns({ onObserve: setObserving, onEnd: setEnding });
  const columns = all.filter(({ id }) => !shape.hidden.includes(id));
  const found = sorted(
    data.sessions.filter((session) => isFound(session, search)),
    all,
    shape.sort,
  );
  const first = Math.min(page, Math.max(0, Math.ceil(found.length / shape.size) - 1)) * shape.size;
  const shown = found.slice(first, first + shape.size);

  function look(part: Partial<Shape>, words = search) {
    setSearch(words);
    setPage(0);
    change(part);
  }

  return (
    <>
      {refused && (
        <Alert color="red" role="alert" mb="md">
          {refused}
        </Alert>
      )}
      {error && <Failed error={error} onRetry={reload} />}
      <search className="admin-filters" aria-label={text.filters}>
        <TextInput
          type="search"
          label={text.search}
          placeholder={text.searchHint}
          value={search}
          onChange={(event) => look({}, event.currentTarget.value)}
          maxLength={200}
          className="admin-search"
        />
      </search>
      <Group justify="space-between" mb="sm">
        <Text role="status">
          {fill(text.liveCount, { count: formatNumber(data.total) })}
          {data.total > data.sessions.length &&
            ` – ${fill(text.liveCut, { count: formatNumber(data.sessions.length) })}`}
        </Text>
        <Group gap="xs">
          <SavedViews
            views={views}
            onTake={(view) => look(view.shape, view.filters)}
            onSave={(name) => save(name, search)}
            onRemove={remove}
          />
          <ColumnMenu columns={all} hidden={shape.hidden} onChange={(hidden) => change({ hidden })} />
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              const told = columns.filter(({ id }) => id !== "actions");
              download(new Blob([csvOf(found, told)], { type: "text/csv" }), "copane-live.csv");
            }}
          >
            {text.exportCsv}
          </Button>
        </Group>
      </Group>
      {found.length === 0 ? (
        <Empty title={text.historyNone} hint="" />
      ) : (
        <DataTable
          label={text.views.live}
          columns={columns}
          rows={shown}
          idOf={({ id }) => id}
          sort={shape.sort}
          onSort={(sort) => look({ sort })}
        />
      )}
      {found.length > shape.size && (
        <Pager
          first={first}
          shown={shown.length}
          total={found.length}
          size={shape.size}
          onSize={(size) => look({ size })}
          onBack={first > 0 ? () => setPage(first / shape.size - 1) : undefined}
          onNext={first + shape.size < found.length ? () => setPage(first / shape.size + 1) : undefined}
        />
      )}
      <Modal
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={text.endTitle}
        centered
        withCloseButton={false}
      >
        <Text mb="lg">{text.endText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setEnding(undefined)} data-autofocus>
            {text.keep}
          </Button>
          <Button color="red.8" onClick={() => ending && void run(api.end(ending.id))}>
            {text.endConfirm}
          </Button>
        </Group>
      </Modal>
      <Observe
        session={observing}
        silentAllowed={data.silentAllowed}
        onObserve={(id, silent) => void run(onObserve(id, silent))}
        onClose={() => setObserving(undefined)}
      />
    </>
  );
}
