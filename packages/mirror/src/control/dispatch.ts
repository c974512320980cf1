import * as dom from "../core/dom.ts";
import { realm } from "./tree.ts";

/**
 * Dispatches an event of a key or mouse button to the page alone. Some engines carry out the default even of events
 * that scripts dispatch: WebKit lets Enter's `keypress` press buttons and send forms, Space's scroll, `mousedown` drag
 * sliders and open lists, `auxclick` check boxes; Firefox lets Enter's `keypress` click links. We carry out every
 * default ourselves, after asking whether the agent may, so the engine is always kept from it: when the last of the
 * page's listeners has run, or when one of them stops the event. The page does not notice: what it reads of the event
 * is whether itself prevented it.
 *
 * Returns false when the page prevented the default.
 */
export function dispatchToPage(target: Element | Document, event: Event): boolean {
  const view = realm(target);
  const { preventDefault } = event;
  let closed = false;
  let prevented = false;
  const prevent = () => {
    prevented ||= event.cancelable;
  };
  /** Keeps the engine from the default. What the page says from now on is kept here. */
  const close = () => {
    if (closed) return;
    closed = true;
    prevented = event.defaultPrevented;
    preventDefault.call(event);
    Object.defineProperties(event, {
      preventDefault: { value: prevent, configurable: true },
      defaultPrevented: { get: () => prevented, configurable: true },
      returnValue: { get: () => !prevented, set: (value) => value || prevent(), configurable: true },
    });
  };
  for (const name of ["stopPropagation", "stopImmediatePropagation"] as const) {
    const stop = event[name];
    const value = () => {
      stop.call(event);
      close();
    };
    Object.defineProperty(event, name, { value, configurable: true });
  }
  const stop = (value: unknown) => {
    if (value) event.stopPropagation();
  };
  Object.defineProperty(event, "cancelBubble", { get: () => closed, set: stop, configurable: true });
  // Added last, it runs last.
  const last = (reached: Event) => {
    if (reached === event) close();
  };
  dom.addEventListener(view, event.type, last);
  try {
    const done = dom.dispatchEvent(target, event);
    return closed ? !prevented : done;
  } finally {
    dom.removeEventListener(view, event.type, last);
  }
}
