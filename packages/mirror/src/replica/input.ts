import {
  type AgentInputEvent,
  encodeInput,
  encodePointer,
  type HistoryMove,
  type PointerPhase,
} from "../control/wire.ts";
import * as dom from "../core/dom.ts";
import { Pace } from "../core/pace.ts";
import type { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { FieldProxy } from "./field-proxy.ts";
import { AgentFinger } from "./finger.ts";
import type { Stage } from "./stage.ts";
import { elementAt, locate } from "./target.ts";
import { heldModifiers, Typing } from "./typing.ts";

/** Positions are sent at most this often, in milliseconds. */
const POINT_MS = 33;

/** Two clicks within this time and distance are a double click. */
const CLICK_MS = 500;
const CLICK_PX = 5;

export interface AgentInputOptions {
  stage: Stage;
  nodes(): ReplicaNodes | undefined;
  /** The text that is selected in the customer's page, as the replica shows it. */
  selected(): string;
  sendInput(payload: Uint8Array): void;
  sendPointer(payload: Uint8Array): void;
  motionIntervalMs: number;
}

type Wheeled = Extract<AgentInputEvent, { kind: "wheel" }>;
type Found = NonNullable<ReturnType<typeof locate>>;

/**
 * Turns the agent's pointer and keys over the replica into frames. Nothing acts in the replica itself:
 * the agent sees what the customer's page made of it.
 */
export class AgentInput {
  readonly #options: AgentInputOptions;
  readonly #surface: HTMLElement;
  readonly #typing: Typing;
  readonly #proxy: FieldProxy;
  readonly #abort = new AbortController();
  #control = false;
  /** Whether the agent may do more than scroll. */
  #operates = false;
  #pointTimer: ReturnType<typeof setTimeout> | undefined;
  /** The newest movement, which has yet to be sent. */
  #moved: PointerEvent | undefined;
  /** What the wheel has turned since it was last sent. */
  #wheeled: Wheeled | undefined;
  readonly #pace: Pace;
  #pressed = false;
  #finger: AgentFinger | undefined;
  #last: Found | undefined;
  #lastClick = { time: 0, x: 0, y: 0, count: 0 };

  constructor(options: AgentInputOptions) {
    this.#options = options;
    this.#surface = options.stage.surface;
    this.#pace = new Pace(options.motionIntervalMs, () => this.#flush());
    this.#proxy = new FieldProxy(this.#surface, {
      select: (id, indices) => this.#send({ kind: "select", id, indices }),
      value: (id, value, done) => this.#send({ kind: "value", id, value, done }),
    });
    this.#typing = new Typing({
      surface: this.#surface,
      label: options.stage.label,
      signal: this.#abort.signal,
      owned: (target) => this.#proxy.owns(target),
      selected: () => options.selected(),
      send: (event) => this.#send(event),
    });
    this.#listen();
    this.setControl(false);
  }

  /** With `scrollsOnly` the agent may move the page and nothing in it: there is nothing to press, type or pick. */
  setControl(on: boolean, scrollsOnly = false): void {
    this.#control = on;
    this.#operates = on && !scrollsOnly;
    this.#pressed = false;
    this.#endFinger();
    this.#typing.setControl(this.#operates);
    dom.style(this.#surface).cursor = on ? "default" : "crosshair";
    if (!this.#operates) this.#proxy.hide();
  }

  navigate(go: HistoryMove): void {
    this.#send({ kind: "history", go });
  }

  destroy(): void {
    this.#abort.abort();
    this.#endFinger();
    clearTimeout(this.#pointTimer);
    this.#pace.reset();
  }

  #listen(): void {
    const { signal } = this.#abort;
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      dom.addEventListener(this.#surface, type, run, { signal });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
    on("pointercancel", (event) => this.#cancel(event));
    on("pointerleave", () => this.#leave());
    on("contextmenu", (event) => event.preventDefault());
    dom.addEventListener(this.#surface, "wheel", (event) => this.#wheel(event), { signal, passive: false });
  }

  #down(event: PointerEvent): void {
    if (!this.#control || this.#proxy.owns(event.target) || this.#pressed) return;
    event.preventDefault();
    const touch = event.pointerType === "touch";
    if (!touch) this.#typing.focus();
    const found = this.#find(event.clientX, event.clientY);
    if (!found) return;
    this.#pressed = true;
    dom.setPointerCapture(this.#surface, event.pointerId);
    const last = this.#lastClick;
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) <= CLICK_PX;
    const count = near && event.timeStamp - last.time < CLICK_MS ? last.count + 1 : 1;
    this.#lastClick = { time: event.timeStamp, x: event.clientX, y: event.clientY, count };
    this.#flush();
    this.#pointer("down", event);
    if (touch) this.#finger = this.#touch(found, event);
  }

  #up(event: PointerEvent): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#flush();
    const finger = this.#finger;
    this.#endFinger();
    const found = this.#find(event.clientX, event.clientY) ?? this.#last;
    if (finger?.panning || !found) return;
    if (finger?.tapped) {
      const { frame } = this.#options.stage;
      if (this.#operates && this.#proxy.open(found.element, frame, found.id)) {
        this.#pointer("cancel", event);
        return;
      }
      this.#typing.tapped(found.element);
    }
    this.#pointer("up", event);
  }

  #cancel(event: PointerEvent): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    const panning = this.#finger?.panning;
    this.#endFinger();
    if (!panning) this.#pointer("cancel", event);
  }

  #touch({ element }: Found, event: PointerEvent): AgentFinger {
    const { stage } = this.#options;
    return new AgentFinger(element, stage.toViewport(event.clientX, event.clientY), {
      hold: () => this.#pointer("hold", event),
      takeOver: () => this.#pointer("cancel", event),
      scroll: (target, left, top) => this.#scroll(target, left, top),
    });
  }

  #endFinger(): void {
    this.#finger?.end();
    this.#finger = undefined;
  }

  #move(event: PointerEvent): void {
    this.#moved = event;
    if (this.#operates && !this.#pressed) {
      const found = this.#find(event.clientX, event.clientY);
      this.#proxy.hover(found?.element, this.#options.stage.frame, found?.id ?? 0);
    }
    this.#pointTimer ??= setTimeout(() => this.#due(), POINT_MS);
  }

  /** Sends what was moved and turned, unless something was sent too short a time ago. */
  #due(): void {
    clearTimeout(this.#pointTimer);
    this.#pointTimer = undefined;
    if (this.#pace.passes()) this.#flush();
  }

  /** Sends the newest movement and what the wheel turned now: what follows must not overtake them. */
  #flush(): void {
    clearTimeout(this.#pointTimer);
    this.#pointTimer = undefined;
    const event = this.#moved;
    const wheeled = this.#wheeled;
    this.#moved = undefined;
    this.#wheeled = undefined;
    if (event) this.#sendMove(event);
    if (wheeled) this.#send(wheeled);
  }

  #sendMove(event: PointerEvent): void {
    // What is in a subframe of another origin, the customer's page cannot place.
    const found = this.#find(event.clientX, event.clientY, true);
    if (found) {
      const { id, x, y } = found;
      this.#options.sendPointer(encodePointer({ kind: "at", id, x, y }));
    }
    this.#finger?.move(this.#options.stage.toViewport(event.clientX, event.clientY));
    // A finger is on the page only while it presses; one that moves the page is not the page's.
    const touch = event.pointerType === "touch";
    if (touch ? this.#finger && !this.#finger.panning : true) this.#pointer("move", event);
  }

  #leave(): void {
    this.#moved = undefined;
    this.#options.sendPointer(encodePointer({ kind: "gone" }));
  }

  #pointer(phase: PointerPhase, event: PointerEvent): void {
    // A press ends even where nothing is (beside the page): then at the last place that was.
    const found = this.#find(event.clientX, event.clientY) ?? (phase === "move" ? undefined : this.#last);
    if (!this.#operates || !found) return;
    this.#last = found;
    const { id, x, y } = found;
    this.#send({
      kind: "pointer",
      phase,
      pointer: event.pointerType === "touch" ? "touch" : "mouse",
      id,
      x,
      y,
      button: Math.max(event.button, 0),
      modifiers: heldModifiers(event),
      clicks: phase === "move" ? 0 : this.#lastClick.count,
    });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const found = this.#control ? this.#find(event.clientX, event.clientY) : undefined;
    if (!found) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    const sideways = event.shiftKey && !event.deltaX;
    const dx = (sideways ? event.deltaY : event.deltaX) * unit;
    const dy = (sideways ? 0 : event.deltaY) * unit;
    const { id, x, y } = found;
    // Over another element, or with other keys, it is another turn.
    const modifiers = heldModifiers(event);
    const before = this.#wheeled;
    if (before && (before.id !== id || before.modifiers !== modifiers)) this.#flush();
    const { dx: x0 = 0, dy: y0 = 0 } = this.#wheeled ?? {};
    this.#wheeled = { kind: "wheel", id, x, y, dx: x0 + dx, dy: y0 + dy, modifiers };
    this.#due();
  }

  #scroll(element: Element, left: number, top: number): void {
    const nodes = this.#options.nodes();
    if (!nodes) return;
    const isRoot = element === dom.scrollingElement(dom.ownerDocument(element));
    const id = nodes.nearestId(isRoot ? dom.ownerDocument(element) : element);
    this.#send({
      kind: "scroll",
      id,
      left: clamp(left, dom.scrollWidth(element) - dom.clientWidth(element)),
      top: clamp(top, dom.scrollHeight(element) - dom.clientHeight(element)),
    });
  }

  #find(clientX: number, clientY: number, own = false): Found | undefined {
    const nodes = this.#options.nodes();
    const document = dom.contentDocument(this.#options.stage.frame);
    if (!nodes || !document) return undefined;
    const point = this.#options.stage.toViewport(clientX, clientY);
    const element = elementAt(document, point.x, point.y);
    return element && locate(nodes, element, point, own);
  }

  #send(event: AgentInputEvent): void {
    if (this.#control) this.#options.sendInput(encodeInput(event));
  }
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(most, 0));
}
