import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import type { Filters } from "../api.ts";
import { text } from "../text.ts";

const DAY_MS = 86_400_000;

interface Fields {
  q: string;
  from: string;
  to: string;
  outcome: string;
}
const none: Fields = { q: "", from: "", to: "", outcome: "" };

/** Which sessions are shown. Typing waits for a pause; the rest counts at once. */
export function FilterBar({ onChange }: { onChange: (filters: Filters) => void }) {
  const [fields, setFields] = useState(none);
  const later = useDebouncedCallback((next: Fields) => onChange(filtersOf(next)), 300);

  function set(change: Partial<Fields>) {
    const next = { ...fields, ...change };
    setFields(next);
    if (change.q === undefined) onChange(filtersOf(next));
    else later(next);
  }

  return (
    <search className="admin-filters" aria-label={text.filters}>
      <TextInput
        type="search"
        label={text.search}
        placeholder={text.searchHint}
        value={fields.q}
        onChange={(event) => set({ q: event.currentTarget.value })}
        maxLength={200}
        className="admin-search"
      />
      <TextInput
        type="date"
        label={text.from}
        value={fields.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={text.to}
        value={fields.to}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={text.outcome}
        value={fields.outcome}
        onChange={(event) => set({ outcome: event.currentTarget.value })}
        data={[
          { value: "", label: text.anyOutcome },
          ...Object.entries(text.outcomes).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Button
        variant="subtle"
        disabled={Object.values(fields).every((value) => value.trim() === "")}
        onClick={() => {
          setFields(none);
          // What was typed a moment ago is not looked for any more.
          later(none);
          onChange({});
        }}
      >
        {text.clear}
      </Button>
    </search>
  );
}

/** Days are the reader's own; the last one counts to its end. */
function filtersOf({ q, from, to, outcome }: Fields): Filters {
  return {
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(from ? { from: midnight(from, 0) } : {}),
    ...(to ? { to: midnight(to, DAY_MS) } : {}),
    ...(outcome ? { outcome } : {}),
  };
}

function midnight(day: string, later: number): string {
  return new Date(new Date(`${day}T00:00:00`).getTime() + later).toISOString();
}
