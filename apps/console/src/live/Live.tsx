import { ActionIcon, Alert, Badge, Button, Group, Loader, Modal, Text, Tooltip } from "@mantine/core";
import { IconHandStop, IconPointer, IconRefresh, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { fill, text } from "../messages/index.ts";
import type { LiveState } from "../session/useAgentSession.ts";
import { Clock } from "./Clock.tsx";
import { History } from "./History.tsx";
import { Idle } from "./Idle.tsx";
import { controlOf, customerOf, noticeOf } from "./state.ts";
import { Tools } from "./tools/Tools.tsx";

/** The customer's page, and round it as little as an agent needs. */
export function Live({ live, onEnd }: { live: LiveState; onEnd: () => void }) {
  const { session, view, connection, page, ready } = live;
  const stage = useRef<HTMLDivElement>(null);
  const [asksEnd, setAsksEnd] = useState(false);
  const [error, setError] = useState<string>();
  const customer = customerOf(view);
  const name = customer?.name ?? "";
  const control = controlOf(view, session.you);
  const paused = view.state === "paused";
  const notice = noticeOf(live, name);

  useEffect(() => {
    if (stage.current) return session.attachView(stage.current, text.control);
  }, [session]);

  // F6 and Ctrl+Alt+Escape are the way out of the page for the keyboard.
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "F6" && !(event.key === "Escape" && event.ctrlKey && event.altKey)) return;
      event.preventDefault();
      bar.current?.querySelector<HTMLElement>("button")?.focus();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);

  function run(work: Promise<void>) {
    setError(undefined);
    work.catch((problem: Error) => setError(problem.message));
  }

  return (
    <main className="live">
      <div className="bar" ref={bar}>
        <div className="who">
          <Text component="h1" fw={620} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed" truncate title={page?.url}>
            {page ? `${page.title} — ${page.url}` : text.waitingPage}
          </Text>
        </div>
        <Group gap="xs" className="tools">
          <Clock label={text.elapsed} />
          <Badge
            color={connection === "connected" ? "teal" : "amber"}
            variant="light"
            data-connection={connection}
          >
            {customer && !customer.connected ? fill(text.customerAway, { name }) : text[connection]}
          </Badge>
          {control === "none" && (
            <Button
              size="sm"
              leftSection={<IconPointer size={16} />}
              disabled={paused || connection !== "connected"}
              onClick={() => run(session.requestControl())}
            >
              {text.requestControl}
            </Button>
          )}
          {control === "pending" && (
            <Button size="sm" variant="light" onClick={() => run(session.releaseControl())}>
              {text.cancelRequest}
            </Button>
          )}
          {control === "held" && (
            <Button
              size="sm"
              color="amber"
              leftSection={<IconHandStop size={16} />}
              onClick={() => run(session.releaseControl())}
            >
              {text.releaseControl}
            </Button>
          )}
          {control === "held" && <History session={session} />}
          <Tooltip label={text.refresh}>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={text.refresh}
              onClick={() => session.refresh()}
            >
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
          <Button
            size="sm"
            variant="default"
            color="red"
            leftSection={<IconX size={16} />}
            onClick={() => setAsksEnd(true)}
          >
            {text.end}
          </Button>
        </Group>
      </div>
      <div className={`state ${control} ${paused ? "paused" : ""}`} role="status" data-control={control}>
        {error ?? notice}
      </div>
      <Tools session={session} name={name} enabled={view.state === "active"} control={control === "held"} />
      <div className="stage-frame" id="page" tabIndex={-1}>
        <div className="stage" ref={stage} data-stage data-ready={ready} />
        {!ready && !paused && (
          <div className="veil">
            <Loader />
            <Text>{text.waitingPage}</Text>
          </div>
        )}
        {paused && (
          <div className="veil strong">
            <Alert color="amber" variant="white" title={fill(text.pausedTitle, { name })}>
              {text.pausedText}
            </Alert>
          </div>
        )}
      </div>
      <Modal opened={asksEnd} onClose={() => setAsksEnd(false)} title={text.endTitle} centered>
        <Text mb="lg">{text.endText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsksEnd(false)} data-autofocus>
            {text.keep}
          </Button>
          <Button color="red" onClick={onEnd}>
            {text.end}
          </Button>
        </Group>
      </Modal>
      {live.idleUntil !== undefined && (
        <Idle until={live.idleUntil} onContinue={() => run(session.continueSession())} />
      )}
    </main>
  );
}
