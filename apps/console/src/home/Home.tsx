import { parsePassphrase } from "@copane/protocol";
import { languages } from "@copane/ui";
import {
  Alert,
  Button,
  Group,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Identity } from "../signIn/identity.ts";
import { describeError, language, nameOfLanguage, text } from "../text.ts";
import { Sessions } from "./Sessions.tsx";

const choices = languages.map((value) => ({ value, label: nameOfLanguage(value) }));

interface HomeProps {
  onJoin: (passphrase: string) => Promise<void>;
  onCreate: (locale: string) => Promise<void>;
  /** The key of a customer's session whose link led here. */
  passphrase: string;
  /** The key of an invitation whose link led here. */
  invitation: string;
  onInvited: (key: string) => Promise<void>;
  supervisor: Identity | undefined;
  onSupervise: (sessionId: string, silent: boolean) => Promise<void>;
}

/** Where an agent stands between two customers. */
export function Home(props: HomeProps) {
  const { onJoin, onCreate, onInvited, supervisor, onSupervise } = props;
  const [invitation, setInvitation] = useState(props.invitation);
  const [key, setKey] = useState(props.passphrase);
  const [locale, setLocale] = useState(language);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState<"join" | "create" | "invited">();

  async function run(what: "join" | "create" | "invited", work: () => Promise<void>) {
    setBusy(what);
    setError(undefined);
    try {
      await work();
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(undefined);
    }
  }

  function join(event: FormEvent) {
    event.preventDefault();
    const digits = parsePassphrase(key);
    if (digits === undefined) setError(text.keyWrong);
    else void run("join", () => onJoin(digits));
  }

  function joinColleague(event: FormEvent) {
    event.preventDefault();
    const digits = parsePassphrase(invitation);
    if (digits === undefined) setError(text.keyWrong);
    else void run("invited", () => onInvited(digits));
  }

  return (
    <main className="home">
      {error && (
        <Alert color="red" role="alert" mb="lg">
          {error}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Paper withBorder p="xl" component="form" onSubmit={join}>
          <Stack h="100%">
            <Title order={1} size="h3">
              {text.joinTitle}
            </Title>
            <Text c="dimmed">{text.joinText}</Text>
            <TextInput
              className="key-input"
              label={text.key}
              placeholder="1234 5678"
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
              maxLength={20}
              size="lg"
              required
              data-autofocus
            />
            <Group mt="auto">
              <Button type="submit" loading={busy === "join"}>
                {text.join}
              </Button>
            </Group>
          </Stack>
        </Paper>
        <Paper withBorder p="xl">
          <Stack h="100%">
            <Title order={2} size="h3">
              {text.newTitle}
            </Title>
            <Text c="dimmed">{text.newText}</Text>
            <Select
              label={text.language}
              data={choices}
              value={locale}
              onChange={(value) => setLocale(value ?? language)}
              allowDeselect={false}
              size="lg"
            />
            <Group mt="auto">
              <Button
                variant="default"
                loading={busy === "create"}
                onClick={() => run("create", () => onCreate(locale))}
              >
                {text.create}
              </Button>
            </Group>
          </Stack>
        </Paper>
        <Paper withBorder p="xl" component="form" onSubmit={joinColleague}>
          <Stack h="100%">
            <Title order={2} size="h3">
              {text.invitedTitle}
            </Title>
            <Text c="dimmed">{text.invitedText}</Text>
            <TextInput
              className="key-input"
              label={text.invitation}
              value={invitation}
              onChange={(event) => setInvitation(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
              maxLength={20}
              size="lg"
              required
            />
            <Group mt="auto">
              <Button type="submit" variant="default" loading={busy === "invited"}>
                {text.invitedJoin}
              </Button>
            </Group>
          </Stack>
        </Paper>
        {supervisor && <Sessions token={supervisor.token} onSupervise={onSupervise} />}
      </SimpleGrid>
    </main>
  );
}
