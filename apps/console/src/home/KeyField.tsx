import { formatPassphrase } from "@copane/protocol";
import { Loader, TextInput } from "@mantine/core";
import { type InputEvent, useLayoutEffect, useRef } from "react";
import { grouped } from "./key.ts";

interface KeyFieldProps {
  label: string;
  /** What stands in it. */
  value: string;
  onChange: (shown: string, digits: string) => void;
  /** How many digits a key has here. */
  digits: number;
  busy: boolean;
  /** Why the key was not taken. */
  error: string | undefined;
  large?: boolean;
}

/** A field for the digits of a key, which stand in groups while they are typed. */
export function KeyField({ label, value, onChange, digits, busy, error, large = false }: KeyFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number>(undefined);
  // A value that is set from outside moves the caret to its end.
  useLayoutEffect(() => {
    if (caret.current !== undefined && document.activeElement === input.current)
      input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  function changed({ currentTarget }: InputEvent<HTMLInputElement>) {
    const next = grouped(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length);
    caret.current = next.caret;
    onChange(next.shown, next.digits);
  }

  return (
    <TextInput
      ref={input}
      className={large ? "key-input key-large" : "key-input"}
      label={label}
      placeholder={formatPassphrase("123456789012".slice(0, digits))}
      value={value}
      onInput={changed}
      onChange={() => {}}
      readOnly={busy}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      error={error && <span role="alert">{error}</span>}
      rightSection={busy ? <Loader size="sm" aria-hidden /> : undefined}
      size={large ? "xl" : "md"}
      data-autofocus={large || undefined}
      autoFocus={large}
    />
  );
}
