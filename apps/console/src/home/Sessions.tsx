import type { LiveSessionsAnswer } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Alert, Button, Checkbox, Group, Paper, Text, Title } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { rest } from "../server.ts";
import { describeError, text } from "../text.ts";

interface SessionsProps {
  token: string;
  onSupervise: (sessionId: string, silent: boolean) => Promise<void>;
}

const none: Omit<LiveSessionsAnswer, "total"> = { sessions: [], silentAllowed: false };

/** What a supervisor may look into: the sessions under way. */
export function Sessions({ token, onSupervise }: SessionsProps) {
  const [{ sessions, silentAllowed }, setLive] = useState(none);
  const [quiet, setQuiet] = useState(false);
  const [error, setError] = useState<string>();

  const run = useCallback(async (work: () => Promise<void>) => {
    setError(undefined);
    try {
      await work();
    } catch (problem) {
      setError(describeError(problem));
    }
  }, []);
  const load = useCallback(() => run(async () => setLive(await rest.agentSessions(token))), [run, token]);
  useEffect(() => void load(), [load]);

  const silent = silentAllowed && quiet;
  const active = sessions.filter(({ state }) => state !== "waiting");
  return (
    <Paper withBorder className="card-small">
      <Title order={2} size="h5">
        {text.superviseTitle}
      </Title>
      <Text c="dimmed" size="sm">
        {silent ? text.superviseQuiet : text.superviseText}
      </Text>
      {error && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      {active.length === 0 && <Text size="sm">{text.superviseNone}</Text>}
      {active.map(({ id, participants }) => (
        <Button key={id} variant="default" onClick={() => void run(() => onSupervise(id, silent))}>
          {fill(text.supervise, { names: participants.map(({ name }) => name).join(", ") })}
        </Button>
      ))}
      <Group mt="auto" justify="space-between">
        {silentAllowed && (
          <Checkbox
            label={text.superviseSilent}
            checked={quiet}
            onChange={(event) => setQuiet(event.currentTarget.checked)}
          />
        )}
        <Button variant="subtle" onClick={() => void load()}>
          {text.superviseReload}
        </Button>
      </Group>
    </Paper>
  );
}
