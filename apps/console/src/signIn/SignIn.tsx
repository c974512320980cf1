import type { AgentRole } from "@copane/protocol";
import {
  Alert,
  Anchor,
  Button,
  NativeSelect,
  Paper,
  PasswordInput,
  Stack,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { rest } from "../server.ts";
import { describeError, text } from "../text.ts";
import { type Identity, nameIn } from "./identity.ts";

/** Signs in by the development code, or with a token from the company's own sign-in. */
export function SignIn({
  notice,
  onDone,
}: {
  notice?: string | undefined;
  onDone: (identity: Identity) => void;
}) {
  const [byToken, setByToken] = useState(false);
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [role, setRole] = useState<AgentRole>("agent");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      if (byToken) onDone({ token: secret.trim(), name: name.trim() || nameIn(secret.trim()) });
      else onDone(await rest.agentSignIn({ name: name.trim(), code: secret.trim(), role }));
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="centre">
      <Paper className="card" withBorder shadow="sm" p="xl" component="form" onSubmit={submit}>
        <Stack>
          <Title order={1} size="h3">
            {text.signInTitle}
          </Title>
          {(error ?? notice) && (
            <Alert color="red" role="alert">
              {error ?? notice}
            </Alert>
          )}
          <TextInput
            label={text.name}
            description={text.nameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={99}
            required={!byToken}
            autoComplete="name"
          />
          {byToken ? (
            <Textarea
              label={text.token}
              value={secret}
              onChange={(e) => setSecret(e.currentTarget.value)}
              rows={4}
              required
            />
          ) : (
            <>
              <PasswordInput
                label={text.code}
                description={text.codeHint}
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                required
                autoComplete="off"
              />
              <NativeSelect
                label={text.role}
                value={role}
                onChange={(event) => setRole(event.currentTarget.value as AgentRole)}
                data={Object.entries(text.roles).map(([value, label]) => ({ value, label }))}
              />
            </>
          )}
          <Button type="submit" loading={busy}>
            {text.signIn}
          </Button>
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => setByToken(!byToken)}
          >
            {byToken ? text.useCode : text.useToken}
          </Anchor>
        </Stack>
      </Paper>
    </main>
  );
}
