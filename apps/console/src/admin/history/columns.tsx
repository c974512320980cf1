import type { PastSession } from "@copane/protocol";
import { Anchor } from "@mantine/core";
import { formatDuration, outcomeName } from "../format.ts";
import { addressOf } from "../route.ts";
import type { Column } from "../table/columns.ts";
import { startedColumn } from "../table/startedColumn.tsx";
import { text } from "../text.ts";

/** The history's columns; each that can be sorted has the name by which the server sorts. */
export function historyColumns(): Column<PastSession>[] {
  return [
    startedColumn(),
    {
      id: "customer",
      label: text.customer,
      always: true,
      cell: ({ id, customer }) => (
        <Anchor href={addressOf("history", id)} size="sm" underline="always">
          {customer ?? text.noCustomer}
        </Anchor>
      ),
      plain: ({ customer }) => customer,
    },
    {
      id: "agent",
      label: text.agent,
      cell: ({ agent }) => agent ?? text.unnamed,
      plain: ({ agent }) => agent,
    },
    {
      id: "length",
      label: text.duration,
      cell: ({ durationMs }) => formatDuration(durationMs),
      plain: ({ durationMs }) => durationMs,
    },
    {
      id: "outcome",
      label: text.outcome,
      cell: ({ outcome }) =>
        outcome === null ? (
          <span className="admin-state" data-state="active">
            {text.goesOn}
          </span>
        ) : (
          outcomeName(outcome)
        ),
      plain: ({ outcome }) => outcome,
    },
    {
      id: "id",
      label: text.id,
      unsorted: true,
      cell: ({ id }) => <span className="admin-soft admin-nowrap">{id}</span>,
      plain: ({ id }) => id,
    },
  ];
}
