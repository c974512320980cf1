import * as dom from "../core/dom.ts";
import { AGENT_POINTER } from "../core/own-parts.ts";
import { dispatchToPage } from "./dispatch.ts";
import type { Moment } from "./moment.ts";
import { realm } from "./tree.ts";

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
  const { PointerEvent, MouseEvent } = realm(target);
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
  // Only presses and releases name a button. All other events list the held buttons in `buttons`.
  const passing = !/down$|up$|click$|menu$/.test(type);
  if (passing) {
    init.button = 0;
    init.detail = 0;
  }
  if (!/^pointer|capture$|^(click|auxclick|contextmenu)$/.test(type)) {
    return send(target, new MouseEvent(type, init));
  }
  Object.assign(init, { pointerId: AGENT_POINTER, isPrimary: true, width: 1, height: 1, pressure: 0 });
  if (/pointer/.test(type)) {
    init.detail = 0;
    // What a release brings about still names the button.
    const released = moment.buttons === 0 && moment.detail;
    if (passing && !touch && !released && type !== "pointercancel") init.button = -1;
    if (init.buttons) init.pressure = touch ? 1 : 0.5;
  }
  return send(target, new PointerEvent(type, init));
}

/** The default of a click is the engine's to carry out, in all of them. That of other buttons' events is ours. */
function send(target: Element | Document, event: MouseEvent): boolean {
  const ours = /^(mouse(down|up)|dblclick|auxclick|contextmenu)$/.test(event.type);
  return ours ? dispatchToPage(target, event) : dom.dispatchEvent(target, event);
}
