import * as dom from "../core/dom.ts";
import type { Point } from "./geometry.ts";
import { Highlighter } from "./highlight.ts";
import { type MarkSink, Pad } from "./pad.ts";
import { Renderer } from "./renderer.ts";
import { type Entry, MarkStore } from "./store.ts";
import type { MarkEvents, MarkPage, MarkSettings, MarksEngine } from "./types.ts";
import { brushOf, countMarks, highlightColor, isHidden, keys, markerColor } from "./view.ts";
import { decodeMarks, encodeMarks, type MarkGroup, type MarkMessage } from "./wire.ts";

/** The replica that marks are made over. */
export interface MarkedReplica {
  /** Lies over the picture, with the viewport's size in CSS pixels before scaling. */
  readonly layer: HTMLElement;
  /** Takes the agent's pointer; the layer is part of it. */
  readonly surface: HTMLElement;
  page(): (MarkPage & { node(id: number): Node | undefined }) | undefined;
  toPage(clientX: number, clientY: number): Point;
  /** Whether clicks and keys operate the customer's page now. */
  readonly operates: boolean;
  /** While it is suspended, clicks and keys operate nothing. */
  suspend(on: boolean): void;
}

export interface AgentMarksOptions extends MarkEvents {
  replica: MarkedReplica;
  /** This agent's number. */
  you(): number;
  /** Payload of a marks frame for the customer. */
  send(payload: Uint8Array): void;
}

/** Makes an agent's half of the marks, over a replica. */
export function createAgentMarks(options: AgentMarksOptions): MarksEngine {
  return new AgentMarks(options);
}

class AgentMarks implements MarksEngine {
  readonly #options: AgentMarksOptions;
  readonly #store: MarkStore;
  readonly #renderer: Renderer;
  readonly #pad: Pad;
  readonly #highlighter: Highlighter;
  #settings: MarkSettings | undefined;

  constructor(options: AgentMarksOptions) {
    this.#options = options;
    const { replica } = options;
    const page = () => replica.page();
    const toPage = (x: number, y: number) => replica.toPage(x, y);
    const nextKey = keys();
    this.#store = new MarkStore(() => this.#changed());
    this.#renderer = new Renderer({
      layer: replica.layer,
      store: this.#store,
      page,
      resolve: (entry) => this.#resolve(entry),
      isHidden: (mark) => this.#settings === undefined || isHidden(this.#settings, mark),
      isRemovable: (mark) => this.#isOwn(mark) && this.#mayRemove(),
      remove: ({ key }) => this.#sink.remove(key),
    });
    const shared = { sink: this.#sink, page, toPage, nextKey };
    this.#pad = new Pad({ ...shared, layer: replica.layer, onLeave: () => options.onLeave() });
    this.#highlighter = new Highlighter({
      ...shared,
      surface: replica.surface,
      pressing: () => this.#pressing(),
    });
  }

  configure(settings: MarkSettings): void {
    this.#settings = settings;
    const { enabled, drawing, marker } = settings;
    const { replica } = this.#options;
    this.#pad.use(brushOf(settings), settings.labels);
    const marks = enabled && marker && !drawing;
    replica.suspend(enabled && (drawing || marker));
    Object.assign(dom.style(replica.layer), {
      pointerEvents: marks ? "auto" : "none",
      cursor: marks ? "text" : "",
    });
    this.#renderer.update();
  }

  receive(_peer: number, payload: Uint8Array): void {
    try {
      this.#apply(decodeMarks(payload));
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  undo(): void {
    const last = this.#store.lastOf(this.#options.you());
    if (last) this.#sink.remove(last.key);
  }

  clear(group: MarkGroup): void {
    const owner = this.#options.you();
    this.#store.clear(owner, group);
    this.#send({ op: "clear", owner, group });
  }

  sync(): void {
    this.#renderer.update();
    this.#send({ op: "want" });
  }

  destroy(): void {
    this.#options.replica.suspend(false);
    this.#pad.destroy();
    this.#highlighter.destroy();
    this.#renderer.destroy();
    this.#store.destroy();
  }

  /** What this agent does is seen here at once; the customer's page has the last word. */
  readonly #sink: MarkSink = {
    put: (drawn) => {
      const mark = { ...drawn, owner: this.#options.you() };
      this.#store.put(mark);
      this.#send({ op: "put", mark });
    },
    extend: (key, points) => {
      const owner = this.#options.you();
      if (this.#store.extend(owner, key, points)) this.#send({ op: "extend", owner, key, points });
    },
    remove: (key) => {
      const owner = this.#options.you();
      if (this.#store.remove(owner, key)) this.#send({ op: "remove", owner, key });
    },
  };

  #apply(message: MarkMessage): void {
    switch (message.op) {
      // The echo of one's own hand lags behind it.
      case "put": {
        const { owner, key } = message.mark;
        if (!this.#isOwn(message.mark) || !this.#store.get(owner, key)) this.#store.put(message.mark);
        break;
      }
      case "extend":
        if (!this.#isOwn(message)) this.#store.extend(message.owner, message.key, message.points);
        break;
      case "remove":
        this.#store.remove(message.owner, message.key);
        break;
      case "clear":
        this.#store.clear(message.owner, message.group);
        break;
      case "set":
        this.#store.replace(message.marks);
        break;
      case "refuse":
        if (this.#store.remove(this.#options.you(), message.key)) this.#options.onRefused?.();
        break;
    }
  }

  #resolve({ mark }: Entry): readonly Node[] | undefined {
    const page = this.#options.replica.page();
    const start = page?.node(mark.anchor);
    if (!page || !start) return undefined;
    if (mark.endAnchor === 0) return dom.nodeType(start) === Node.ELEMENT_NODE ? [start] : undefined;
    const end = page.node(mark.endAnchor);
    const texts = dom.nodeType(start) === Node.TEXT_NODE && (end && dom.nodeType(end)) === Node.TEXT_NODE;
    return texts && end ? [start, end] : undefined;
  }

  #pressing() {
    const settings = this.#settings;
    if (!settings?.enabled || settings.drawing) return { text: undefined, element: undefined };
    if (settings.marker) {
      return { text: { kind: "marker" as const, color: markerColor(settings) }, element: undefined };
    }
    if (this.#options.replica.operates) return { text: undefined, element: undefined };
    const color = highlightColor(settings);
    return {
      text: settings.textHighlight ? { kind: "selection" as const, color } : undefined,
      element: settings.elementHighlight ? { color } : undefined,
    };
  }

  #isOwn({ owner }: { owner: number }): boolean {
    return owner === this.#options.you();
  }

  #mayRemove(): boolean {
    return this.#settings?.enabled === true && !this.#settings.drawing;
  }

  #changed(): void {
    this.#renderer?.update();
    this.#options.onChange(countMarks(this.#store, this.#options.you()));
  }

  #send(message: MarkMessage): void {
    if (this.#settings?.enabled) this.#options.send(encodeMarks(message));
  }
}
