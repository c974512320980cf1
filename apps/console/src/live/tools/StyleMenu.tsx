import type { Marks } from "@copane/client/agent";
import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { text } from "../../text.ts";

const colors = [
  ["red", "red"],
  ["darkorange", "orange"],
  ["yellow", "yellow"],
  ["green", "green"],
  ["blue", "blue"],
  ["darkviolet", "violet"],
  ["black", "black"],
] as const;

const strokes = [
  [2, "thin"],
  [5, "medium"],
  [10, "thick"],
] as const;

/** A mark of this agent fades after this time, if it is set to. */
const FADE_MS = 5_000;

interface StyleMenuProps {
  marks: Marks;
  settings: Marks["settings"];
  disabled: boolean;
}

/** Colour of the tool in hand; of drawn shapes also the stroke and whether they fade. */
export function StyleMenu({ marks, settings, disabled }: StyleMenuProps) {
  const { drawing, marker, style, markerColor, highlightColor } = settings;
  const color = drawing ? style.color : marker ? markerColor : highlightColor;
  const choose = (next: string) => {
    if (drawing) marks.setStyle({ color: next });
    else if (marker) marks.setMarkerColor(next);
    else marks.setHighlightColor(next);
  };
  return (
    <Menu position="right-start" withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={text.style} openDelay={300} position="right" withinPortal={false}>
          <UnstyledButton className="dock-swatch" aria-label={text.style} disabled={disabled}>
            <span className="swatch" style={{ background: color }} />
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text.colour}</Menu.Label>
        <Menu.RadioGroup value={color} onChange={choose}>
          <div className="swatches">
            {colors.map(([value, name]) => (
              <Menu.RadioItem key={value} value={value} aria-label={text[name]} title={text[name]}>
                <span className="swatch" style={{ background: value }} />
              </Menu.RadioItem>
            ))}
          </div>
        </Menu.RadioGroup>
        {drawing && (
          <>
            <Menu.Label>{text.stroke}</Menu.Label>
            <Menu.RadioGroup
              value={String(style.width)}
              onChange={(width) => marks.setStyle({ width: Number(width) })}
            >
              {strokes.map(([width, name]) => (
                <Menu.RadioItem key={width} value={String(width)}>
                  <span className="choice">
                    <span className="stroke" style={{ height: width }} />
                    {text[name]}
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
            <Menu.CheckboxItem
              checked={style.fadeMs > 0}
              onChange={(fades) => marks.setStyle({ fadeMs: fades ? FADE_MS : 0 })}
            >
              {text.fades}
            </Menu.CheckboxItem>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
