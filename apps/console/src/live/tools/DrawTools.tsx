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
import { ShowMenu } from "./ShowMenu.tsx";
import { StyleMenu } from "./StyleMenu.tsx";
import { Tool } from "./Tool.tsx";

const shapes = [
  ["freehand", "freehand", IconPencil],
  ["rectangle", "rectangle", IconRectangle],
  ["circle", "circle", IconCircle],
  ["arrow", "arrow", IconArrowUpRight],
  ["text", "note", IconTypography],
  ["laser", "laser", IconFlare],
] as const;

export interface DrawToolsProps {
  marks: Marks;
  settings: Marks["settings"];
  count: { own: number; others: number };
}

/** One tool at a time: pointing, a shape, or marked text. */
export function DrawTools({ marks, settings, count }: DrawToolsProps) {
  const { enabled, drawing, marker, style } = settings;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's looks and legend
    <div className="tools-group" role="group" aria-label={text.toolsDraw}>
      <Tool
        label={text.point}
        pressed={enabled && !drawing && !marker}
        disabled={!enabled}
        onClick={() => {
          marks.stopDrawing();
          marks.disableMarker();
        }}
      >
        <IconPointer size={18} />
      </Tool>
      {shapes.map(([shape, name, Icon]) => (
        <Tool
          key={shape}
          label={text[name]}
          pressed={enabled && drawing && style.shape === shape}
          disabled={!enabled}
          onClick={() => {
            marks.disableMarker();
            marks.startDrawing({ shape });
          }}
        >
          <Icon size={18} />
        </Tool>
      ))}
      <Tool
        label={text.marker}
        pressed={enabled && marker && !drawing}
        disabled={!enabled}
        onClick={() => {
          marks.stopDrawing();
          marks.enableMarker();
        }}
      >
        <IconHighlight size={18} />
      </Tool>
      <StyleMenu marks={marks} settings={settings} disabled={!enabled} />
      <span className="tools-rule" />
      <Tool label={text.undo} disabled={!enabled || count.own === 0} onClick={() => marks.undo()}>
        <IconArrowBackUp size={18} />
      </Tool>
      <Tool label={text.clearOwn} disabled={!enabled || count.own === 0} onClick={() => marks.clearOwn()}>
        <IconEraser size={18} />
      </Tool>
      <ShowMenu marks={marks} />
    </div>
  );
}
