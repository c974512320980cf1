import { CUSTOMER_NUMBER } from "@copane/protocol";
import * as dom from "../core/dom.ts";
import { clickedId } from "./aim.ts";
import { nodesOf, withPresentIds } from "./anchoring.ts";
import { Announcer } from "./announcer.ts";
import { CustomerSelection } from "./customer-selection.ts";
import { type MarkSink, Pad } from "./pad.ts";
import { Renderer } from "./renderer.ts";
import { MarkStore } from "./store.ts";
import { TopLayer } from "./top-layer.ts";
import type { MarkEvents, MarkedCapture, MarkSettings, MarksEngine } from "./types.ts";
import { brushOf, countMarks, highlightColor, isHidden, keys, markerColor } from "./view.ts";
import {
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

/** Viewers who ask for the set within this time get it together. */
const SET_MS = 60;

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
  readonly #selection: CustomerSelection;
  readonly #announcer: Announcer;
  readonly #nextKey = keys();
  readonly #abort = new AbortController();
  readonly #wanting = new Set<number>();
  #settings: MarkSettings | undefined;
  #setTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CustomerMarksOptions) {
    this.#options = options;
    const { window, layer } = options;
    const page = () => ({
      window,
      nearestId: (node: Node | null) => options.capture()?.nearestId(node) ?? 0,
    });
    const topLayer = new TopLayer(layer, window.document);
    this.#store = new MarkStore(() => this.#changed());
    this.#selection = new CustomerSelection({
      window,
      capture: () => options.capture(),
      onChange: (selected) => this.#showSelection(selected),
    });
    this.#announcer = new Announcer({
      store: this.#store,
      capture: () => options.capture(),
      isHidden: (mark) => this.#isHidden(mark),
      onPoint: (point) => options.onPoint?.(point),
    });
    this.#renderer = new Renderer({
      layer,
      store: this.#store,
      page,
      resolve: ({ nodes }) => (nodes.every((node) => dom.isConnected(node)) ? nodes : undefined),
      isHidden: (mark) => this.#isHidden(mark),
      // It is the customer's page: whoever drew in it.
      isRemovable: () => this.#settings?.enabled === true && !this.#settings.drawing,
      remove: ({ owner, key }) => this.#remove(owner, key),
      onStructure: () => topLayer.update(),
    });
    this.#pad = new Pad({
      layer,
      sink: this.#sink,
      page,
      toPage: (x, y) => {
        const { left, top } = dom.getBoundingClientRect(layer);
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
    if (!settings.textHighlight) this.#remove(CUSTOMER_NUMBER, SELECTION_KEY);
  }

  receive(viewer: number, payload: Uint8Array): void {
    if (!this.#settings?.enabled || viewer === CUSTOMER_NUMBER) return;
    try {
      this.#command(viewer, decodeMarks(payload));
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  undo(): void {
    const last = this.#store.lastOf(CUSTOMER_NUMBER);
    if (last) this.#remove(CUSTOMER_NUMBER, last.key);
  }

  clear(group: MarkGroup): void {
    this.#clear(CUSTOMER_NUMBER, group);
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
    clearTimeout(this.#setTimer);
    this.#selection.stop();
    this.#announcer.stop();
    this.#pad.destroy();
    this.#renderer.destroy();
    this.#store.destroy();
  }

  readonly #sink: MarkSink = {
    put: (drawn) => this.#accept({ ...drawn, owner: CUSTOMER_NUMBER }),
    extend: (key, points) => this.#extend(CUSTOMER_NUMBER, key, points),
    remove: (key) => this.#remove(CUSTOMER_NUMBER, key),
  };

  /** What an agent asks for. Its own number is the frame's, whatever the payload says. */
  #command(viewer: number, message: MarkMessage): void {
    switch (message.op) {
      case "put":
        if (this.#accept({ ...message.mark, owner: viewer }))
          this.#announcer.announce(viewer, message.mark.key);
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
    const nodes = nodesOf(this.#options.capture(), mark);
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

  #sendSet(viewer: number): void {
    const marks: Mark[] = [];
    for (const entry of this.#store.all) {
      const mark = withPresentIds(this.#options.capture(), entry);
      if (mark) marks.push(mark);
    }
    this.#send({ op: "set", marks }, viewer);
  }

  #send(message: MarkMessage, viewer = 0): void {
    if (this.#settings?.enabled && this.#options.capture()) this.#options.send(viewer, encodeMarks(message));
  }

  #listen(): void {
    const { window } = this.#options;
    const { document } = window;
    const options = { capture: true, passive: true, signal: this.#abort.signal } as const;
    dom.addEventListener(document, "selectionchange", () => this.#selectionChanged(), options);
    for (const type of ["pointerup", "keyup"])
      dom.addEventListener(window, type, () => this.#markSelection(), options);
    const clicked = (event: PointerEvent) => {
      const [target] = event.composedPath();
      // What the agent operates here is not the customer's click.
      if (event.isTrusted && target instanceof window.Element) this.#highlight(target);
    };
    dom.addEventListener(window, "pointerdown", clicked, options);
    dom.addEventListener(window, "keydown", (event) => this.#guard(event), { ...options, passive: false });
  }

  /** Who draws does not operate the page by keys either; Escape is the way out from anywhere. */
  #guard(event: KeyboardEvent): void {
    const { enabled, drawing } = this.#settings ?? {};
    const { layer, window } = this.#options;
    const root = dom.getRootNode(layer);
    const ours = event.composedPath().includes(root === window.document ? layer : root);
    if (!enabled || !drawing || !event.isTrusted || ours) return;
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") this.#options.onLeave();
  }

  #selectionChanged(): void {
    if (this.#settings?.textHighlight) this.#selection.read();
  }

  #showSelection(selected: Mark | undefined): void {
    const settings = this.#settings;
    if (!settings?.textHighlight || !selected) this.#remove(CUSTOMER_NUMBER, SELECTION_KEY);
    else {
      const color = highlightColor(settings);
      this.#accept({ ...selected, kind: "selection", key: SELECTION_KEY, color });
    }
  }

  /** With the marker, what is selected when a button or key is let go stays marked. */
  #markSelection(): void {
    const settings = this.#settings;
    const selected = settings?.enabled && settings.marker ? this.#selection.current() : undefined;
    if (!settings || !selected) return;
    this.#accept({ ...selected, kind: "marker", key: this.#nextKey(), color: markerColor(settings) });
    dom.getWindowSelection(this.#options.window)?.empty();
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
    return mark.owner === CUSTOMER_NUMBER && groupOf(mark.kind) === "highlights";
  }

  #changed(): void {
    this.#renderer?.update();
    this.#options.onChange(countMarks(this.#store, CUSTOMER_NUMBER));
  }
}
