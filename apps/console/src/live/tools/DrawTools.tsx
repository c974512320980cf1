import type { Marks } from "@copane/client/agent";
import {
  IconArrowBackUp,
  IconArrowUpRight,
  IconCircle,
  IconEraser,
  IconFlare,
  IconHighlight,
  IconPencil,
  IconPointer,
  IconRectangle,
  IconTypography,
} from "@tabler/icons-react";
import { text } from "../../text.ts";
import { toolKeys } from "../shortcuts.ts";
import { ShowMenu } from "./ShowMenu.tsx";
import { StyleMenu } from "./StyleMenu.tsx";
import { Tool } from "./Tool.tsx";
import { acts, type shapes } from "./useTools.ts";

const shapeIcons = {
  freehand: IconPencil,
  rectangle: IconRectangle,
  circle: IconCircle,
  arrow: IconArrowUpRight,
  note: IconTypography,
  laser: IconFlare,
} satisfies Record<keyof typeof shapes, unknown>;

export interface DrawToolsProps {
  marks: Marks;
  settings: Marks["settings"];
  count: { own: number; others: number };
}

/** One tool at a time: pointing, a shape, or marked text. */
export function DrawTools({ marks, settings, count }: DrawToolsProps) {
  const { enabled, drawing, marker, style } = settings;
  const nothing = { change: () => {}, step: () => {} };
  const act = (name: keyof typeof toolKeys) => () => acts[name](marks, nothing);
  return (
    <>
      <Tool
        label={text.point}
        shortcut={toolKeys.point}
        pressed={enabled && !drawing && !marker}
        disabled={!enabled}
        onClick={act("point")}
      >
        <IconPointer size={18} />
      </Tool>
      {Object.entries(shapeIcons).map(([key, Icon]) => {
        const name = key as keyof typeof shapes;
        return (
          <Tool
            key={name}
            label={text[name]}
            shortcut={toolKeys[name]}
            pressed={enabled && drawing && style.shape === (name === "note" ? "text" : name)}
            disabled={!enabled}
            onClick={act(name)}
          >
            <Icon size={18} />
          </Tool>
        );
      })}
      <Tool
        label={text.marker}
        shortcut={toolKeys.marker}
        pressed={enabled && marker && !drawing}
        disabled={!enabled}
        onClick={act("marker")}
      >
        <IconHighlight size={18} />
      </Tool>
      <StyleMenu marks={marks} settings={settings} disabled={!enabled} />
      <span className="tools-rule" />
      <Tool
        label={text.undo}
        shortcut={toolKeys.undo}
        disabled={!enabled || count.own === 0}
        onClick={act("undo")}
      >
        <IconArrowBackUp size={18} />
      </Tool>
      <Tool
        label={text.clearOwn}
        shortcut={toolKeys.clearOwn}
        disabled={!enabled || count.own === 0}
        onClick={act("clearOwn")}
      >
        <IconEraser size={18} />
      </Tool>
      <ShowMenu marks={marks} />
    </>
  );
}
