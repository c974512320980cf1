import type { Marks } from "@copane/client/agent";
import { Button, Menu, Tooltip } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { text } from "../../messages/index.ts";

const colors = [
  ["red", text.red],
  ["darkorange", text.orange],
  ["yellow", text.yellow],
  ["green", text.green],
  ["blue", text.blue],
  ["darkviolet", text.violet],
  ["black", text.black],
] as const;

const strokes = [
  [2, text.thin],
  [5, text.medium],
  [10, text.thick],
] as const;

/** A mark of this agent fades after this time, if it is set to. */
const FADE_MS = 5_000;

/** Colour of the tool in hand; of drawn shapes also the stroke and whether they fade. */
export function StyleMenu({
  marks,
  settings,
  disabled,
}: {
  marks: Marks;
  settings: Marks["settings"];
  disabled: boolean;
}) {
  const { drawing, marker, style, markerColor, highlightColor } = settings;
  const color = drawing ? style.color : marker ? markerColor : highlightColor;
  const choose = (next: string) => {
    if (drawing) marks.setStyle({ color: next });
    else if (marker) marks.setMarkerColor(next);
    else marks.setHighlightColor(next);
  };
  return (
    <Menu position="bottom-start" withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={text.style} openDelay={300}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            className="tool"
            aria-label={text.style}
            disabled={disabled}
          >
            <span className="swatch" style={{ background: color }} />
            <IconChevronDown size={14} />
          </Button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text.colour}</Menu.Label>
        {colors.map(([value, label]) => (
          <Choice key={value} chosen={color === value} onChoose={() => choose(value)}>
            <span className="swatch" style={{ background: value }} />
            {label}
          </Choice>
        ))}
        {drawing && (
          <>
            <Menu.Label>{text.stroke}</Menu.Label>
            {strokes.map(([width, label]) => (
              <Choice key={width} chosen={style.width === width} onChoose={() => marks.setStyle({ width })}>
                <span className="stroke" style={{ height: width }} />
                {label}
              </Choice>
            ))}
            <Menu.Divider />
            <Choice
              many
              chosen={style.fadeMs > 0}
              onChoose={() => marks.setStyle({ fadeMs: style.fadeMs > 0 ? 0 : FADE_MS })}
            >
              {text.fades}
            </Choice>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** An item that is chosen or not: one of several, or by itself. */
export function Choice({
  chosen,
  onChoose,
  many = false,
  children,
}: {
  chosen: boolean;
  onChoose: () => void;
  many?: boolean;
  children: React.ReactNode;
}) {
  return (
    <Menu.Item
      role={many ? "menuitemcheckbox" : "menuitemradio"}
      aria-checked={chosen}
      rightSection={chosen ? <IconCheck size={16} /> : undefined}
      onClick={onChoose}
    >
      <span className="choice">{children}</span>
    </Menu.Item>
  );
}
