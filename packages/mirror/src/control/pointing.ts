import type { Capture } from "../capture/types.ts";
import * as dom from "../core/dom.ts";
import { decodePointer } from "./wire.ts";

/**
 * Where an agent points, from the payload of a pointer frame, in the viewport's CSS pixels; undefined when
 * the pointer left the page. Throws `MalformedFrameError`.
 */
export function pointedAt(
  payload: Uint8Array,
  capture: Pick<Capture, "operableNode">,
): { x: number; y: number } | undefined {
  const event = decodePointer(payload);
  if (event.kind === "gone") return undefined;
  const element = capture.operableNode(event.id);
  if ((element && dom.nodeType(element)) !== Node.ELEMENT_NODE) return undefined;
  const box = boxInTop(element as Element);
  return { x: box.left + event.x * box.width, y: box.top + event.y * box.height };
}

/** An element's box in the CSS pixels of the mirrored window, which may itself be a subframe of another page. */
function boxInTop(element: Element): { left: number; top: number; width: number; height: number } {
  const box = dom.getBoundingClientRect(element);
  let { left, top } = box;
  const own = dom.frameElement(window);
  for (let frame = frameAround(element); frame && frame !== own; ) {
    const outer = dom.getBoundingClientRect(frame);
    left += outer.left + dom.clientLeft(frame);
    top += outer.top + dom.clientTop(frame);
    frame = frameAround(frame);
  }
  return { left, top, width: box.width, height: box.height };
}

/** The frame that an element's document stands in. */
function frameAround(element: Element): Element | null {
  const view = dom.defaultView(dom.ownerDocument(element));
  return view && dom.frameElement(view);
}
