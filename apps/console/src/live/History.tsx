import type { AgentSession } from "@copane/client/agent";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconReload } from "@tabler/icons-react";
import { text } from "../messages/index.ts";

const moves = [
  ["back", IconArrowLeft],
  ["forward", IconArrowRight],
  ["reload", IconReload],
] as const;

/** The customer's tab as a browser: back, forward, reload. */
export function History({ session }: { session: AgentSession }) {
  return (
    <ActionIcon.Group>
      {moves.map(([go, Icon]) => (
        <Tooltip key={go} label={text[go]}>
          <ActionIcon variant="default" size="lg" aria-label={text[go]} onClick={() => session.navigate(go)}>
            <Icon size={18} />
          </ActionIcon>
        </Tooltip>
      ))}
    </ActionIcon.Group>
  );
}
