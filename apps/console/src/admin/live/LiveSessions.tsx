import { agentsOf, customerOf, type LiveSession, participantOf } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Alert, Button, Group, Loader, Modal, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { formatDuration, formatNumber, formatTime } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { Observe } from "./Observe.tsx";
import { isFound, Who } from "./Who.tsx";

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

  if (error && !data) return <Alert color="red">{describeError(error)}</Alert>;
  if (!data) return <Loader aria-label={text.loading} />;
  if (data.total === 0) return <Empty title={text.liveNone} hint={text.liveNoneHint} />;
  const found = data.sessions.filter((session) => isFound(session, search));
  return (
    <>
      {(refused ?? error) && (
        <Alert color="red" role="alert" mb="md">
          {refused ?? (error && describeError(error))}
        </Alert>
      )}
      <Text mb="sm" role="status">
        {fill(text.liveCount, { count: formatNumber(data.total) })}
        {data.total > data.sessions.length &&
          ` – ${fill(text.liveCut, { count: formatNumber(data.sessions.length) })}`}
      </Text>
      <search className="admin-filters" aria-label={text.filters}>
        <TextInput
          type="search"
          label={text.search}
          placeholder={text.searchHint}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          maxLength={200}
          className="admin-search"
        />
      </search>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard */}
      <section className="admin-rows" tabIndex={0} aria-label={text.views.live}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.customer}</Table.Th>
              <Table.Th>{text.agent}</Table.Th>
              <Table.Th>{text.state}</Table.Th>
              <Table.Th>{text.started}</Table.Th>
              <Table.Th>{text.duration}</Table.Th>
              <Table.Th>{text.actions}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((session) => (
              <Row
                key={session.id}
                session={session}
                onObserve={() => setObserving(session)}
                onEnd={() => setEnding(session)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </section>
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

interface RowProps {
  session: LiveSession;
  onObserve: () => void;
  onEnd: () => void;
}

function Row({ session, onObserve, onEnd }: RowProps) {
  const customer = customerOf(session)?.name;
  const agents = agentsOf(session)
    .map(({ name }) => name)
    .join(", ");
  const whose = { name: customer || text.nobody };
  const holder = participantOf(session, session.holder);
  return (
    <Table.Tr data-session={session.id}>
      <Table.Td data-label={text.customer}>
        <Who session={session} />
      </Table.Td>
      <Table.Td data-label={text.agent}>{agents || text.nobody}</Table.Td>
      <Table.Td data-label={text.state}>
        <span className="admin-state" data-state={session.state}>
          {text.states[session.state]}
        </span>
        {holder && (
          <Text size="xs" mt={4}>
            {fill(text.inControl, { name: holder.name })}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={text.started}>{formatTime(session.createdAt)}</Table.Td>
      <Table.Td data-label={text.duration}>{formatDuration(session.sinceMs)}</Table.Td>
      <Table.Td data-label="">
        <Group gap="xs" wrap="nowrap">
          {/* There is nothing to watch over before an agent is in. */}
          {customer && agents && (
            <Button
              size="compact-sm"
              variant="light"
              onClick={onObserve}
              aria-label={fill(text.observeOf, whose)}
            >
              {text.observe}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={onEnd} aria-label={fill(text.endOf, whose)}>
            {text.end}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
