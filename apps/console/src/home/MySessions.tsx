import { customerOf } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Paper, Text, Title } from "@mantine/core";
import type { Held } from "../session/deskSessions.ts";
import { text } from "../text.ts";

interface MySessionsProps {
  held: readonly Held[];
  onShow: (seat: string) => void;
}

/** The sessions of this desk, and what waits in each. */
export function MySessions({ held, onShow }: MySessionsProps) {
  return (
    <Paper withBorder className="card-small">
      <Title order={2} size="h5">
        {text.mySessions}
      </Title>
      {held.length === 0 && (
        <Text c="dimmed" size="sm">
          {text.mySessionsNone}
        </Text>
      )}
      <ul className="lines">
        {held.map((one) => {
          const name = titleOf(one);
          return (
            <li key={one.seat}>
              <span className="dot" data-state={stateOf(one)} />
              <span className="line-words">
                <b>{name}</b>
                <Text component="span" size="sm" c="dimmed">
                  {howItStands(one)}
                </Text>
              </span>
              {one.news.length > 0 && (
                <span className="count">{fill(text.newsCount, { count: one.news.length })}</span>
              )}
              <Button
                variant="default"
                size="xs"
                aria-label={fill(text.openSession, { name })}
                onClick={() => onShow(one.seat)}
              >
                {text.open}
              </Button>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}

/** What a session is called: its customer's name, or the key that waits for one. */
export function titleOf({ view }: Held): string {
  return customerOf(view)?.name || view.passphrase || text.waitingShort;
}

/** How a session's dot looks. */
export function stateOf({ view, closed }: Held): "live" | "waits" | "lost" | "ended" {
  const customer = customerOf(view);
  if (closed) return "ended";
  if (!customer) return "waits";
  return customer.connected ? "live" : "lost";
}

function howItStands(one: Held): string {
  const newest = one.news.at(-1);
  const name = customerOf(one.view)?.name ?? "";
  return newest ? fill(text.news[newest], { name }) : text.states[stateOf(one)];
}
