import type { AgentSession } from "@copane/client/agent";
import { Button, Tooltip, VisuallyHidden } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconArrowsVertical,
  IconDeviceDesktop,
  IconUserDown,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useState } from "react";
import { text } from "../../text.ts";
import { Tool } from "./Tool.tsx";

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4];

/** How this agent looks at the page; the customer sees none of it. */
export function ViewTools({ session, control }: { session: AgentSession; control: boolean }) {
  const [view, setView] = useState(session.view);
  const change = (next: Partial<AgentSession["view"]>) => {
    session.setView(next);
    setView(session.view);
  };
  const step = (larger: boolean) => {
    const { scale } = session;
    const zoom = larger
      ? steps.find((one) => one > scale + 0.01)
      : steps.findLast((one) => one < scale - 0.01);
    if (zoom !== undefined) change({ zoom });
  };
  const percent = view.zoom === "fit" ? "1:1" : `${Math.round(view.zoom * 100)} %`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's looks and legend
    <div className="tools-group" role="group" aria-label={text.toolsView}>
      {control && !view.follow && (
        <Tool label={text.bring} onClick={() => session.bringCustomer()}>
          <IconUserDown size={18} />
        </Tool>
      )}
      <Tool label={text.follow} pressed={view.follow} onClick={() => change({ follow: !view.follow })}>
        <IconArrowsVertical size={18} />
      </Tool>
      <Tool label={text.device} pressed={view.device} onClick={() => change({ device: !view.device })}>
        <IconDeviceDesktop size={18} />
      </Tool>
      <span className="tools-rule" />
      <Tool label={text.zoomOut} onClick={() => step(false)}>
        <IconZoomOut size={18} />
      </Tool>
      <Tooltip label={text.actualSize} openDelay={300} withinPortal={false}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className="tool zoom"
          aria-pressed={view.zoom === 1}
          onClick={() => change({ zoom: 1 })}
        >
          <VisuallyHidden>{text.actualSize} </VisuallyHidden>
          {percent}
        </Button>
      </Tooltip>
      <Tool label={text.zoomIn} onClick={() => step(true)}>
        <IconZoomIn size={18} />
      </Tool>
      <Tool label={text.fit} pressed={view.zoom === "fit"} onClick={() => change({ zoom: "fit" })}>
        <IconArrowsMaximize size={18} />
      </Tool>
    </div>
  );
}
