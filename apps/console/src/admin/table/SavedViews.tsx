import { fill } from "@copane/ui";
import { ActionIcon, Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { text } from "../text.ts";
import type { SavedView } from "./useTable.ts";

interface SavedViewsProps<F> {
  views: readonly SavedView<F>[];
  onTake(view: SavedView<F>): void;
  onSave(name: string): void;
  onRemove(name: string): void;
}

/** Filters, order and columns under names, to come back to. */
export function SavedViews<F>({ views, onTake, onSave, onRemove }: SavedViewsProps<F>) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");

  function save(event: FormEvent) {
    event.preventDefault();
    if (!name.trim()) return;
    onSave(name.trim());
    setName("");
  }

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconBookmark size={16} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {text.savedViews}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.savedViews} maw={340}>
        <Stack gap="xs">
          {views.map((view) => (
            <Group key={view.name} gap="xs" wrap="nowrap" justify="space-between">
              <Button
                variant="subtle"
                size="compact-sm"
                className="admin-view"
                onClick={() => {
                  onTake(view);
                  setOpened(false);
                }}
              >
                {view.name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={fill(text.removeView, { name: view.name })}
                title={fill(text.removeView, { name: view.name })}
                onClick={() => onRemove(view.name)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={save}>
            <Group gap="xs" align="end" wrap="nowrap">
              <TextInput
                label={text.viewName}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={60}
              />
              <Button type="submit" variant="light" disabled={!name.trim()}>
                {text.saveView}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
