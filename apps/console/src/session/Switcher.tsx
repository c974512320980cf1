import { fill } from "@copane/ui";
import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconHome } from "@tabler/icons-react";
import { stateOf, titleOf } from "../home/MySessions.tsx";
import { text } from "../text.ts";
import type { Held } from "./deskSessions.ts";
import "./switcher.css";

interface SwitcherProps {
  held: readonly Held[];
  shown: string | undefined;
  onShow: (seat: string | undefined) => void;
}

/** The way home and to the other sessions of this desk, with what waits in each. */
export function Switcher({ held, shown, onShow }: SwitcherProps) {
  const others = held.filter(({ seat }) => seat !== shown);
  if (shown === undefined && others.length === 0) return null;
  return (
    <nav className="switcher" aria-label={text.mySessions}>
      {shown !== undefined && (
        <Tooltip label={text.home} openDelay={300} withinPortal={false}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            className="tool"
            aria-label={text.home}
            onClick={() => onShow(undefined)}
          >
            <IconHome size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      {others.map((one) => {
        const count = one.news.length;
        return (
          <UnstyledButton
            key={one.seat}
            className="switch"
            onClick={() => onShow(one.seat)}
            aria-label={[
              fill(text.openSession, { name: titleOf(one) }),
              count > 0 && fill(text.newsCount, { count }),
            ]
              .filter(Boolean)
              .join(", ")}
          >
            <span className="dot" data-state={stateOf(one)} />
            <span className="switch-name">{titleOf(one)}</span>
            {count > 0 && <span className="count">{count}</span>}
          </UnstyledButton>
        );
      })}
    </nav>
  );
}
