import { formatPassphrase, parsePassphrase } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Paper, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { describeError, text } from "../text.ts";
import { KeyField } from "./KeyField.tsx";
import { digitsOf } from "./key.ts";

interface JoinCardProps {
  /** How many digits a key has here. */
  digits: number;
  /** A key that a link led here with: it waits for the agent's press. */
  given: string;
  onJoin: (passphrase: string) => Promise<void>;
}

/** The customer reads out a key, and the agent is in with its last digit. */
export function JoinCard({ digits, given, onJoin }: JoinCardProps) {
  const [key, setKey] = useState(() => formatPassphrase(digitsOf(given)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function join(typed: string) {
    const passphrase = parsePassphrase(typed);
    if (passphrase === undefined) {
      setError(text.keyWrong);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onJoin(passphrase);
      setKey("");
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void join(digitsOf(key));
  }

  return (
    <Paper withBorder className="card-join" component="form" onSubmit={submit} noValidate>
      <div>
        <Title order={1} size="h2">
          {text.joinTitle}
        </Title>
        <Text c="dimmed" mt={4}>
          {text.joinText}
        </Text>
      </div>
      <KeyField
        large
        label={text.key}
        digits={digits}
        value={key}
        busy={busy}
        error={error}
        onChange={(shown, now) => {
          setKey(shown);
          setError(undefined);
          // One digit more, and it is whole: a digit that was mended within it counts, too.
          if (now.length === digits && now !== digitsOf(key)) void join(now);
        }}
      />
      <div className="card-foot">
        <Text size="sm" c="dimmed">
          {fill(text.keyHint, { digits })}
        </Text>
        <Button type="submit" loading={busy}>
          {text.join}
        </Button>
      </div>
    </Paper>
  );
}
