import type {
  DrawStyle,
  MarkEvents,
  MarkGroup,
  MarkKind,
  MarkLabels,
  MarkSettings,
  MarksEngine,
} from "@copane/mirror/marks";
import type { Role } from "@copane/protocol";
import { Emitter } from "./emitter.ts";

/** Frames that wait for the engine to load; what is beyond is in the set that comes after. */
const MOST_WAITING = 200;

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

/** Starts the engine, now or when its script has loaded; undefined while there is nothing to draw over. */
export type StartMarks = (events: MarkEvents) => Promise<MarksEngine> | MarksEngine | undefined;

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
  readonly #start: StartMarks;
  #settings = defaults;
  #engine: MarksEngine | undefined;
  #loading = false;
  /** Counts starts, so that one that was given up does not come back. */
  #life = 0;
  #waiting: [peer: number, payload: Uint8Array][] = [];

  constructor(start: StartMarks) {
    super();
    this.#start = start;
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
    this.#engine?.undo();
  }

  /** Removes what this participant drew and marked, or one group of it. */
  clearOwn(group?: MarkGroup): void {
    for (const one of group ? [group] : allGroups) this.#engine?.clear(one);
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
    if (enabled) this.#engine?.sync();
  }

  /** @internal Payload of a marks frame. */
  receive(peer: number, payload: Uint8Array): void {
    if (this.#engine) {
      this.#engine.receive(peer, payload);
      return;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push([peer, payload]);
    this.load();
  }

  /** @internal Both sides need to be brought together: a new picture stands. */
  sync(): void {
    this.#engine?.sync();
  }

  /** @internal Starts the engine if it can start. */
  load(): void {
    if (this.#engine || this.#loading) return;
    const life = this.#life;
    const started = this.#start(this.#events);
    if (!started) return;
    this.#loading = true;
    Promise.resolve(started).then(
      (engine) => {
        if (life === this.#life) this.#began(engine);
        else engine.destroy();
      },
      () => {
        // The script did not come through: the next mark tries again.
        if (life === this.#life) this.#loading = false;
      },
    );
  }

  /** @internal The view or the session is gone, and the marks with it. */
  unload(): void {
    this.#life++;
    this.#loading = false;
    this.#engine?.destroy();
    this.#engine = undefined;
    this.#waiting = [];
  }

  /** @internal Whether nothing has called for the engine yet. */
  get idle(): boolean {
    return this.#engine === undefined && !this.#loading;
  }

  /** Whether something is wanted that only the engine does. */
  get #needed(): boolean {
    const { enabled, drawing, marker, highlightColor } = this.#settings;
    if (!enabled) return false;
    return drawing || marker || highlightColor !== defaults.highlightColor;
  }

  #began(engine: MarksEngine): void {
    this.#loading = false;
    this.#engine = engine;
    engine.configure(this.#settings);
    engine.sync();
    for (const [peer, payload] of this.#waiting.splice(0)) engine.receive(peer, payload);
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
    if (this.#engine) this.#engine.configure(this.#settings);
    else if (this.#needed) this.load();
    this.emit("settings", this.#settings);
  }
}

const allGroups: readonly MarkGroup[] = ["annotations", "markers", "highlights"];
