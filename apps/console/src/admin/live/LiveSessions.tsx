import { Alert, Button, Group, Loader, Modal, Table, Text } from "@mantine/core";
import { useState } from "react";
import { fill } from "../../messages/index.ts";
import type { AdminApi, LiveSession } from "../api.ts";
import { Empty } from "../Empty.tsx";
import { formatDuration, formatNumber, formatTime } from "../format.ts";
import { text } from "../messages/index.ts";
import { useLoaded } from "../useLoaded.ts";

const EVERY_MS = 3_000;

/** The sessions under way, and the way to end one. */
export function LiveSessions({ api }: { api: AdminApi }) {
  const { data, error, reload } = useLoaded("live", () => api.live(), EVERY_MS);
  const [ending, setEnding] = useState<LiveSession>();
  const [refused, setRefused] = useState<string>();

  async function end(session: LiveSession) {
    setEnding(undefined);
    setRefused(undefined);
    try {
      await api.end(session.id);
    } catch (problem) {
      setRefused((problem as Error).message);
    }
    reload();
  }

  if (error && !data) return <Alert color="red">{error.message}</Alert>;
  if (!data) return <Loader aria-label={text.loading} />;
  if (data.total === 0) return <Empty title={text.liveNone} hint={text.liveNoneHint} />;
  return (
    <>
      {(refused ?? error) && (
        <Alert color="red" role="alert" mb="md">
          {refused ?? error?.message}
        </Alert>
      )}
      <Text mb="sm" role="status">
        {fill(text.liveCount, { count: formatNumber(data.total) })}
        {data.total > data.sessions.length &&
          ` – ${fill(text.liveCut, { count: formatNumber(data.sessions.length) })}`}
      </Text>
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
            {data.sessions.map((session) => (
              <Row key={session.id} session={session} onEnd={() => setEnding(session)} />
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
          <Button color="red.8" onClick={() => ending && void end(ending)}>
            {text.endConfirm}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function Row({ session, onEnd }: { session: LiveSession; onEnd: () => void }) {
  const named = (role: "customer" | "agent") =>
    session.participants
      .filter((one) => one.role === role)
      .map(({ name }) => name)
      .join(", ");
  const customer = named("customer");
  const holder = session.participants.find(({ number }) => number === session.holder);
  return (
    <Table.Tr data-session={session.id}>
      <Table.Td data-label={text.customer}>{customer || text.nobody}</Table.Td>
      <Table.Td data-label={text.agent}>{named("agent") || text.nobody}</Table.Td>
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
      <Table.Td data-label={text.duration}>
        {formatDuration(Date.now() - Date.parse(session.createdAt))}
      </Table.Td>
      <Table.Td data-label="">
        {/* The way to observe the session belongs beside this button. */}
        <Button
          size="compact-sm"
          variant="default"
          onClick={onEnd}
          aria-label={fill(text.endOf, { name: customer || text.nobody })}
        >
          {text.end}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
