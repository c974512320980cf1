import { TextInput } from "@mantine/core";
import { text } from "../text.ts";

interface NameFieldProps {
  name: string;
  required?: boolean;
  onChange(name: string): void;
}

/** The name that customers see. */
export function NameField({ name, required = false, onChange }: NameFieldProps) {
  return (
    <TextInput
      label={text.name}
      description={text.nameHint}
      value={name}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={99}
      required={required}
      autoComplete="name"
    />
  );
}
