import { decodeFrame, type MirrorFrame, NO_PICTURE } from "@copane/protocol";
import * as limits from "@copane/protocol/limits";
import type { SubframeHostOptions, SubframeParts, Subframes } from "../capture/subframes.ts";
import { refusalReasons } from "../control/notice.ts";
import { type AgentInputEvent, decodeInput, encodeInput } from "../control/wire.ts";
import { contentDocument } from "../core/content-document.ts";
import * as dom from "../core/dom.ts";
import { idInSubframe, MOST_SUBFRAMES } from "../core/tree/subframe-ids.ts";
import { Guest } from "./guest.ts";
import { Greeting } from "./messages.ts";
import { writeSubframe } from "./wire.ts";

/** Room for all that stands in a frame beside a payload. */
const MARGIN = 1024;

/** Says that nothing is known of the page in a subframe any more. */
const GONE: MirrorFrame = { ...NO_PICTURE, seq: 0, flags: 0, payload: new Uint8Array() };

/**
 * Mirrors pages of other origins in iframes of this one into this one's stream. A page gets in that stands in an
 * iframe that the viewers have, has one of the named origins and wants it; it is trusted with that iframe and nothing
 * else.
 */
export class SubframeHost implements Subframes {
  readonly #parts: SubframeParts;
  readonly #options: SubframeHostOptions;
  readonly #guests = new Map<HTMLIFrameElement, Guest>();
  /** The page in a subframe was asked; from one that comes later a greeting comes by itself. */
  readonly #asked = new WeakMap<HTMLIFrameElement, Window>();
  /** Iframes whose page sent what it must not: they stay placeholders. */
  readonly #barred = new WeakSet<HTMLIFrameElement>();
  readonly #listening = new WeakSet<Document>();
  /** Iframes of which the viewers are to hear that nothing is known of them any more, with their numbers. */
  readonly #gone = new Map<HTMLIFrameElement, number>();
  /** Pages that got in so far, by which each is told from those that had its number before. */
  #pages = 0;
  /** Where the agent pressed last: keys go there. */
  #pressed: Guest | undefined;
  #paused = false;

  constructor(parts: SubframeParts, options: SubframeHostOptions) {
    this.#parts = parts;
    this.#options = options;
    parts.signal.addEventListener("abort", () => {
      for (const guest of this.#guests.values()) guest.close();
    });
  }

  beginEpoch(): void {
    this.#gone.clear();
    for (const guest of this.#guests.values()) this.#begin(guest);
  }

  iframe(iframe: HTMLIFrameElement): void {
    const guest = this.#guests.get(iframe);
    if (guest) this.#begin(guest);
  }

  setPaused(on: boolean): void {
    this.#paused = on;
    for (const guest of this.#guests.values()) guest.send({ t: "pause", on });
  }

  feedback(viewer: number, number: number, frame: Uint8Array): void {
    const guest = this.#numbered(number);
    // It may be about the page that had this number before.
    if (guest && decodeFrame(frame)?.page === guest.page) guest.send({ t: "feedback", viewer, frame });
  }

  viewerLeft(viewer: number): void {
    for (const guest of this.#guests.values()) guest.send({ t: "viewerLeft", viewer });
  }

  /** Iframes that came, and such that went or show another page. */
  poll(): boolean {
    const present = new Set<HTMLIFrameElement>();
    for (const iframe of this.#parts.iframes()) {
      const contentWindow = dom.contentWindow(iframe);
      if (!contentWindow || !this.#mayShow(iframe)) continue;
      present.add(iframe);
      this.#listen(iframe);
      if (this.#asked.get(iframe) === contentWindow) continue;
      this.#asked.set(iframe, contentWindow);
      contentWindow.postMessage(Greeting.ask, "*");
    }
    for (const [iframe, { window }] of this.#guests) {
      if (present.has(iframe) && window === dom.contentWindow(iframe)) continue;
      this.#drop(iframe);
      // It is asked again should it be shown again.
      this.#asked.delete(iframe);
    }
    return this.#gone.size > 0;
  }

  flush(): boolean {
    const { nodes, writer, budget } = this.#parts;
    for (const [iframe, number] of this.#gone) {
      const id = nodes.idOf(iframe);
      if (id) writeSubframe(writer, id, number, GONE);
      this.#gone.delete(iframe);
    }
    // In turn, so that one page with much to say does not keep the others waiting.
    for (let more = true; more; ) {
      more = false;
      for (const [iframe, guest] of this.#guests) {
        const { next } = guest;
        // It may be masked since this came.
        if (!next || !this.#mayShow(iframe)) continue;
        const id = nodes.idOf(iframe);
        // One of its frames fits into an empty one of ours, whatever its size is.
        const room = limits.frameBytes - writer.length - MARGIN;
        if (budget.spent || next.payload.length > room) return false;
        writeSubframe(writer, id, guest.number, { ...next, page: guest.page });
        guest.shift();
        more = true;
      }
    }
    return true;
  }

  /** Takes the agent's input if it is for a page in a subframe. */
  input(viewer: number, payload: Uint8Array): boolean {
    let event: AgentInputEvent;
    try {
      event = decodeInput(payload);
    } catch {
      return false;
    }
    if (event.kind === "history") return false;
    if (event.kind === "key" || event.kind === "text") {
      if (!this.#pressed) return false;
      this.#pressed.input(viewer, payload);
      return true;
    }
    const inner = idInSubframe(event.id);
    const guest = inner && this.#numbered(inner.number);
    if (event.kind === "pointer" && event.phase === "down") this.#pressed = guest;
    if (!inner) return false;
    guest?.input(viewer, encodeInput({ ...event, id: inner.id }));
    const moves = event.kind === "pointer" && event.phase === "move";
    if (guest && !moves) this.#options.onTouch?.(viewer, guest.iframe);
    return true;
  }

  /** Control has ended. */
  release(): void {
    this.#pressed = undefined;
    for (const guest of this.#guests.values()) guest.send({ t: "release" });
  }

  #numbered(number: number): Guest | undefined {
    for (const guest of this.#guests.values()) if (guest.number === number) return guest;
    return undefined;
  }

  /** Whether an iframe shows another's page, and the viewers may see what is in it. */
  #mayShow(iframe: HTMLIFrameElement): boolean {
    const record = this.#parts.nodes.mirrored(iframe);
    return record !== undefined && !record.opaque && !record.masked && contentDocument(iframe) === undefined;
  }

  /** A page greets the window that it is in, which need not be the outermost. */
  #listen(iframe: HTMLIFrameElement): void {
    const ownerDocument = dom.ownerDocument(iframe);
    const view = dom.defaultView(ownerDocument);
    if (!view || this.#listening.has(ownerDocument)) return;
    this.#listening.add(ownerDocument);
    dom.addEventListener(view, "message", this.#greeted, { signal: this.#parts.signal });
  }

  readonly #greeted = ({ data, origin, source }: MessageEvent): void => {
    if (data !== Greeting.hello || !this.#options.origins.includes(origin)) return;
    for (const iframe of this.#parts.iframes())
      if (
        source !== null &&
        dom.contentWindow(iframe) === source &&
        this.#mayShow(iframe) &&
        !this.#barred.has(iframe)
      )
        this.#welcome(iframe, source as Window, origin);
  };

  #welcome(iframe: HTMLIFrameElement, window: Window, origin: string): void {
    this.#drop(iframe);
    const number = this.#free();
    if (number === undefined) return;
    const { port1, port2 } = new MessageChannel();
    const guest: Guest = new Guest({ iframe, window, number, page: ++this.#pages }, port1, {
      received: () => this.#parts.onChange(),
      refused: (viewer, reason) => {
        if (refusalReasons.includes(reason)) this.#options.onRefused?.(viewer, reason);
      },
      ended: (misbehaved) => {
        if (misbehaved) this.#barred.add(iframe);
        if (this.#guests.get(iframe) === guest) this.#drop(iframe);
      },
    });
    this.#guests.set(iframe, guest);
    window.postMessage(Greeting.port, origin, [port2]);
    if (this.#paused) guest.send({ t: "pause", on: true });
    this.#begin(guest);
  }

  #begin(guest: Guest): void {
    const origins = [...(this.#options.outer ?? []), this.#parts.window.location.origin];
    guest.begin(this.#options.policy(), origins);
  }

  #free(): number | undefined {
    const taken = new Set([...this.#guests.values()].map(({ number }) => number));
    for (const number of this.#gone.values()) taken.add(number);
    for (let number = 1; number <= MOST_SUBFRAMES; number++) if (!taken.has(number)) return number;
    return undefined;
  }

  #drop(iframe: HTMLIFrameElement): void {
    const guest = this.#guests.get(iframe);
    if (!guest) return;
    this.#guests.delete(iframe);
    guest.close();
    if (this.#pressed === guest) this.#pressed = undefined;
    this.#gone.set(iframe, guest.number);
    this.#parts.onChange();
  }
}
