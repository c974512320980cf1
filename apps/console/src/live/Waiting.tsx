import type { SessionView } from "@copane/protocol";
import { Button, CopyButton, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { text } from "../text.ts";

interface WaitingProps {
  view: SessionView;
  /** The key is given up. */
  onCancel: () => void;
  /** The key stays good while the agent does something else. */
  onHome: () => void;
}

/** The key stands large until the customer is in. */
export function Waiting({ view, onCancel, onHome }: WaitingProps) {
  const { passphrase } = view;
  return (
    <main className="centre">
      <Paper className="card" withBorder p="xl" shadow="sm">
        <Stack align="center" gap="lg">
          <Title order={1} size="h3" ta="center">
            {passphrase ? text.waitingTitle : text.waitingCustomer}
          </Title>
          {passphrase && (
            <>
              <Text className="passphrase" data-passphrase>
                {passphrase}
              </Text>
              <Text c="dimmed" ta="center">
                {text.waitingText}
              </Text>
            </>
          )}
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{text.waitingCustomer}</Text>
          </Group>
          <Group>
            {passphrase && (
              <CopyButton value={passphrase}>
                {({ copied, copy }) => (
                  <Button variant="light" onClick={copy}>
                    {copied ? text.copied : text.copy}
                  </Button>
                )}
              </CopyButton>
            )}
            <Button variant="default" onClick={onCancel}>
              {text.cancel}
            </Button>
          </Group>
          <Button variant="subtle" size="compact-sm" onClick={onHome}>
            {text.waitElsewhere}
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}
