import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { DOCUMENT, ELEMENT } from "../../core/node-types.ts";
import { AGENT_POINTER } from "../../core/own-parts.ts";
import type { Pace } from "../../core/pace.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { parentOrHost } from "../../core/walk.ts";
import { Pseudo, writePseudo } from "../focus/wire.ts";
import { writeCursor } from "./wire.ts";

/** The customer's mouse or finger: where it is, what it hovers and presses. */
export class PointingCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #pace: Pace;
  readonly #onChange: () => void;
  #cursor: { x: number; y: number } | undefined;
  #cursorPending = false;
  #over: Node | null = null;
  #pressed: Node | null = null;
  #hover = 0;
  #active = 0;

  constructor(nodes: NodeTable, writer: MirrorWriter, pace: Pace, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#pace = pace;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pace.reset();
    this.#hover = 0;
    this.#active = 0;
    this.#cursorPending = this.#cursor !== undefined;
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    if (dom.nodeType(root) !== DOCUMENT) return;
    listen(root, ["pointermove", "pointerover"], this.#moved, options);
    listen(root, ["pointerdown"], this.#down, options);
    listen(root, ["pointerout"], this.#out, options);
    listen(root, ["pointerup", "pointercancel"], this.#up, options);
  }

  flush(): void {
    const hover = this.#nearest(this.#over);
    const active = this.#nearest(this.#pressed);
    const owed = this.#cursorPending || hover !== this.#hover || active !== this.#active;
    if (!owed || !this.#pace.passes()) return;
    if (this.#cursorPending && this.#cursor) writeCursor(this.#writer, this.#cursor.x, this.#cursor.y);
    this.#cursorPending = false;
    if (hover !== this.#hover) writePseudo(this.#writer, Pseudo.hover, hover);
    this.#hover = hover;
    if (active !== this.#active) writePseudo(this.#writer, Pseudo.active, active);
    this.#active = active;
  }

  readonly #moved = (event: Event): void => {
    if (!event.isTrusted) {
      // What the agent does in the page is not where the customer's hand is, but it shows what it hovers.
      if ((event as PointerEvent).pointerId === AGENT_POINTER) this.#hovers(event.composedPath()[0]);
      return;
    }
    const { clientX, clientY } = event as PointerEvent;
    this.#over = (event.composedPath()[0] ?? null) as Node | null;
    const { x, y } = frameOffset(this.#over);
    this.#cursor = { x: clientX + x, y: clientY + y };
    this.#cursorPending = true;
    this.#onChange();
  };

  readonly #down = (event: Event): void => {
    this.#moved(event);
    if (event.isTrusted) this.#pressed = this.#over;
  };

  readonly #up = (event: Event): void => {
    if (!event.isTrusted) return;
    this.#pressed = null;
    this.#onChange();
  };

  /** The pointer left the window. */
  readonly #out = (event: Event): void => {
    const { isTrusted, pointerId, relatedTarget } = event as PointerEvent;
    if ((isTrusted || pointerId === AGENT_POINTER) && relatedTarget === null) this.#hovers(null);
  };

  #hovers(node: EventTarget | null | undefined): void {
    this.#over = (node ?? null) as Node | null;
    this.#onChange();
  }

  /** The innermost mirrored element at or above a node. */
  #nearest(node: Node | null): number {
    for (let up = node; up !== null; up = parentOrHost(up)) {
      if (dom.nodeType(up) !== ELEMENT) continue;
      const id = this.#nodes.idOf(up);
      if (id) return id;
    }
    return 0;
  }
}

/** Where the viewport of a node's document stands in the top viewport, in CSS pixels. */
function frameOffset(node: Node | null): { x: number; y: number } {
  let x = 0;
  let y = 0;
  const document = node && dom.ownerDocument(node);
  for (let view = document && dom.defaultView(document); view; ) {
    const frame = dom.frameElement(view);
    if (!frame) break;
    const box = dom.getBoundingClientRect(frame);
    x += box.left + dom.clientLeft(frame);
    y += box.top + dom.clientTop(frame);
    view = dom.viewOf(frame);
  }
  return { x, y };
}
