import { type AgentInputEvent, encodeInput, encodePointer, Modifier } from "@copane/protocol";
import type { ReplicaNodes } from "./nodes.ts";
import { SelectProxy } from "./select-proxy.ts";
import type { Stage } from "./stage.ts";
import { elementAt, locate, scrollTarget } from "./target.ts";

/** Positions are sent at most this often, in milliseconds. */
const POINT_MS = 33;

/** A wheel turn within this time goes on from where the last one aimed, not from what is shown yet. */
const WHEEL_MS = 400;

/** Two clicks within this time and distance are a double click. */
const CLICK_MS = 500;
const CLICK_PX = 5;

export interface AgentInputOptions {
  stage: Stage;
  nodes(): ReplicaNodes | undefined;
  sendInput(payload: Uint8Array): void;
  sendPointer(payload: Uint8Array): void;
}

/**
 * Turns the agent's pointer and keys over the replica into frames. Nothing acts in the replica itself:
 * the agent sees what the customer's page made of it.
 */
export class AgentInput {
  readonly #options: AgentInputOptions;
  readonly #surface: HTMLElement;
  /** Holds the keyboard focus and takes pasted and composed text. */
  readonly #keys: HTMLTextAreaElement;
  readonly #select: SelectProxy;
  readonly #abort = new AbortController();
  #control = false;
  #pointTimer: ReturnType<typeof setTimeout> | undefined;
  #at: { x: number; y: number } | undefined;
  #pressed = false;
  #lastClick = { time: 0, x: 0, y: 0, count: 0 };
  #wheel: { element: Element; left: number; top: number; time: number } | undefined;

  constructor(options: AgentInputOptions) {
    this.#options = options;
    this.#surface = options.stage.surface;
    this.#keys = document.createElement("textarea");
    this.#keys.className = "copane-keys";
    this.#keys.setAttribute("aria-label", options.stage.frame.title);
    this.#keys.autocapitalize = "off";
    this.#keys.spellcheck = false;
    Object.assign(this.#keys.style, {
      position: "absolute",
      opacity: "0",
      width: "1px",
      height: "1px",
      left: "0",
      top: "0",
    });
    this.#keys.style.pointerEvents = "none";
    this.#select = new SelectProxy(this.#surface, (id, indices) =>
      this.#send({ kind: "select", id, indices }),
    );
    this.#surface.append(this.#keys);
    this.#listen();
    this.setControl(false);
  }

  setControl(on: boolean): void {
    this.#control = on;
    this.#pressed = false;
    this.#keys.disabled = !on;
    this.#surface.style.cursor = on ? "default" : "crosshair";
    if (!on) this.#select.hide();
  }

  destroy(): void {
    this.#abort.abort();
    clearTimeout(this.#pointTimer);
  }

  #listen(): void {
    const { signal } = this.#abort;
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      this.#surface.addEventListener(type, run, { signal });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
    on("pointercancel", (event) => this.#pointer("cancel", event));
    on("pointerleave", () => this.#leave());
    on("contextmenu", (event) => event.preventDefault());
    this.#surface.addEventListener("wheel", (event) => this.#scroll(event), { signal, passive: false });
    on("keydown", (event) => this.#key("down", event));
    on("keyup", (event) => this.#key("up", event));
    on("paste", (event) => {
      event.preventDefault();
      this.#text(event.clipboardData?.getData("text/plain") ?? "");
    });
    on("compositionend", (event) => this.#text(event.data));
    on("input", (event) => {
      // Virtual keyboards send text without keys.
      const { isComposing, data } = event as InputEvent;
      if (event.target === this.#keys && !isComposing && data) this.#text(data);
      if (event.target === this.#keys) this.#keys.value = "";
    });
  }

  #down(event: PointerEvent): void {
    if (!this.#control || this.#select.owns(event.target)) return;
    event.preventDefault();
    this.#keys.focus({ preventScroll: true });
    this.#pressed = true;
    this.#surface.setPointerCapture(event.pointerId);
    const last = this.#lastClick;
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) <= CLICK_PX;
    const count = near && event.timeStamp - last.time < CLICK_MS ? last.count + 1 : 1;
    this.#lastClick = { time: event.timeStamp, x: event.clientX, y: event.clientY, count };
    this.#pointer("down", event);
  }

  #up(event: PointerEvent): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#pointer("up", event);
  }

  #move(event: PointerEvent): void {
    this.#at = { x: event.clientX, y: event.clientY };
    if (this.#control && !this.#pressed) {
      const found = this.#find(event.clientX, event.clientY);
      this.#select.hover(found?.element, this.#options.stage.frame, found?.id ?? 0);
    }
    this.#pointTimer ??= setTimeout(() => {
      this.#pointTimer = undefined;
      if (this.#at === undefined) return;
      const found = this.#find(this.#at.x, this.#at.y);
      if (found === undefined) return;
      const { id, x, y } = found;
      this.#options.sendPointer(encodePointer({ kind: "at", id, x, y }));
      if (this.#control) {
        this.#send({
          kind: "pointer",
          phase: "move",
          id,
          x,
          y,
          button: 0,
          modifiers: modifiers(event),
          clicks: 0,
        });
      }
    }, POINT_MS);
  }

  #leave(): void {
    this.#at = undefined;
    this.#options.sendPointer(encodePointer({ kind: "gone" }));
  }

  #pointer(phase: "down" | "up" | "cancel", event: PointerEvent): void {
    if (!this.#control) return;
    const found = this.#find(event.clientX, event.clientY);
    if (found === undefined) return;
    const { id, x, y } = found;
    const clicks = this.#lastClick.count;
    this.#send({
      kind: "pointer",
      phase,
      id,
      x,
      y,
      button: event.button,
      modifiers: modifiers(event),
      clicks,
    });
  }

  #scroll(event: WheelEvent): void {
    event.preventDefault();
    const nodes = this.#options.nodes();
    const found = this.#control ? this.#find(event.clientX, event.clientY) : undefined;
    if (!nodes || !found) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    const dx = (event.shiftKey ? event.deltaY : event.deltaX) * unit;
    const dy = (event.shiftKey ? 0 : event.deltaY) * unit;
    const element = scrollTarget(found.element, dx, dy);
    if (element === undefined) return;
    const going = this.#wheel;
    const fresh = going?.element !== element || event.timeStamp - going.time > WHEEL_MS;
    const left = clamp(
      (fresh ? element.scrollLeft : going.left) + dx,
      element.scrollWidth - element.clientWidth,
    );
    const top = clamp(
      (fresh ? element.scrollTop : going.top) + dy,
      element.scrollHeight - element.clientHeight,
    );
    this.#wheel = { element, left, top, time: event.timeStamp };
    const isRoot = element === element.ownerDocument.scrollingElement;
    const id = nodes.nearestId(isRoot ? element.ownerDocument : element);
    this.#send({ kind: "scroll", id, left, top });
  }

  #key(phase: "down" | "up", event: KeyboardEvent): void {
    // F6 and Ctrl+Alt+Escape stay with the desk: the way out for the keyboard.
    const leaves = event.key === "F6" || (event.key === "Escape" && event.ctrlKey && event.altKey);
    if (!this.#control || event.isComposing || leaves || this.#select.owns(event.target)) return;
    const { key, code } = event;
    if (key === "Unidentified" || key === "Process" || key === "Dead") return;
    const shortcut = event.ctrlKey || event.metaKey;
    // Paste comes as its own event, with the text; copying stays in the agent's browser.
    if (shortcut && /^[vcx]$/i.test(key)) return;
    event.preventDefault();
    this.#send({ kind: "key", phase, key, code, modifiers: modifiers(event) });
  }

  #text(text: string): void {
    if (this.#control && text) this.#send({ kind: "text", text: text.slice(0, 20_000) });
    this.#keys.value = "";
  }

  #find(clientX: number, clientY: number): ReturnType<typeof locate> {
    const nodes = this.#options.nodes();
    const document = this.#options.stage.frame.contentDocument;
    if (!nodes || !document) return undefined;
    const point = this.#options.stage.toViewport(clientX, clientY);
    const element = elementAt(document, point.x, point.y);
    return element && locate(nodes, element, point);
  }

  #send(event: AgentInputEvent): void {
    if (this.#control) this.#options.sendInput(encodeInput(event));
  }
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(most, 0));
}

function modifiers(event: MouseEvent | KeyboardEvent): number {
  return (
    (event.shiftKey ? Modifier.shift : 0) |
    (event.ctrlKey ? Modifier.control : 0) |
    (event.altKey ? Modifier.alt : 0) |
    (event.metaKey ? Modifier.meta : 0)
  );
}
