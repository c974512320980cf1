import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { holdRoute } from "../route.ts";
import { text } from "../text.ts";

/** While something is not saved, every way out asks first: links, the back button, closing the tab. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const [wanted, setWanted] = useState<string>();
  const leaving = useRef(false);

  useEffect(() => {
    if (!unsaved) return;
    const abort = new AbortController();
    addEventListener("beforeunload", (event) => event.preventDefault(), { signal: abort.signal });
    // The address is put back until somebody has answered.
    const release = holdRoute(({ oldURL, newURL }) => {
      if (leaving.current) return false;
      history.pushState(null, "", oldURL);
      setWanted(new URL(newURL).hash);
      return true;
    });
    return () => {
      abort.abort();
      release();
    };
  }, [unsaved]);

  function leave() {
    leaving.current = true;
    setWanted(undefined);
    location.hash = wanted ?? "";
  }

  return (
    <Modal
      opened={wanted !== undefined}
      onClose={() => setWanted(undefined)}
      title={text.leaveTitle}
      centered
      withCloseButton={false}
    >
      <Text mb="lg">{text.leaveText}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => setWanted(undefined)} data-autofocus>
          {text.stay}
        </Button>
        <Button color="red.8" onClick={leave}>
          {text.leave}
        </Button>
      </Group>
    </Modal>
  );
}
