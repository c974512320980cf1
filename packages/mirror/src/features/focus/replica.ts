import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { parentOrHost } from "../../core/walk.ts";
import { SELECTION, stateAttributes } from "../styles/selectors.ts";
import { type FocusOperations, focusReaders, Pseudo } from "./wire.ts";

const STATE_STEPS = 100;

/** Shows hover, focus and their like as attributes, and what text the customer has selected. */
export class FocusReplica implements ReplicaFeature, FocusOperations {
  readonly handlers = handledBy<FocusOperations>(this, focusReaders);
  readonly #nodes: ReplicaNodes;
  readonly #document: Document;
  readonly #marks = new Map<string, Set<Element>>();
  /** What has the focus, whether that is to be seen, and the outermost host that has it too. */
  #focus = { id: 0, visible: 0, host: 0 };
  #selected = () => "";
  /** The highlights of the window whose document has the selection. */
  #highlighted: HighlightRegistry | undefined;

  constructor(nodes: ReplicaNodes, document: Document) {
    this.#nodes = nodes;
    this.#document = document;
  }

  pseudo(kind: Pseudo, id: number): void {
    this.#nodes.bounds.work(STATE_STEPS);
    const { hover, active, focusWithin, target, fullscreen } = stateAttributes;
    switch (kind) {
      case Pseudo.hover:
        this.#mark(hover, id, true);
        break;
      case Pseudo.active:
        this.#mark(active, id, true);
        break;
      case Pseudo.focus:
        this.#focus.id = id;
        this.#mark(focusWithin, id, true);
        this.#markFocus();
        break;
      case Pseudo.focusVisible:
        this.#focus.visible = id;
        this.#markFocus();
        break;
      case Pseudo.focusHost:
        this.#focus.host = id;
        this.#markFocus();
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
    this.#nodes.bounds.work(STATE_STEPS);
    this.#highlighted?.delete(SELECTION);
    this.#selected = () => "";
    const anchor = this.#nodes.get(anchorId);
    const focus = this.#nodes.get(focusId);
    if (!anchor || !focus) return;
    if (anchor === focus && "selectionStart" in anchor) {
      // No browser shows a selection in a field without the focus.
      this.#selected = () => dom.value(anchor as HTMLInputElement).slice(anchorOffset, focusOffset);
      return;
    }
    const document = dom.ownerDocument(anchor) ?? this.#document;
    const window = dom.defaultView(document) as (Window & typeof globalThis) | null;
    const range = dom.createRange(document);
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

  #markFocus(): void {
    const { id, visible, host } = this.#focus;
    const focused = this.#nodes.get(id);
    const marked = new Set<Element>();
    if (focused && dom.nodeType(focused) === Node.ELEMENT_NODE) marked.add(focused as Element);
    // The focus is to be seen at that alone, not at its hosts.
    this.#set(stateAttributes.focusVisible, visible === id ? new Set(marked) : new Set());
    const outermost = this.#nodes.get(host);
    for (
      let up = outermost && focused ? hostOf(focused) : undefined;
      up;
      up = up === outermost ? undefined : hostOf(up)
    )
      marked.add(up);
    this.#set(stateAttributes.focus, marked);
  }

  /** Marks the element (and, where the state is inherited, all above it) as being in a state. */
  #mark(attribute: string, id: number, inherited: boolean): void {
    const marked = new Set<Element>();
    for (let up: Node | null = this.#nodes.get(id) ?? null; up !== null; ) {
      if (dom.nodeType(up) === Node.ELEMENT_NODE) {
        marked.add(up as Element);
        // A label hands on what happens to it.
        const control =
          inherited && dom.nodeName(up) === "LABEL" ? dom.control(up as HTMLLabelElement) : null;
        if (control) marked.add(control);
      }
      up = inherited ? parentOrHost(up) : null;
    }
    this.#set(attribute, marked);
  }

  #set(attribute: string, marked: Set<Element>): void {
    for (const element of this.#marks.get(attribute) ?? [])
      if (!marked.has(element)) dom.removeAttribute(element, attribute);
    for (const element of marked)
      if (!dom.hasAttribute(element, attribute)) dom.setAttribute(element, attribute, "");
    this.#marks.set(attribute, marked);
  }
}

function hostOf(node: Node): Element | undefined {
  return dom.host(dom.getRootNode(node) as ShadowRoot);
}

function clampOffset(node: Node, offset: number): number {
  const most =
    dom.nodeType(node) === Node.TEXT_NODE ? dom.dataLength(node as Text) : dom.childNodes(node).length;
  return Math.min(offset, most);
}
