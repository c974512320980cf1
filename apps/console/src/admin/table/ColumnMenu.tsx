import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { text } from "../text.ts";
import type { Column } from "./columns.ts";

interface ColumnMenuProps<T> {
  columns: readonly Column<T>[];
  hidden: readonly string[];
  onChange(hidden: string[]): void;
}

/** Which columns are shown. */
export function ColumnMenu<T>({ columns, hidden, onChange }: ColumnMenuProps<T>) {
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {text.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.columns}>
        <Stack gap="xs">
          {columns
            .filter(({ always }) => !always)
            .map(({ id, label }) => (
              <Checkbox
                key={id}
                label={label}
                checked={!hidden.includes(id)}
                onChange={({ currentTarget }) =>
                  onChange(currentTarget.checked ? hidden.filter((one) => one !== id) : [...hidden, id])
                }
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
