import type {
  DrawStyle,
  MarkEvents,
  MarkGroup,
  MarkKind,
  MarkLabels,
  MarkSettings,
  MarksEngine,
} from "@copane/mirror/marks";
import { OnRequest } from "@copane/mirror/on-request";
import type { Role } from "@copane/protocol";
import { Emitter } from "./emitter.ts";

interface MarksEvents {
  /** What this participant set changed: drawing, style, switches. */
  settings: Readonly<MarkSettings>;
  /** How many marks there are; highlights are not counted. */
  count: { own: number; others: number };
  /**
   * At the customer: an agent (`owner`) points at, marks or draws on something. `name` is the accessible
   * name of it; undefined where it is protected.
   */
  point: { owner: number; kind: MarkKind; name: string | undefined };
  /** A mark of this participant was not accepted: its place is protected or gone. */
  refused: undefined;
}

/** What makes the engine. */
interface MarksSource {
  /** Whether there is a page to draw over. */
  possible(): boolean;
  /** Loads the engine's script, where it is not there yet, and makes the engine. */
  start(events: MarkEvents): Promise<MarksEngine>;
  /** Hears why it did not come. The console, by default. */
  onError?: (cause: unknown) => void;
}

/** Avaya: free-hand, red, 5; highlights on, markers off, both yellow. */
const defaults: MarkSettings = {
  enabled: false,
  drawing: false,
  style: { shape: "freehand", color: "red", width: 5, fadeMs: 0 },
  marker: false,
  markerColor: "yellow",
  textHighlight: true,
  elementHighlight: true,
  highlightColor: "yellow",
  hidden: new Set(),
  labels: { pad: "Drawing surface", note: "Note" },
};

/**
 * Pointing and drawing of one participant: annotations, markers and highlights, its own and those it sees.
 * Settings hold before, between and after pages; what is drawn hangs on elements of the page.
 */
export class Marks extends Emitter<MarksEvents> {
  readonly #source: MarksSource;
  readonly #engine: OnRequest<MarksEngine>;
  #settings = defaults;

  constructor(source: MarksSource) {
    super();
    this.#source = source;
    this.#engine = new OnRequest(() => source.start(this.#events), {
      discard: (engine) => engine.destroy(),
      ...(source.onError ? { onError: source.onError } : {}),
    });
  }

  get settings(): Readonly<MarkSettings> {
    return this.#settings;
  }

  get drawing(): boolean {
    return this.#settings.drawing;
  }

  get style(): Readonly<DrawStyle> {
    return this.#settings.style;
  }

  /** Draws from now on, and operates no element meanwhile. Colours are any CSS colour without transparency. */
  startDrawing(style: Partial<DrawStyle> = {}): void {
    this.#set({ drawing: true, style: { ...this.style, ...style } });
  }

  stopDrawing(): void {
    this.#set({ drawing: false });
  }

  setStyle(style: Partial<DrawStyle>): void {
    this.#set({ style: { ...this.style, ...style } });
  }

  /** Takes back what this participant drew or marked last. */
  undo(): void {
    this.#engine.now?.undo();
  }

  /** Removes what this participant drew and marked, or one group of it. */
  clearOwn(group?: MarkGroup): void {
    for (const one of group ? [group] : allGroups) this.#engine.now?.clear(one);
  }

  /** Shows or hides, here only, what one side drew and marked, or one group of it. */
  setHidden(side: Role, hidden: boolean, group?: MarkGroup): void {
    const next = new Set(this.#settings.hidden);
    for (const one of group ? [group] : allGroups) {
      if (hidden) next.add(`${side} ${one}`);
      else next.delete(`${side} ${one}`);
    }
    this.#set({ hidden: next });
  }

  /** Whether a side's marks (all of them, or of one group) are hidden here. */
  isHidden(side: Role, group?: MarkGroup): boolean {
    return (group ? [group] : allGroups).every((one) => this.#settings.hidden.has(`${side} ${one}`));
  }

  /** Text that this participant selects stays marked from now on. */
  enableMarker(): void {
    this.#set({ marker: true });
  }

  disableMarker(): void {
    this.#set({ marker: false });
  }

  setMarkerColor(color: string): void {
    this.#set({ markerColor: color });
  }

  /** Whether the others see what this participant selects. */
  setTextHighlight(on: boolean): void {
    this.#set({ textHighlight: on });
  }

  /** Whether the others see which element this participant clicks without operating it. */
  setElementHighlight(on: boolean): void {
    this.#set({ elementHighlight: on });
  }

  setHighlightColor(color: string): void {
    this.#set({ highlightColor: color });
  }

  /** Words on the drawing surface, for assistive technology. */
  setLabels(labels: MarkLabels): void {
    this.#set({ labels });
  }

  /** @internal Marks flow while the session is active and not paused. */
  setEnabled(enabled: boolean): void {
    if (enabled === this.#settings.enabled) return;
    this.#set({ enabled });
    if (enabled) this.#engine.now?.sync();
  }

  /** @internal Payload of a marks frame. */
  receive(peer: number, payload: Uint8Array): void {
    this.load();
    if (this.requested) this.#engine.use((engine) => engine.receive(peer, payload));
  }

  /** @internal Both sides need to be brought together: a new picture stands. */
  sync(): void {
    this.#engine.now?.sync();
  }

  /** @internal Starts the engine if there is something to draw over. */
  load(): void {
    if (this.requested || !this.#source.possible()) return;
    this.#engine.use((engine) => {
      engine.configure(this.#settings);
      engine.sync();
    });
  }

  /** @internal The view or the session is gone, and the marks with it. */
  unload(): void {
    this.#engine.reset();
  }

  /** @internal Whether the engine is there or on its way. */
  get requested(): boolean {
    return this.#engine.requested;
  }

  /** @internal The participants that are still in: marks of others go. */
  present(numbers: ReadonlySet<number>): void {
    this.#engine.now?.present?.(numbers);
  }

  /** Whether something is wanted that only the engine does. */
  get #needed(): boolean {
    const { enabled, drawing, marker, highlightColor } = this.#settings;
    if (!enabled) return false;
    return drawing || marker || highlightColor !== defaults.highlightColor;
  }

  readonly #events: MarkEvents = {
    onChange: (counts) => this.emit("count", counts),
    onPoint: (point) => this.emit("point", point),
    onRefused: () => this.emit("refused", undefined),
    onLeave: () => this.stopDrawing(),
    onError: () => {
      // A malformed frame of somebody else: there is nothing this side can do about it.
    },
  };

  #set(change: Partial<MarkSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    const engine = this.#engine.now;
    if (engine) engine.configure(this.#settings);
    else if (this.#needed) this.load();
    this.emit("settings", this.#settings);
  }
}

const allGroups: readonly MarkGroup[] = ["annotations", "markers", "highlights"];
