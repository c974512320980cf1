import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import { contentDocument } from "../../core/content-document.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { DOCUMENT } from "../../core/node-types.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { rangeEnd } from "../../core/tree/range-end.ts";
import { Pseudo, writePseudo, writeSelection } from "./wire.ts";

/** Which element has the focus, is the address's target or fills the screen, and what text is selected. */
export class FocusCapture implements CaptureFeature {
  readonly #document: Document;
  readonly #closedRoots: WeakMap<Element, ShadowRoot>;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #states = new Map<Pseudo, number>();
  /** The document whose selection changed last: of several it is the customer's one. */
  #selecting: Document;
  #selection = "";
  #selectionPending = true;
  #hash: string | undefined;
  #target = 0;

  constructor({ window, nodes, writer, early, onChange }: CaptureParts) {
    const { document } = window;
    this.#document = document;
    this.#closedRoots = early.closedRoots;
    this.#selecting = document;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#states.clear();
    this.#selection = "";
    this.#selectionPending = true;
    this.#hash = undefined;
    this.#target = 0;
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    if (dom.nodeType(root) !== DOCUMENT) return;
    listen(root, ["focusin", "focusout", "fullscreenchange"], this.#onChange, options);
    listen(root, ["selectionchange"], this.#selected, options);
  }

  flush(): void {
    const focused = deepActive(this.#document, this.#closedRoots);
    const id = focused ? this.#nodes.idOf(focused) : 0;
    this.#state(Pseudo.focus, id);
    this.#state(Pseudo.focusVisible, id && focused && dom.matches(focused, ":focus-visible") ? id : 0);
    this.#state(Pseudo.focusHost, this.#nodes.idOf(focusHostOf(focused)));
    this.#state(Pseudo.target, this.#targetId());
    this.#state(Pseudo.fullscreen, this.#nodes.idOf(dom.fullscreenElement(this.#document)));
    if (!this.#selectionPending) return;
    this.#selectionPending = false;
    this.#select(focused);
  }

  readonly #selected = (event: Event): void => {
    this.#selecting = event.currentTarget as Document;
    this.#selectionPending = true;
    this.#onChange();
  };

  /** Looked up only when the address has changed, or while the page is still loading. */
  #targetId(): number {
    const hash = dom.defaultView(this.#document)?.location.hash ?? "";
    if (hash === this.#hash && dom.readyState(this.#document) === "complete") {
      return this.#nodes.byId(this.#target) === undefined ? 0 : this.#target;
    }
    this.#hash = hash;
    this.#target = hash ? this.#nodes.idOf(dom.querySelector(this.#document, ":target")) : 0;
    return this.#target;
  }

  #state(kind: Pseudo, id: number): void {
    if ((this.#states.get(kind) ?? 0) === id) return;
    this.#states.set(kind, id);
    writePseudo(this.#writer, kind, id);
  }

  #select(focused: Element | undefined): void {
    let ends: [number, number, number, number] = [0, 0, 0, 0];
    const selection = dom.getSelection(this.#selecting);
    const field = this.#inField(focused);
    if (field) ends = field;
    else if (selection && !selection.isCollapsed) {
      const anchor = rangeEnd(this.#nodes, selection.anchorNode, selection.anchorOffset);
      const focus = rangeEnd(this.#nodes, selection.focusNode, selection.focusOffset);
      if (anchor && focus) ends = [...anchor, ...focus];
    }
    const key = ends.join(" ");
    if (key === this.#selection || (this.#selection === "" && ends[0] === 0)) return;
    this.#selection = key;
    writeSelection(this.#writer, ...ends);
  }

  /** What is selected in a field: its id with the offsets in its value. */
  #inField(focused: Element | undefined): [number, number, number, number] | undefined {
    if (!focused || !/^(?:input|textarea)$/.test(dom.localName(focused))) return undefined;
    const start = dom.selectionStart(focused);
    const end = dom.selectionEnd(focused);
    const record = this.#nodes.mirrored(focused);
    if (start === end || start === null || end === null || !record || record.masked || record.blocked)
      return undefined;
    return [record.id, start, record.id, end];
  }
}

/** The focused element through shadow roots and iframes; undefined when only the page has the focus. */
function deepActive(document: Document, closedRoots: WeakMap<Element, ShadowRoot>): Element | undefined {
  let focused: Element | null = dom.activeElement(document);
  for (let inner = focused; inner !== null; ) {
    focused = inner;
    const root = dom.shadowRoot(inner) ?? closedRoots.get(inner) ?? contentDocument(inner);
    inner = (root && dom.activeElement(root)) ?? null;
    if (inner === focused) break;
  }
  const plain = focused === null || dom.localName(focused) === "body" || dom.localName(focused) === "html";
  return plain ? undefined : (focused as Element);
}

/** Hosts that delegate the focus have it together with what is in them. */
function focusHostOf(focused: Element | undefined): Element | null {
  let outermost: Element | null = null;
  let host = focused && hostOf(focused);
  for (; host; host = hostOf(host)) if (dom.matches(host, ":focus")) outermost = host;
  return outermost;
}

function hostOf(element: Element): Element | undefined {
  return dom.host(dom.getRootNode(element) as ShadowRoot);
}
