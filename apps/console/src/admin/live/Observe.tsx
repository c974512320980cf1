import { customerOf, type LiveSession } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { text } from "../text.ts";

interface ObserveProps {
  /** The session to look into; closed without one. */
  session: LiveSession | undefined;
  silentAllowed: boolean;
  onObserve: (sessionId: string, silent: boolean) => void;
  onClose: () => void;
}

/** Asks, before somebody looks into a session, who is told of it. */
export function Observe({ session, silentAllowed, onObserve, onClose }: ObserveProps) {
  const [how, setHow] = useState("announced");
  const silent = silentAllowed && how === "silent";
  const customer = (session && customerOf(session)?.name) ?? "";
  return (
    <Modal
      opened={session !== undefined}
      onClose={onClose}
      title={fill(text.observeTitle, { name: customer })}
      centered
      withCloseButton={false}
    >
      <Stack>
        {silentAllowed ? (
          <Radio.Group value={how} onChange={setHow} label={text.observeHow}>
            <Stack gap="xs" mt="xs">
              <Radio value="announced" label={text.observeAnnounced} />
              <Radio value="silent" label={text.observeSilent} />
            </Stack>
          </Radio.Group>
        ) : (
          <Text>{text.observeShown}</Text>
        )}
        <Text size="sm" className="admin-soft">
          {text.observeAudit}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button onClick={() => session && onObserve(session.id, silent)} data-autofocus>
            {text.observeConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
