import { Button, Modal, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { fill, text } from "../messages/index.ts";

/** The warning before idleness ends the session. */
export function Idle({ until, onContinue }: { until: number; onContinue: () => void }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
  return (
    <Modal opened onClose={onContinue} title={text.idleTitle} centered withCloseButton={false}>
      <Text mb="lg">{fill(text.idleText, { seconds })}</Text>
      <Button fullWidth onClick={onContinue} data-autofocus>
        {text.keep}
      </Button>
    </Modal>
  );
}
