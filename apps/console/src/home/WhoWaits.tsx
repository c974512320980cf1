import { WaitingRest } from "@copane/client/agent";
import { customerOf, type WaitingAnswer } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Alert, Button, Paper, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { server } from "../server.ts";
import { describeError, text } from "../text.ts";

/** How often the list is asked for while somebody looks at it. */
const LOOK_MS = 5_000;

const waiting = new WaitingRest(server);

interface WhoWaitsProps {
  token: string;
  onJoin: (sessionId: string) => Promise<void>;
}

/** Customers who wait for an agent, who waits longest first; where the server lists them. */
export function WhoWaits({ token, onJoin }: WhoWaitsProps) {
  const [{ sessions, total }, setAnswer] = useState<WaitingAnswer>({ sessions: [], total: 0 });
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState<string>();

  useEffect(() => {
    let away = false;
    const look = () => {
      if (document.hidden) return;
      waiting.list({ limit: 20 }, token).then(
        (answer) => {
          if (!away) setAnswer(answer);
        },
        // The next look may succeed; what stands there is from before.
        () => {},
      );
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      away = true;
      clearInterval(timer);
    };
  }, [token]);

  async function join(id: string) {
    setBusy(id);
    setError(undefined);
    try {
      await onJoin(id);
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <Paper withBorder className="card-small">
      <Title order={2} size="h5">
        {text.whoWaits}
      </Title>
      {error && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      {total === 0 && (
        <Text c="dimmed" size="sm">
          {text.whoWaitsNone}
        </Text>
      )}
      <ul className="lines">
        {sessions.map((session) => {
          const name = customerOf(session)?.name ?? "";
          return (
            <li key={session.id}>
              <span className="dot" data-state="waits" />
              <span className="line-words">
                <b>{name}</b>
                <Text component="span" size="sm" c="dimmed">
                  {fill(text.waitsFor, { minutes: Math.floor(session.sinceMs / 60_000) })}
                </Text>
              </span>
              <Button
                variant="default"
                size="xs"
                loading={busy === session.id}
                aria-label={fill(text.supervise, { names: name })}
                onClick={() => void join(session.id)}
              >
                {text.join}
              </Button>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}
