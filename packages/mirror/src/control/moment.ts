import * as dom from "../core/dom.ts";
import { heldKeys } from "./modifiers.ts";
import { realm } from "./tree.ts";
import type { AgentInputEvent } from "./wire.ts";

export type PointerInput = Extract<AgentInputEvent, { kind: "pointer" }>;

/** What all events of one moment of the agent's pointer have in common. */
export type Moment = MouseEventInit & {
  clientX: number;
  clientY: number;
  buttons: number;
  pointerType: "mouse" | "touch";
};

/** What `buttons` says of each `button`. */
const bits: readonly number[] = [1, 4, 2, 8, 16];

/** What the events of an input have in common. `held`: the buttons that are held already, as `buttons` says it. */
export function momentOf(element: Element, input: PointerInput, held: number): Moment {
  const { clientX, clientY } = spot(element, input);
  const view = realm(element);
  const lifted = input.phase === "up" || input.phase === "cancel";
  const pressed = input.phase === "down" ? (bits[input.button] ?? 0) : held;
  // A device without a mouse has pages made for fingers.
  const touch =
    input.pointer === "touch" || dom.matchMedia(view, "(hover: none) and (pointer: coarse)").matches;
  return {
    view,
    clientX,
    clientY,
    screenX: view.screenX + clientX,
    screenY: view.screenY + clientY,
    button: input.button,
    buttons: lifted ? 0 : touch ? 1 : pressed,
    detail: input.clicks,
    pointerType: touch ? "touch" : "mouse",
    ...heldKeys(input.modifiers),
  };
}

/** A place in an element's box, in the viewport's CSS pixels; as fine as layout is, since fractions do not add up. */
export function spot(
  element: Element,
  { x, y }: { x: number; y: number },
): { clientX: number; clientY: number } {
  const { left, top, width, height } = dom.getBoundingClientRect(element);
  const pixels = (value: number) => Math.round(value * 64) / 64;
  return { clientX: pixels(left + x * width), clientY: pixels(top + y * height) };
}
