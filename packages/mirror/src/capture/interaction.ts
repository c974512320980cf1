import { type MirrorWriter, Pseudo, TopLayer } from "@copane/protocol";
import type { NodeRecord, NodeTable } from "./nodes.ts";
import { baseUrlOf } from "./walker.ts";

/** What the customer does without changing the DOM: scroll, point, focus, select, resize, navigate. */
export class Interaction {
  readonly #window: Window & typeof globalThis;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #scrolled = new Set<Node>();
  readonly #layers = new Map<NodeRecord, TopLayer>();
  readonly #pseudo = new Map<Pseudo, number>();
  #cursor: { x: number; y: number; target: Node | null } | undefined;
  #cursorOwed = false;
  #pressed: Node | null = null;
  #page = "";
  #viewport = "";
  #selection = "";

  constructor(
    window: Window & typeof globalThis,
    nodes: NodeTable,
    writer: MirrorWriter,
    onChange: () => void,
  ) {
    this.#window = window;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  /** A new epoch: the viewers know nothing. */
  clear(): void {
    this.#page = "";
    this.#viewport = "";
    this.#selection = "";
    this.#pseudo.clear();
    this.#layers.clear();
    this.#scrolled.clear();
    this.#scrolled.add(this.#window.document);
    this.#cursorOwed = this.#cursor !== undefined;
  }

  /** Listens in a document or shadow root; `signal` ends it. */
  listen(root: Document | ShadowRoot, signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal } as const;
    root.addEventListener("scroll", (event) => this.#scroll(event.target as Node), options);
    root.addEventListener("toggle", (event) => this.#layer(event.target as Element), options);
    if (root.nodeType !== Node.DOCUMENT_NODE) return;
    for (const type of ["pointermove", "pointerover"]) {
      root.addEventListener(type, (event) => this.#point(event as PointerEvent), options);
    }
    root.addEventListener("pointerdown", (event) => this.#press(event as PointerEvent), options);
    for (const type of ["pointerup", "pointercancel"])
      root.addEventListener(type, () => this.#release(), options);
    for (const type of ["focusin", "focusout", "selectionchange", "fullscreenchange"]) {
      root.addEventListener(type, this.#onChange, options);
    }
  }

  listenWindow(signal: AbortSignal): void {
    for (const type of ["resize", "hashchange", "popstate"]) {
      this.#window.addEventListener(type, this.#onChange, { passive: true, signal });
    }
  }

  /** Scroll that an element had when the viewers received it. */
  addScrolled(element: Element): void {
    // The window's own scroll is the document's, and stands there under its id.
    if (element === element.ownerDocument.scrollingElement) return;
    if (element.scrollTop !== 0 || element.scrollLeft !== 0) this.#scrolled.add(element);
  }

  /** The scroll of an iframe's document. */
  addDocument(document: Document): void {
    this.#scrolled.add(document);
  }

  /** Elements that can stand in the top layer. */
  addLayered(element: Element): void {
    if (element.localName === "dialog" || element.hasAttribute("popover")) this.#layer(element);
  }

  /** Page and viewport, which must be known before the first node. */
  flushFrame(): void {
    const { document, innerWidth, innerHeight } = this.#window;
    const url = visibleUrl(this.#window.location);
    const base = baseUrlOf(document);
    const page = `${url}\n${base}\n${document.title}`;
    if (page !== this.#page) {
      this.#page = page;
      this.#writer.page(url, base, document.title);
    }
    const client = document.documentElement?.clientWidth || innerWidth;
    const viewport = `${innerWidth} ${innerHeight} ${client}`;
    if (viewport !== this.#viewport) {
      this.#viewport = viewport;
      this.#writer.viewport(innerWidth, innerHeight, client);
    }
  }

  /** The rest, once the nodes it names are there. */
  flush(): void {
    for (const [record, state] of this.#layers) {
      if (record.mirrored) this.#writer.topLayer(record.id, state);
    }
    this.#layers.clear();
    for (const node of this.#scrolled) this.#writeScroll(node);
    this.#scrolled.clear();
    if (this.#cursorOwed && this.#cursor) this.#writer.cursor(this.#cursor.x, this.#cursor.y);
    this.#cursorOwed = false;
    this.#writePseudo(Pseudo.hover, this.#nearest(this.#cursor?.target ?? null));
    this.#writePseudo(Pseudo.active, this.#nearest(this.#pressed));
    this.#flushFocus();
    this.#flushSelection();
  }

  /** Whether the address or title changed without an event. */
  changed(): boolean {
    const { document, location } = this.#window;
    return this.#page !== `${visibleUrl(location)}\n${baseUrlOf(document)}\n${document.title}`;
  }

  #writeScroll(node: Node): void {
    const id = this.#nodes.idOf(node);
    if (!id) return;
    if (node.nodeType === Node.DOCUMENT_NODE) {
      const view = (node as Document).defaultView;
      if (view) this.#writer.scroll(id, view.scrollX, view.scrollY);
    } else {
      const element = node as Element;
      this.#writer.scroll(id, element.scrollLeft, element.scrollTop);
    }
  }

  #flushFocus(): void {
    let focused: Element | null = this.#window.document.activeElement;
    for (let inner = focused; inner !== null; ) {
      focused = inner;
      const content = inner.localName === "iframe" ? safeDocument(inner) : undefined;
      inner = (inner.shadowRoot ?? content)?.activeElement ?? null;
      if (inner === focused) break;
    }
    const plain = focused === null || focused.localName === "body" || focused.localName === "html";
    const id = plain ? 0 : this.#nodes.idOf(focused);
    this.#writePseudo(Pseudo.focus, id);
    this.#writePseudo(Pseudo.focusVisible, id && focused?.matches(":focus-visible") ? id : 0);
  }

  #flushSelection(): void {
    const selection = this.#window.document.getSelection();
    let ends: [number, number, number, number] = [0, 0, 0, 0];
    if (selection && !selection.isCollapsed) {
      const anchor = this.#nodes.mirrored(selection.anchorNode);
      const focus = this.#nodes.mirrored(selection.focusNode);
      // Offsets into masked text would tell its length.
      if (anchor && focus && !anchor.masked && !focus.masked && !anchor.opaque && !focus.opaque) {
        ends = [
          anchor.id,
          mirroredOffset(this.#nodes, anchor.node, selection.anchorOffset),
          focus.id,
          mirroredOffset(this.#nodes, focus.node, selection.focusOffset),
        ];
      }
    }
    const key = ends.join(" ");
    if (key === this.#selection || (this.#selection === "" && ends[0] === 0)) return;
    this.#selection = key;
    this.#writer.selection(...ends);
  }

  #writePseudo(kind: Pseudo, id: number): void {
    if ((this.#pseudo.get(kind) ?? 0) === id) return;
    this.#pseudo.set(kind, id);
    this.#writer.pseudo(kind, id);
  }

  #scroll(target: Node): void {
    this.#scrolled.add(target);
    this.#onChange();
  }

  #layer(element: Element): void {
    const record = this.#nodes.mirrored(element);
    if (record === undefined) return;
    const state = element.matches(":modal")
      ? TopLayer.modal
      : element.matches(":popover-open")
        ? TopLayer.popover
        : TopLayer.none;
    this.#layers.set(record, state);
    this.#onChange();
  }

  #point(event: PointerEvent): void {
    if (!event.isTrusted) return;
    const target = (event.composedPath()[0] ?? null) as Node | null;
    const offset = frameOffset(target);
    this.#cursor = { x: event.clientX + offset.x, y: event.clientY + offset.y, target };
    this.#cursorOwed = true;
    this.#onChange();
  }

  #press(event: PointerEvent): void {
    this.#point(event);
    this.#pressed = this.#cursor?.target ?? null;
  }

  #release(): void {
    this.#pressed = null;
    this.#onChange();
  }

  /** The innermost mirrored element at or above a node. */
  #nearest(node: Node | null): number {
    for (let up = node; up !== null; up = up.parentNode ?? (up as ShadowRoot).host ?? null) {
      if (up.nodeType === Node.ELEMENT_NODE) {
        const id = this.#nodes.idOf(up);
        if (id) return id;
      }
    }
    return 0;
  }
}

/** Comments are not mirrored, so an offset among children counts mirrored ones only. */
function mirroredOffset(nodes: NodeTable, node: Node, offset: number): number {
  if (node.nodeType !== Node.ELEMENT_NODE) return offset;
  let count = 0;
  let child = node.firstChild;
  for (let i = 0; i < offset && child !== null; i++, child = child.nextSibling)
    if (nodes.idOf(child)) count++;
  return count;
}

/** The address as the agent may see it: a query, or a hash with values, can hold a secret. */
function visibleUrl({ origin, pathname, hash }: Location): string {
  return `${origin}${pathname}${hash.includes("=") ? "" : hash}`;
}

/** Where the viewport of a node's document stands in the top viewport, in CSS pixels. */
function frameOffset(node: Node | null): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let view = node?.ownerDocument?.defaultView ?? null;
  while (view?.frameElement) {
    const box = view.frameElement.getBoundingClientRect();
    x += box.left + (view.frameElement as HTMLElement).clientLeft;
    y += box.top + (view.frameElement as HTMLElement).clientTop;
    view = view.frameElement.ownerDocument.defaultView;
  }
  return { x, y };
}

function safeDocument(frame: Element): Document | undefined {
  try {
    return (frame as HTMLIFrameElement).contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}
