import { realm } from "./tree.ts";

/** The agent's pointer, told apart from the customer's own (whose numbers are small). */
export const AGENT_POINTER = 1_001;

/** What all events of one moment of the agent's pointer have in common. */
export type Moment = MouseEventInit & {
  clientX: number;
  clientY: number;
  buttons: number;
  pointerType: "mouse" | "touch";
};

/**
 * Fires one pointer or mouse event with the details a browser gives it. Returns false when the page
 * prevented the default.
 */
export function fire(
  target: Element | Document,
  type: string,
  moment: Moment,
  extra: MouseEventInit = {},
): boolean {
  const element = target.nodeType === Node.DOCUMENT_NODE ? (target as Document).documentElement : target;
  const { PointerEvent, MouseEvent } = realm(element as Element);
  const touch = moment.pointerType === "touch";
  const local = type.endsWith("enter") || type.endsWith("leave");
  const told = /^(pointercancel|(got|lost)pointercapture)$/.test(type);
  const init: PointerEventInit = {
    bubbles: !local,
    cancelable: !local && !told,
    composed: !local,
    ...moment,
    ...extra,
  };
  // Only presses and releases concern a button; the rest says by `buttons` what is held.
  const passing = !/down$|up$|click$|menu$/.test(type);
  if (passing) {
    init.button = 0;
    init.detail = 0;
  }
  if (!/^pointer|capture$|^(click|auxclick|contextmenu)$/.test(type)) {
    return target.dispatchEvent(new MouseEvent(type, init));
  }
  Object.assign(init, { pointerId: AGENT_POINTER, isPrimary: true, width: 1, height: 1, pressure: 0 });
  if (/pointer/.test(type)) {
    init.detail = 0;
    // What a release brings about still names the button.
    const released = moment.buttons === 0 && moment.detail;
    if (passing && !touch && !released && type !== "pointercancel") init.button = -1;
    if (init.buttons) init.pressure = touch ? 1 : 0.5;
  }
  return target.dispatchEvent(new PointerEvent(type, init));
}

/** A place in an element's box, in the viewport's CSS pixels; as fine as layout is, since fractions do not add up. */
export function spot(
  element: Element,
  { x, y }: { x: number; y: number },
): { clientX: number; clientY: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  const pixels = (value: number) => Math.round(value * 64) / 64;
  return { clientX: pixels(left + x * width), clientY: pixels(top + y * height) };
}
