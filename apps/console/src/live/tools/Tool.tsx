import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

export interface ToolProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
  /** Of tools that stay on: whether this one is. */
  pressed?: boolean;
  disabled?: boolean;
}

/** One button of the tool line. */
export function Tool({ label, onClick, children, pressed, disabled = false }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={300} withinPortal={false}>
      <ActionIcon
        size="lg"
        variant={pressed ? "filled" : "subtle"}
        {...(pressed ? {} : { color: "gray" })}
        className="tool"
        aria-label={label}
        {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
