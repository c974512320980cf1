import type { Capture } from "../capture/types.ts";
import { clickedId, rangeEnds } from "./aim.ts";
import { textsBetween } from "./geometry.ts";
import { nameOf, shorten } from "./name.ts";
import { type MarkSink, Pad } from "./pad.ts";
import { Renderer } from "./renderer.ts";
import { type Entry, MarkStore } from "./store.ts";
import type { MarkEvents, MarkSettings, MarksEngine } from "./types.ts";
import { brushOf, countMarks, highlightColor, isHidden, keys, markerColor } from "./view.ts";
import {
  blankMark,
  clickMark,
  decodeMarks,
  encodeMarks,
  groupOf,
  type Mark,
  type MarkGroup,
  type MarkMessage,
  markLimits,
  SELECTION_KEY,
} from "./wire.ts";

/** The customer's number. */
const CUSTOMER = 0;

/** Viewers who ask for the set within this time get it together. */
const SET_MS = 60;

/** The customer's selection is looked at this long after it changed. */
const SELECTION_MS = 100;

/** Announcements wait until a drawing hand rests for so long. */
const ANNOUNCE_MS = 500;

type MarkedCapture = Pick<Capture, "markableNode" | "operableNode" | "operable" | "nearestId">;

export interface CustomerMarksOptions extends MarkEvents {
  window: Window & typeof globalThis;
  /** Lies over the viewport and is not mirrored. */
  layer: HTMLElement;
  /** The running capture: while there is none, marks stand but nobody is told. */
  capture(): MarkedCapture | undefined;
  /** Payload of a marks frame for one viewer, 0 for all. */
  send(viewer: number, payload: Uint8Array): void;
}

/** Makes the customer's half of the marks: it keeps the set and decides what stands in it. */
export function createCustomerMarks(options: CustomerMarksOptions): Required<MarksEngine> {
  return new CustomerMarks(options);
}

class CustomerMarks implements Required<MarksEngine> {
  readonly #options: CustomerMarksOptions;
  readonly #store: MarkStore;
  readonly #renderer: Renderer;
  readonly #pad: Pad;
  readonly #nextKey = keys();
  readonly #abort = new AbortController();
  readonly #wanting = new Set<number>();
  #settings: MarkSettings | undefined;
  /** The page's modal dialog that the layer is raised over. */
  #below: Element | undefined;
  #setTimer: ReturnType<typeof setTimeout> | undefined;
  #selectionTimer: ReturnType<typeof setTimeout> | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CustomerMarksOptions) {
    this.#options = options;
    const { window, layer } = options;
    const page = () => ({
      window,
      nearestId: (node: Node | null) => options.capture()?.nearestId(node) ?? 0,
    });
    this.#store = new MarkStore(() => this.#changed());
    this.#renderer = new Renderer({
      layer,
      store: this.#store,
      page,
      resolve: ({ nodes }) => (nodes.every((node) => node.isConnected) ? nodes : undefined),
      isHidden: (mark) => this.#isHidden(mark),
      // It is the customer's page: whoever drew in it.
      isRemovable: () => this.#settings?.enabled === true && !this.#settings.drawing,
      remove: ({ owner, key }) => this.#remove(owner, key),
      onStructure: () => this.#raise(),
    });
    this.#pad = new Pad({
      layer,
      sink: this.#sink,
      page,
      toPage: (x, y) => {
        const { left, top } = layer.getBoundingClientRect();
        return { x: x - left, y: y - top };
      },
      nextKey: this.#nextKey,
      onLeave: () => options.onLeave(),
    });
    this.#listen();
  }

  configure(settings: MarkSettings): void {
    this.#settings = settings;
    this.#pad.use(brushOf(settings), settings.labels);
    this.#renderer.update();
    if (!settings.textHighlight) this.#remove(CUSTOMER, SELECTION_KEY);
  }

  receive(viewer: number, payload: Uint8Array): void {
    if (!this.#settings?.enabled || viewer === CUSTOMER) return;
    try {
      this.#command(viewer, decodeMarks(payload));
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  undo(): void {
    const last = this.#store.lastOf(CUSTOMER);
    if (last) this.#remove(CUSTOMER, last.key);
  }

  clear(group: MarkGroup): void {
    this.#clear(CUSTOMER, group);
  }

  sync(): void {
    this.#sendSet(0);
    this.#selectionChanged();
  }

  present(numbers: ReadonlySet<number>): void {
    const gone = this.#store.removeWhere(({ mark }) => !numbers.has(mark.owner));
    for (const { owner, key } of gone) this.#send({ op: "remove", owner, key });
  }

  destroy(): void {
    this.#abort.abort();
    for (const timer of [this.#setTimer, this.#selectionTimer, this.#announceTimer]) clearTimeout(timer);
    this.#pad.destroy();
    this.#renderer.destroy();
    this.#store.destroy();
  }

  readonly #sink: MarkSink = {
    put: (drawn) => this.#accept({ ...drawn, owner: CUSTOMER }),
    extend: (key, points) => this.#extend(CUSTOMER, key, points),
    remove: (key) => this.#remove(CUSTOMER, key),
  };

  /** What an agent asks for. Its own number is the frame's, whatever the payload says. */
  #command(viewer: number, message: MarkMessage): void {
    switch (message.op) {
      case "put":
        if (this.#accept({ ...message.mark, owner: viewer })) this.#announce(viewer, message.mark.key);
        else this.#send({ op: "refuse", key: message.mark.key }, viewer);
        break;
      case "extend":
        this.#extend(viewer, message.key, message.points);
        break;
      case "remove":
        this.#remove(viewer, message.key);
        break;
      case "clear":
        this.#clear(viewer, message.group);
        break;
      case "want":
        this.#wanting.add(viewer);
        this.#setTimer ??= setTimeout(() => {
          this.#setTimer = undefined;
          for (const wanting of this.#wanting) this.#sendSet(wanting);
          this.#wanting.clear();
        }, SET_MS);
        break;
    }
  }

  /** Takes a mark into the set, if it hangs on what may be marked. */
  #accept(mark: Mark): boolean {
    const nodes = this.#nodesOf(mark);
    if (!nodes || mark.points.length > markLimits.points * 2) return false;
    const gone = this.#store.put(mark, nodes);
    this.#send({ op: "put", mark });
    for (const { owner, key } of gone) this.#send({ op: "remove", owner, key });
    return true;
  }

  #extend(owner: number, key: number, points: readonly number[]): void {
    if (this.#store.extend(owner, key, points)) this.#send({ op: "extend", owner, key, points });
  }

  #remove(owner: number, key: number): void {
    if (this.#store.remove(owner, key)) this.#send({ op: "remove", owner, key });
  }

  #clear(owner: number, group: MarkGroup): void {
    this.#store.clear(owner, group);
    this.#send({ op: "clear", owner, group });
  }

  /** Text must be readable where it begins and ends; strokes may point at what is masked or blocked. */
  #nodesOf({ kind, anchor, endAnchor }: Mark): Node[] | undefined {
    const capture = this.#options.capture();
    if (!capture) return undefined;
    if (kind !== "marker" && kind !== "selection") {
      const node = capture.markableNode(anchor);
      return node?.nodeType === Node.ELEMENT_NODE ? [node] : undefined;
    }
    const start = capture.operableNode(anchor);
    const end = capture.operableNode(endAnchor);
    if (start?.nodeType !== Node.TEXT_NODE || end?.nodeType !== Node.TEXT_NODE) return undefined;
    return textsBetween(start as Text, end as Text).length > 0 ? [start, end] : undefined;
  }

  #sendSet(viewer: number): void {
    const marks: Mark[] = [];
    for (const entry of this.#store.all) {
      const mark = this.#outgoing(entry);
      if (mark) marks.push(mark);
    }
    this.#send({ op: "set", marks }, viewer);
  }

  /** A mark with the ids that the present capture has given its nodes, and the time it has left. */
  #outgoing({ mark, nodes, expires }: Entry): Mark | undefined {
    const capture = this.#options.capture();
    const ids = nodes.map((node) => capture?.nearestId(node) ?? 0);
    if (!capture || ids.some((id, i) => capture.markableNode(id) !== nodes[i])) return undefined;
    const [anchor = 0, endAnchor = 0] = ids;
    const fadeMs = mark.fadeMs && Math.max(1, Math.round(expires - performance.now()));
    return { ...mark, anchor, endAnchor, fadeMs };
  }

  #send(message: MarkMessage, viewer = 0): void {
    if (this.#settings?.enabled && this.#options.capture()) this.#options.send(viewer, encodeMarks(message));
  }

  #listen(): void {
    const { window } = this.#options;
    const { document } = window;
    const options = { capture: true, passive: true, signal: this.#abort.signal } as const;
    document.addEventListener("selectionchange", () => this.#selectionChanged(), options);
    for (const type of ["pointerup", "keyup"]) window.addEventListener(type, () => this.#mark(), options);
    const clicked = (event: PointerEvent) => {
      const [target] = event.composedPath();
      // What the agent operates here is not the customer's click.
      if (event.isTrusted && target instanceof window.Element) this.#highlight(target);
    };
    window.addEventListener("pointerdown", clicked, options);
    window.addEventListener("keydown", (event) => this.#guard(event), { ...options, passive: false });
  }

  /** Who draws does not operate the page by keys either; Escape is the way out from anywhere. */
  #guard(event: KeyboardEvent): void {
    const { enabled, drawing } = this.#settings ?? {};
    const { layer, window } = this.#options;
    const root = layer.getRootNode();
    const ours = event.composedPath().includes(root === window.document ? layer : root);
    if (!enabled || !drawing || !event.isTrusted || ours) return;
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") this.#options.onLeave();
  }

  #selectionChanged(): void {
    if (!this.#settings?.textHighlight) return;
    this.#selectionTimer ??= setTimeout(() => {
      this.#selectionTimer = undefined;
      const settings = this.#settings;
      const ends = settings?.textHighlight ? this.#selected() : undefined;
      if (!ends) this.#remove(CUSTOMER, SELECTION_KEY);
      else if (settings) {
        this.#accept({ ...ends, kind: "selection", key: SELECTION_KEY, color: highlightColor(settings) });
      }
    }, SELECTION_MS);
  }

  /** Marker: what is selected when the hand lets go stays marked. */
  #mark(): void {
    const settings = this.#settings;
    if (!settings?.enabled || !settings.marker) return;
    const ends = this.#selected();
    if (!ends) return;
    this.#accept({ ...ends, kind: "marker", key: this.#nextKey(), color: markerColor(settings) });
    this.#options.window.getSelection()?.empty();
  }

  /** The readable text that is selected, without what is masked at its ends. */
  #selected(): Mark | undefined {
    const capture = this.#options.capture();
    const selection = this.#options.window.getSelection();
    if (!capture || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const ends = rangeEnds(selection.getRangeAt(0));
    if (!ends) return undefined;
    const readable = (text: Text) => capture.operableNode(capture.nearestId(text)) === text;
    const texts = textsBetween(ends[0].node, ends[1].node).filter(readable);
    const first = texts[0];
    const last = texts.at(-1);
    if (!first || !last) return undefined;
    return {
      ...blankMark,
      kind: "selection",
      color: 0,
      anchor: capture.nearestId(first),
      start: first === ends[0].node ? ends[0].offset : 0,
      endAnchor: capture.nearestId(last),
      end: last === ends[1].node ? ends[1].offset : last.length,
    };
  }

  #highlight(target: Element): void {
    const settings = this.#settings;
    const capture = this.#options.capture();
    if (!settings?.enabled || !settings.elementHighlight || settings.drawing || !capture) return;
    const anchor = clickedId(capture, target);
    if (anchor) this.#accept({ ...clickMark(anchor), color: highlightColor(settings) });
  }

  /** The customer knows what it selected and clicked. */
  #isHidden(mark: Mark): boolean {
    if (this.#settings === undefined || isHidden(this.#settings, mark)) return true;
    return mark.owner === CUSTOMER && groupOf(mark.kind) === "highlights";
  }

  /** Tells what an agent points at once its hand rests. */
  #announce(owner: number, key: number): void {
    if (!this.#options.onPoint) return;
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => {
      const entry = this.#store.get(owner, key);
      const capture = this.#options.capture();
      const node = entry?.nodes[0];
      if (!entry || !capture || !node || this.#isHidden(entry.mark)) return;
      const readable = (element: Element) => capture.operable(element);
      const name =
        node.nodeType === Node.ELEMENT_NODE
          ? nameOf(node as Element, readable)
          : markedText(entry, (text) => capture.operableNode(capture.nearestId(text)) === text);
      this.#options.onPoint?.({ owner, kind: entry.mark.kind, name });
    }, ANNOUNCE_MS);
  }

  /** Over a modal dialog of the page nothing is seen that is not in the top layer, after it. */
  #raise(): void {
    const { layer, window } = this.#options;
    const { host = layer } = layer.getRootNode() as ShadowRoot;
    const top = [...window.document.querySelectorAll("dialog:modal")].at(-1);
    // Whoever carries the layer may have raised it with all the rest.
    const modal = top?.contains(host) ? undefined : top;
    if (modal === this.#below || !("showPopover" in layer)) return;
    this.#below = modal;
    if (layer.popover) layer.hidePopover();
    layer.popover = modal ? "manual" : null;
    if (modal) layer.showPopover();
  }

  #changed(): void {
    this.#renderer?.update();
    this.#options.onChange(countMarks(this.#store, CUSTOMER));
  }
}

/** The words that are marked, without what is masked among them. */
function markedText({ mark, nodes }: Entry, readable: (text: Text) => boolean): string {
  const [start, end] = nodes as [Text, Text];
  const words = textsBetween(start, end).map((text) => {
    if (!readable(text)) return "";
    return text.data.slice(text === start ? mark.start : 0, text === end ? mark.end : undefined);
  });
  return shorten(words.join(" "));
}
