import { Alert, Button, Group } from "@mantine/core";
import { describeError } from "../text.ts";
import { text } from "./text.ts";

/** What could not be loaded, why, and the way to try again. */
export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Alert color="red" role="alert" title={text.notLoaded} mb="md">
      <Group justify="space-between">
        {describeError(error)}
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {text.retry}
        </Button>
      </Group>
    </Alert>
  );
}
