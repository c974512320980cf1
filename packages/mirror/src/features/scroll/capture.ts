import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { DOCUMENT, TEXT } from "../../core/node-types.ts";
import type { Pace } from "../../core/pace.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { writeScroll } from "./wire.ts";

/** Elements that have a scroll of their own so rarely that they are asked later, bit by bit. */
const unscrolled = new Set(
  (
    "a abbr b br button caption circle cite code col colgroup defs em g h1 h2 h3 h4 h5 h6 head hr i iframe img input kbd " +
    "label legend line link meta option optgroup p path picture polygon polyline rect s script select small source " +
    "span strong style sub summary sup svg symbol tbody td template text tfoot th thead time title tr tspan u use video wbr"
  ).split(" "),
);

/** A text this short rarely scrolls by itself. */
const SHORT_TEXT = 200;

/** How long one turn of asking may take, in milliseconds. */
const TURN_MS = 1;

/** Those that are scrolled are asked again at most this often, in milliseconds. */
const COMPARE_MS = 600;

/** Scroll positions of windows and elements. */
export class ScrollCapture implements CaptureFeature {
  readonly #document: Document;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #pace: Pace;
  readonly #onChange: () => void;
  readonly #now: () => number;
  readonly #pending = new Map<Node, { left: number; top: number }>();
  /** Elements that the viewers have and that were not asked yet where they are scrolled to. */
  #unasked: Element[] = [];
  /** Elements that the viewers have scrolled: one that is moved in the page is back at its beginning. */
  readonly #away = new Map<Element, { left: number; top: number }>();
  #comparedAt = 0;

  constructor(
    parts: { window: Window; nodes: NodeTable; writer: MirrorWriter; now: () => number },
    pace: Pace,
    onChange: () => void,
  ) {
    this.#document = parts.window.document;
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#now = parts.now;
    this.#pace = pace;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#unasked = [];
    this.#away.clear();
    this.#pending.clear();
    this.document(this.#document);
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["scroll"], this.#scrolled, options);
  }

  /**
   * An element that the viewers have just received may be scrolled already.
   * @param first the page is sent for the first time
   */
  arrived(element: Element, tag: string, first: boolean): void {
    if (tag === "") return;
    const child = dom.firstChild(element);
    if (child === null && tag !== "textarea" && tag !== "input") {
      // What it shows may stand in a shadow root.
      if (tag.includes("-") || dom.shadowRoot(element)) this.#unasked.push(element);
      return;
    }
    const short =
      child !== null &&
      dom.nodeType(child) === TEXT &&
      dom.nextSibling(child) === null &&
      dom.data(child as Text).length < SHORT_TEXT;
    if (first && !short && !unscrolled.has(tag)) this.#ask(element);
    else this.#unasked.push(element);
  }

  poll(): boolean {
    const until = this.#now() + TURN_MS;
    for (let next = this.#unasked.pop(); next; next = this.#unasked.pop()) {
      if (this.#nodes.idOf(next)) this.#ask(next);
      if (this.#now() >= until) break;
    }
    const now = this.#now();
    if (now - this.#comparedAt >= COMPARE_MS) {
      this.#comparedAt = now;
      for (const [element, { left, top }] of this.#away) {
        if (!this.#nodes.idOf(element)) this.#away.delete(element);
        else if (Math.abs(dom.scrollLeft(element) - left) + Math.abs(dom.scrollTop(element) - top) >= 1)
          this.#pending.set(element, positionOf(element));
        if (this.#now() >= now + TURN_MS) break;
      }
    }
    return this.#pending.size > 0;
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
      if (dom.nodeType(node) === DOCUMENT) continue;
      this.#away.delete(node as Element);
      if (left || top) this.#away.set(node as Element, { left, top });
    }
    this.#pending.clear();
  }

  #ask(element: Element): void {
    // The window's own scroll is the document's, and stands there under its id.
    if (dom.scrollTop(element) === 0 && dom.scrollLeft(element) === 0) return;
    if (element === dom.scrollingElement(dom.ownerDocument(element))) return;
    this.#pace.reset();
    this.#pending.set(element, positionOf(element));
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
