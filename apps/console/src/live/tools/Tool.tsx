import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { withKey } from "../shortcuts.ts";

export interface ToolProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
  /** Of tools that stay on: whether this one is. */
  pressed?: boolean;
  disabled?: boolean;
  /** The key that does the same. */
  shortcut?: string;
}

/** One button of the tool dock. */
export function Tool({ label, onClick, children, pressed, disabled = false, shortcut }: ToolProps) {
  return (
    <Tooltip label={withKey(label, shortcut)} openDelay={300} position="right" withinPortal={false}>
      <ActionIcon
        size={32}
        variant={pressed ? "filled" : "subtle"}
        {...(pressed ? {} : { color: "gray" })}
        className="tool"
        aria-label={label}
        {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
        {...(shortcut ? { "aria-keyshortcuts": shortcut } : {})}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
