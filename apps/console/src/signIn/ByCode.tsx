import type { AgentRole } from "@copane/protocol";
import { Button, NativeSelect, PasswordInput, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { rest } from "../server.ts";
import { text } from "../text.ts";
import type { FormProps } from "./form.ts";
import { NameField } from "./NameField.tsx";

/** The development sign-in: anybody who has the code the server printed. */
export function ByCode({ busy, onSubmit }: FormProps) {
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [role, setRole] = useState<AgentRole>("agent");

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(() => rest.agentSignIn({ name: name.trim(), code: code.trim(), role }));
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <NameField name={name} required onChange={setName} />
      <PasswordInput
        label={text.code}
        description={text.codeHint}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        required
        autoComplete="off"
      />
      <NativeSelect
        label={text.role}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as AgentRole)}
        data={Object.entries(text.roles).map(([value, label]) => ({ value, label }))}
      />
      <Button type="submit" loading={busy}>
        {text.signIn}
      </Button>
    </Stack>
  );
}
