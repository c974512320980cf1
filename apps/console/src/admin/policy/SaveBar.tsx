import { Button, Group, Text } from "@mantine/core";

import { text } from "../text.ts";

interface SaveBarProps {
  unsaved: boolean;
  busy: boolean;
  /** What happened last: it was saved, or why not. */
  said: string;
  onDiscard(): void;
}

/** Stays in sight below what is changed. */
export function SaveBar({ unsaved, busy, said, onDiscard }: SaveBarProps) {
  return (
    <Group className="admin-save" justify="space-between" data-unsaved={unsaved || undefined}>
      <Text role="status">{said || (unsaved ? text.unsaved : "")}</Text>
      <Group gap="xs">
        <Button variant="default" disabled={!unsaved || busy} onClick={onDiscard}>
          {text.discard}
        </Button>
        <Button type="submit" loading={busy}>
          {text.save}
        </Button>
      </Group>
    </Group>
  );
}
