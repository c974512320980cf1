import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { DOCUMENT, TEXT } from "../../core/node-types.ts";
import type { Pace } from "../../core/pace.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { writeScroll } from "./wire.ts";

/** Elements that have no scroll of their own, or have it so rarely that asking each costs more than it gives. */
const unscrolled = new Set(
  (
    "a abbr b br button caption circle cite code col colgroup defs em g h1 h2 h3 h4 h5 h6 head hr i iframe img input kbd " +
    "label legend line link meta option optgroup p path picture polygon polyline rect s script select small source " +
    "span strong style sub summary sup svg symbol tbody td template text tfoot th thead time title tr tspan u use video wbr"
  ).split(" "),
);

/** A text this short does not scroll by itself. */
const SHORT_TEXT = 200;

/** Scroll positions of windows and elements. */
export class ScrollCapture implements CaptureFeature {
  readonly #document: Document;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #pace: Pace;
  readonly #onChange: () => void;
  readonly #pending = new Map<Node, { left: number; top: number }>();

  constructor(document: Document, nodes: NodeTable, writer: MirrorWriter, pace: Pace, onChange: () => void) {
    this.#document = document;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#pace = pace;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pending.clear();
    this.document(this.#document);
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["scroll"], this.#scrolled, options);
  }

  /** An element that the viewers have just received may be scrolled already. */
  arrived(element: Element, tag: string): void {
    if (tag === "" || unscrolled.has(tag)) return;
    const first = dom.firstChild(element);
    if (first === null && tag !== "textarea") return;
    if (first && dom.nodeType(first) === TEXT && dom.nextSibling(first) === null) {
      if (dom.data(first as Text).length < SHORT_TEXT) return;
    }
    // The window's own scroll is the document's, and stands there under its id.
    if (dom.scrollTop(element) === 0 && dom.scrollLeft(element) === 0) return;
    if (element === dom.scrollingElement(dom.ownerDocument(element))) return;
    this.#pace.reset();
    this.#pending.set(element, positionOf(element));
  }

  /** The scroll of a document's window. */
  document(document: Document): void {
    // What belongs to the picture is never late.
    this.#pace.reset();
    this.#pending.set(document, positionOf(document));
  }

  flush(): void {
    if (this.#pending.size === 0 || !this.#pace.passes()) return;
    for (const [node, { left, top }] of this.#pending) {
      const id = this.#nodes.idOf(node);
      if (id) writeScroll(this.#writer, id, left, top);
    }
    this.#pending.clear();
  }

  /** Read here, where the layout is done, and not at the flush, where it may not be. */
  readonly #scrolled = (event: Event): void => {
    const node = event.target as Node;
    this.#pending.set(node, positionOf(node));
    this.#onChange();
  };
}

function positionOf(node: Node): { left: number; top: number } {
  if (dom.nodeType(node) === DOCUMENT) {
    const view = dom.defaultView(node as Document);
    return { left: (view && dom.scrollX(view)) ?? 0, top: (view && dom.scrollY(view)) ?? 0 };
  }
  return { left: dom.scrollLeft(node as Element), top: dom.scrollTop(node as Element) };
}
