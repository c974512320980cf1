import { formatPassphrase, parsePassphrase } from "@copane/protocol";
import { Button, Paper, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { describeError, text } from "../text.ts";
import { KeyField } from "./KeyField.tsx";
import { digitsOf } from "./key.ts";

interface InvitedCardProps {
  digits: number;
  /** The key of an invitation whose link led here. */
  given: string;
  onInvited: (key: string) => Promise<void>;
}

/** A colleague's invitation. */
export function InvitedCard({ digits, given, onInvited }: InvitedCardProps) {
  const [key, setKey] = useState(() => formatPassphrase(digitsOf(given)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const invitation = parsePassphrase(digitsOf(key));
    if (invitation === undefined) {
      setError(text.keyWrong);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onInvited(invitation);
      setKey("");
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Paper
      withBorder
      className="card-small"
      component="form"
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <Title order={2} size="h5">
        {text.invitedTitle}
      </Title>
      <Text c="dimmed" size="sm">
        {text.invitedText}
      </Text>
      <div className="card-row">
        <KeyField
          label={text.invitation}
          digits={digits}
          value={key}
          busy={busy}
          error={error}
          onChange={(shown) => {
            setKey(shown);
            setError(undefined);
          }}
        />
        <Button type="submit" variant="default" size="md" loading={busy}>
          {text.invitedJoin}
        </Button>
      </div>
    </Paper>
  );
}
