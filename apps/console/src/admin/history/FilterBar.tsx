import { Button, NativeSelect, TextInput } from "@mantine/core";
import { text } from "../text.ts";
import { type Fields, IN_PROGRESS, isEmpty, noFields } from "./filters.ts";

interface FilterBarProps {
  fields: Fields;
  onChange(fields: Fields): void;
}

/** Which sessions are shown. */
export function FilterBar({ fields, onChange }: FilterBarProps) {
  const set = (change: Partial<Fields>) => onChange({ ...fields, ...change });
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
          { value: IN_PROGRESS, label: text.goesOn },
          ...Object.entries(text.outcomes).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Button variant="subtle" disabled={isEmpty(fields)} onClick={() => onChange(noFields)}>
        {text.clear}
      </Button>
    </search>
  );
}
