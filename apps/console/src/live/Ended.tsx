import type { EndReason } from "@copane/protocol";
import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { describeEnd, text } from "../text.ts";

interface EndedProps {
  reason: EndReason;
  /** The agent's number in the session. */
  you: number;
  /** Whether the way back leads to the administration. */
  admin: boolean;
  onBack: () => void;
}

/** Why it is over, and the way back. */
export function Ended({ reason, you, admin, onBack }: EndedProps) {
  return (
    <main className="centre">
      <Paper className="card" withBorder p="xl" shadow="sm">
        <Stack align="center" role="status">
          <Title order={1} size="h3">
            {text.ended}
          </Title>
          <Text c="dimmed" ta="center" data-close-code={reason.code}>
            {describeEnd(reason, you)}
          </Text>
          <Button onClick={onBack}>{admin ? text.againAdmin : text.again}</Button>
        </Stack>
      </Paper>
    </main>
  );
}
