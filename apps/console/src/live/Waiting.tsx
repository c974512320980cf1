import { customerLink } from "@copane/agent";
import type { SessionView } from "@copane/protocol";
import { Button, CopyButton, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import { text } from "../text.ts";

/** Needed only where the server names a page for links. */
const QrCode = lazy(async () => ({ default: (await import("./QrCode.tsx")).QrCode }));

interface WaitingProps {
  view: SessionView;
  /** The page of the site to which a link for the customer leads. */
  page: string | undefined;
  /** The key is given up. */
  onCancel: () => void;
  /** The key stays good while the agent does something else. */
  onHome: () => void;
}

/** The key stands large until the customer is in, and the same as a link. */
export function Waiting({ view, page, onCancel, onHome }: WaitingProps) {
  const { passphrase } = view;
  const link = passphrase && page ? customerLink(page, passphrase) : undefined;
  return (
    <main className="centre">
      <Paper className="card waiting" withBorder p="xl">
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
              <Copy value={passphrase} label={text.copy} />
            </>
          )}
          {link && (
            <div className="give">
              <Suspense>
                <QrCode link={link} label={text.qrLabel} />
              </Suspense>
              <div className="give-words">
                <Text fw={600}>{text.giveLink}</Text>
                <Text size="sm" c="dimmed" className="give-link">
                  {link}
                </Text>
                <Copy value={link} label={text.copyLink} />
              </div>
            </div>
          )}
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm">{text.waitingCustomer}</Text>
          </Group>
          <Group gap="xs">
            <Button variant="subtle" onClick={onHome}>
              {text.waitElsewhere}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {text.cancel}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </main>
  );
}

function Copy({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button variant="light" size="sm" onClick={copy}>
          {copied ? text.copied : label}
        </Button>
      )}
    </CopyButton>
  );
}
