import type { SitePolicy } from "@copane/protocol";
import { Alert, Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { text } from "../text.ts";

/** Any page in its own words, and beside it what an agent would see of it under what the form holds now. */
export function TryOut({ privacy }: { privacy: SitePolicy["privacy"] }) {
  const [html, setHtml] = useState("");
  const [bad, setBad] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const rules = JSON.stringify(privacy);

  useEffect(() => {
    if (!html.trim()) return;
    let over = false;
    let close: (() => void) | undefined;
    // What is typed is looked at when the typing pauses.
    const timer = setTimeout(async () => {
      try {
        const { showAsAgent } = await import("./preview.ts");
        if (over || !place.current) return;
        const made = await showAsAgent(html, JSON.parse(rules), place.current, text.asAgent);
        if (over) made();
        else close = made;
        setBad(false);
      } catch {
        setBad(true);
      }
    }, 300);
    return () => {
      over = true;
      clearTimeout(timer);
      close?.();
    };
  }, [html, rules]);

  return (
    <Stack>
      <Text size="sm">{text.tryHint}</Text>
      <Textarea
        label={text.html}
        value={html}
        onChange={(event) => setHtml(event.currentTarget.value)}
        minRows={4}
        maxRows={8}
        autosize
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <Group>
        <FileButton accept="text/html" onChange={(file) => void file?.text().then(setHtml)}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default">
              {text.chooseFile}
            </Button>
          )}
        </FileButton>
      </Group>
      {bad && (
        <Alert color="red" role="alert">
          {text.badSelector}
        </Alert>
      )}
      <section className="admin-preview" aria-label={text.asAgent} hidden={!html.trim()}>
        <Text size="sm" fw={620} mb={6}>
          {text.asAgent}
        </Text>
        <div ref={place} />
      </section>
    </Stack>
  );
}
