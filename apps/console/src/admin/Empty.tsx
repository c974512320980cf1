import { Text } from "@mantine/core";

/** Nothing to show, and what would change that. */
export function Empty({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="admin-rows admin-empty" role="status">
      <Text fw={620}>{title}</Text>
      <Text size="sm" className="admin-soft">
        {hint}
      </Text>
    </div>
  );
}
