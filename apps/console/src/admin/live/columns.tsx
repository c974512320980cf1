import { agentsOf, customerOf, type LiveSession, participantOf } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Group, Text } from "@mantine/core";
import { formatDuration } from "../format.ts";
import type { Column } from "../table/columns.ts";
import { startedColumn } from "../table/startedColumn.tsx";
import { text } from "../text.ts";
import { Who } from "./Who.tsx";

interface Actions {
  onObserve(session: LiveSession): void;
  onEnd(session: LiveSession): void;
}

/** The columns of what goes on now. */
export function liveColumns(actions: Actions): Column<LiveSession>[] {
  return [
    {
      id: "customer",
      label: text.customer,
      always: true,
      cell: (session) => <Who session={session} />,
      plain: (session) => customerOf(session)?.name || null,
    },
    {
      id: "agent",
      label: text.agent,
      cell: (session) => agentNames(session) || text.nobody,
      plain: (session) => agentNames(session) || null,
    },
    {
      id: "state",
      label: text.state,
      cell: (session) => <State session={session} />,
      plain: ({ state }) => text.states[state],
    },
    startedColumn(),
    {
      id: "length",
      label: text.duration,
      cell: ({ sinceMs }) => formatDuration(sinceMs),
      plain: ({ sinceMs }) => sinceMs,
    },
    {
      id: "actions",
      label: text.actions,
      always: true,
      unsorted: true,
      cell: (session) => <RowActions session={session} {...actions} />,
      plain: () => null,
    },
  ];
}

function agentNames(session: LiveSession): string {
  return agentsOf(session)
    .map(({ name }) => name)
    .join(", ");
}

function State({ session }: { session: LiveSession }) {
  const holder = participantOf(session, session.holder);
  return (
    <>
      <span className="admin-state" data-state={session.state}>
        {text.states[session.state]}
      </span>
      {holder && (
        <Text size="xs" mt={4}>
          {fill(text.inControl, { name: holder.name })}
        </Text>
      )}
    </>
  );
}

function RowActions({ session, onObserve, onEnd }: { session: LiveSession } & Actions) {
  const customer = customerOf(session)?.name;
  const whose = { name: customer || text.nobody };
  return (
    <Group gap="xs" wrap="nowrap">
      {/* There is nothing to watch over before an agent is in. */}
      {customer && agentsOf(session).length > 0 && (
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => onObserve(session)}
          aria-label={fill(text.observeOf, whose)}
        >
          {text.observe}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onEnd(session)}
        aria-label={fill(text.endOf, whose)}
      >
        {text.end}
      </Button>
    </Group>
  );
}
