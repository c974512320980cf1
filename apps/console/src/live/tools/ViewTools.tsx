import type { AgentSession } from "@copane/client/agent";
import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconMinus, IconPlus, IconUserDown } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { text } from "../../text.ts";
import { toolKeys } from "../shortcuts.ts";
import { Tool } from "./Tool.tsx";
import type { useView } from "./useTools.ts";

interface ViewToolsProps {
  session: AgentSession;
  looks: ReturnType<typeof useView>;
  /** Whether this agent is in control. */
  control: boolean;
}

/** How this agent looks at the page; the customer sees none of it. */
export function ViewTools({ session, looks: { view, change, step }, control }: ViewToolsProps) {
  const percent = `${Math.round(useScale(session) * 100)} %`;
  return (
    <>
      {control && !view.follow && (
        <Tool label={text.bring} onClick={() => session.bringCustomer()}>
          <IconUserDown size={18} />
        </Tool>
      )}
      <Tool label={text.zoomIn} shortcut={toolKeys.zoomIn} onClick={() => step(true)}>
        <IconPlus size={18} />
      </Tool>
      <Menu position="right-end" withinPortal>
        <Menu.Target>
          <Tooltip label={text.zoom} openDelay={300} position="right" withinPortal={false}>
            <UnstyledButton className="zoom" aria-label={`${text.zoom}: ${percent}`}>
              {percent}
            </UnstyledButton>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(view.zoom)}
            onChange={(zoom) => change({ zoom: zoom === "fit" ? "fit" : Number(zoom) })}
          >
            <Menu.RadioItem value="fit" rightSection={<kbd>{toolKeys.fit}</kbd>}>
              {text.fit}
            </Menu.RadioItem>
            <Menu.RadioItem value="1" rightSection={<kbd>{toolKeys.actualSize}</kbd>}>
              {text.actualSize}
            </Menu.RadioItem>
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.CheckboxItem checked={view.follow} onChange={(follow) => change({ follow })}>
            {text.follow}
          </Menu.CheckboxItem>
          <Menu.CheckboxItem checked={view.device} onChange={(device) => change({ device })}>
            {text.device}
          </Menu.CheckboxItem>
        </Menu.Dropdown>
      </Menu>
      <Tool label={text.zoomOut} shortcut={toolKeys.zoomOut} onClick={() => step(false)}>
        <IconMinus size={18} />
      </Tool>
    </>
  );
}

/** The scale that the page is shown in; it changes with the window and the customer's, of which no event tells. */
function useScale(session: AgentSession): number {
  const [scale, setScale] = useState(session.scale);
  useEffect(() => {
    const timer = setInterval(() => setScale(session.scale), LOOK_MS);
    return () => clearInterval(timer);
  }, [session]);
  return scale;
}

/** How often the scale is looked at. */
const LOOK_MS = 300;
