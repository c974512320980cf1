import { Button, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { rest } from "../server.ts";
import { text } from "../text.ts";
import type { FormProps } from "./form.ts";
import { expiresAt, type Identity, nameIn } from "./identity.ts";
import { NameField } from "./NameField.tsx";

/** With a token from the company's own systems. The server is asked at once whether it counts. */
export function ByToken({ busy, onSubmit }: FormProps) {
  const [name, setName] = useState("");
  const [given, setGiven] = useState("");

  async function check(): Promise<Identity> {
    const token = given.trim();
    if (expiresAt(token) <= Date.now()) throw new Error(text.tokenExpired);
    const known = await rest.identity(token);
    return { token, name: name.trim() || known.name || nameIn(token) };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(check);
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <NameField name={name} onChange={setName} />
      <Textarea
        label={text.token}
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
        rows={4}
        required
      />
      <Button type="submit" loading={busy}>
        {text.signIn}
      </Button>
    </Stack>
  );
}
