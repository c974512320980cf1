import type { Capture } from "../capture/types.ts";
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
  if (element?.nodeType !== Node.ELEMENT_NODE) return undefined;
  const box = boxInTop(element as Element);
  return { x: box.left + event.x * box.width, y: box.top + event.y * box.height };
}

/** An element's box in the CSS pixels of the mirrored window, which may itself be a frame of another page. */
function boxInTop(element: Element): { left: number; top: number; width: number; height: number } {
  const box = element.getBoundingClientRect();
  let { left, top } = box;
  const own = window.frameElement;
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame && frame !== own; ) {
    const outer = frame.getBoundingClientRect();
    left += outer.left + frame.clientLeft;
    top += outer.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return { left, top, width: box.width, height: box.height };
}
