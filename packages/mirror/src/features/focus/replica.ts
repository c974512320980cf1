import { handledBy } from "../../core/codec/reader.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { parentOrHost } from "../../core/walk.ts";
import { SELECTION, stateAttributes } from "../styles/selectors.ts";
import { type FocusOperations, focusReaders, Pseudo } from "./wire.ts";

/** Shows hover, focus and their like as attributes, and what text the customer has selected. */
export class FocusReplica implements ReplicaFeature, FocusOperations {
  readonly handlers = handledBy<FocusOperations>(this, focusReaders);
  readonly #nodes: ReplicaNodes;
  readonly #document: Document;
  readonly #marks = new Map<string, Set<Element>>();
  #selected = () => "";
  /** The highlights of the window whose document has the selection. */
  #highlighted: HighlightRegistry | undefined;

  constructor(nodes: ReplicaNodes, document: Document) {
    this.#nodes = nodes;
    this.#document = document;
  }

  pseudo(kind: Pseudo, id: number): void {
    const { hover, active, focus, focusVisible, focusWithin, target, fullscreen } = stateAttributes;
    switch (kind) {
      case Pseudo.hover:
        this.#mark(hover, id, true);
        break;
      case Pseudo.active:
        this.#mark(active, id, true);
        break;
      case Pseudo.focus:
        this.#mark(focus, id, false);
        this.#mark(focusWithin, id, true);
        break;
      case Pseudo.focusVisible:
        this.#mark(focusVisible, id, false);
        break;
      case Pseudo.target:
        this.#mark(target, id, false);
        break;
      case Pseudo.fullscreen:
        this.#mark(fullscreen, id, false);
        break;
    }
  }

  selection(anchorId: number, anchorOffset: number, focusId: number, focusOffset: number): void {
    this.#highlighted?.delete(SELECTION);
    this.#selected = () => "";
    const anchor = this.#nodes.get(anchorId);
    const focus = this.#nodes.get(focusId);
    if (!anchor || !focus) return;
    if (anchor === focus && "selectionStart" in anchor) {
      // No browser shows a selection in a field without the focus.
      this.#selected = () => (anchor as HTMLInputElement).value.slice(anchorOffset, focusOffset);
      return;
    }
    const document = anchor.ownerDocument ?? this.#document;
    const window = document.defaultView as (Window & typeof globalThis) | null;
    const range = document.createRange();
    range.setStart(anchor, clampOffset(anchor, anchorOffset));
    range.setEnd(focus, clampOffset(focus, focusOffset));
    if (range.collapsed) {
      // Selected backwards: the focus comes first.
      range.setStart(focus, clampOffset(focus, focusOffset));
      range.setEnd(anchor, clampOffset(anchor, anchorOffset));
    }
    this.#selected = () => String(range);
    this.#highlighted = window?.CSS?.highlights;
    if (window) this.#highlighted?.set(SELECTION, new window.Highlight(range));
  }

  /** The text that the customer's page has selected. */
  get selectedText(): string {
    return this.#selected();
  }

  /** Marks the element (and, where the state is inherited, all above it) as being in a state. */
  #mark(attribute: string, id: number, inherited: boolean): void {
    const marked = new Set<Element>();
    for (let up: Node | null = this.#nodes.get(id) ?? null; up !== null; ) {
      if (up.nodeType === Node.ELEMENT_NODE) {
        marked.add(up as Element);
        // A label hands on what happens to it.
        const control = inherited && up.nodeName === "LABEL" ? (up as HTMLLabelElement).control : null;
        if (control) marked.add(control);
      }
      up = inherited ? parentOrHost(up) : null;
    }
    for (const element of this.#marks.get(attribute) ?? [])
      if (!marked.has(element)) element.removeAttribute(attribute);
    for (const element of marked) if (!element.hasAttribute(attribute)) element.setAttribute(attribute, "");
    this.#marks.set(attribute, marked);
  }
}

function clampOffset(node: Node, offset: number): number {
  const most = node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length;
  return Math.min(offset, most);
}
