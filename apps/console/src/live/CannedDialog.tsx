import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { text } from "../text.ts";
import { cannedLines, storeCanned } from "./canned.ts";

/** Where an agent writes the lines that the chat offers. */
export function CannedDialog({ onClose }: { onClose: () => void }) {
  const [lines, setLines] = useState(() => cannedLines().join("\n"));
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.canned}
      centered
      closeButtonProps={{ "aria-label": text.close }}
    >
      <Stack>
        <Textarea
          label={text.cannedLabel}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
          autosize
          minRows={5}
          maxRows={12}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            onClick={() => {
              storeCanned(lines);
              onClose();
            }}
          >
            {text.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
