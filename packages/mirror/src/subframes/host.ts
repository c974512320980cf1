import { decodeFrame, type MirrorFrame, NO_PICTURE } from "@copane/protocol";
import * as limits from "@copane/protocol/limits";
import type { CaptureExtension, ExtensionParts } from "../capture/types.ts";
import { type RefusalReason, refusalReasons } from "../control/notice.ts";
import { type AgentInputEvent, decodeInput, encodeInput } from "../control/wire.ts";
import { contentDocument } from "../core/content-document.ts";
import * as dom from "../core/dom.ts";
import { MOST_FRAMES, unframedId } from "../core/tree/subframe-ids.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";
import { Guest } from "./guest.ts";
import { Greeting } from "./messages.ts";
import { writeSubframe } from "./wire.ts";

/** Room for all that stands in a frame beside a payload. */
const MARGIN = 1024;

/** Says that nothing is known of the page in a frame any more. */
const GONE: MirrorFrame = { ...NO_PICTURE, seq: 0, flags: 0, payload: new Uint8Array() };

export interface FrameHostOptions {
  /** Exact origins whose pages may be mirrored in frames of this page. */
  origins: readonly string[];
  /** What must stay hidden inside as well. */
  policy(): PrivacyPolicy;
  /** The agent operated something in a frame. */
  onTouch?: (viewer: number, frame: Element) => void;
  onRefused?: (viewer: number, reason: RefusalReason) => void;
  /** Origins of the pages that this one is itself a frame of, outermost first. */
  outer?: readonly string[];
}

/**
 * Mirrors pages of other origins in frames of this one into this one's stream. A page gets in that stands in a
 * frame the viewers have, has one of the named origins and wants it; it is trusted with that frame and nothing else.
 */
export class FrameHost implements CaptureExtension {
  readonly #parts: ExtensionParts;
  readonly #options: FrameHostOptions;
  readonly #guests = new Map<HTMLIFrameElement, Guest>();
  /** The page in a frame was asked; from one that comes later a greeting comes by itself. */
  readonly #asked = new WeakMap<HTMLIFrameElement, Window>();
  /** Frames whose page sent what it must not: they stay placeholders. */
  readonly #barred = new WeakSet<HTMLIFrameElement>();
  readonly #listening = new WeakSet<Document>();
  /** Frames of which the viewers are to hear that nothing is known of them any more, with their numbers. */
  readonly #gone = new Map<HTMLIFrameElement, number>();
  /** Pages that got in so far, by which each is told from those that had its number before. */
  #pages = 0;
  /** Where the agent pressed last: keys go there. */
  #pressed: Guest | undefined;
  #paused = false;

  constructor(parts: ExtensionParts, options: FrameHostOptions) {
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

  frame(frame: HTMLIFrameElement): void {
    const guest = this.#guests.get(frame);
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

  /** Frames that came, and such that went or show another page. */
  poll(): boolean {
    const present = new Set<HTMLIFrameElement>();
    for (const frame of this.#parts.frames()) {
      const contentWindow = dom.contentWindow(frame);
      if (!contentWindow || !this.#mayShow(frame)) continue;
      present.add(frame);
      this.#listen(frame);
      if (this.#asked.get(frame) === contentWindow) continue;
      this.#asked.set(frame, contentWindow);
      contentWindow.postMessage(Greeting.ask, "*");
    }
    for (const [frame, { window }] of this.#guests) {
      if (present.has(frame) && window === dom.contentWindow(frame)) continue;
      this.#drop(frame);
      // It is asked again should it be shown again.
      this.#asked.delete(frame);
    }
    return this.#gone.size > 0;
  }

  flush(): boolean {
    const { nodes, writer, budget } = this.#parts;
    for (const [frame, number] of this.#gone) {
      const id = nodes.idOf(frame);
      if (id) writeSubframe(writer, id, number, GONE);
      this.#gone.delete(frame);
    }
    // In turn, so that one page with much to say does not keep the others waiting.
    for (let more = true; more; ) {
      more = false;
      for (const [frame, guest] of this.#guests) {
        const { next } = guest;
        // It may be masked since this came.
        if (!next || !this.#mayShow(frame)) continue;
        const id = nodes.idOf(frame);
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

  /** Takes the agent's input if it is for a page in a frame. */
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
    const inner = unframedId(event.id);
    const guest = inner && this.#numbered(inner.number);
    if (event.kind === "pointer" && event.phase === "down") this.#pressed = guest;
    if (!inner) return false;
    guest?.input(viewer, encodeInput({ ...event, id: inner.id }));
    const moves = event.kind === "pointer" && event.phase === "move";
    if (guest && !moves) this.#options.onTouch?.(viewer, guest.frame);
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

  /** Whether a frame shows another's page, and the viewers may see what is in it. */
  #mayShow(frame: HTMLIFrameElement): boolean {
    const record = this.#parts.nodes.mirrored(frame);
    return record !== undefined && !record.opaque && !record.masked && contentDocument(frame) === undefined;
  }

  /** A page greets the window that it is a frame of, which need not be the outermost. */
  #listen(frame: HTMLIFrameElement): void {
    const ownerDocument = dom.ownerDocument(frame);
    const view = dom.defaultView(ownerDocument);
    if (!view || this.#listening.has(ownerDocument)) return;
    this.#listening.add(ownerDocument);
    dom.addEventListener(view, "message", this.#greeted, { signal: this.#parts.signal });
  }

  readonly #greeted = ({ data, origin, source }: MessageEvent): void => {
    if (data !== Greeting.hello || !this.#options.origins.includes(origin)) return;
    for (const frame of this.#parts.frames())
      if (
        source !== null &&
        dom.contentWindow(frame) === source &&
        this.#mayShow(frame) &&
        !this.#barred.has(frame)
      )
        this.#welcome(frame, source as Window, origin);
  };

  #welcome(frame: HTMLIFrameElement, window: Window, origin: string): void {
    this.#drop(frame);
    const number = this.#free();
    if (number === undefined) return;
    const { port1, port2 } = new MessageChannel();
    const guest: Guest = new Guest({ frame, window, number, page: ++this.#pages }, port1, {
      received: () => this.#parts.onChange(),
      refused: (viewer, reason) => {
        if (refusalReasons.includes(reason)) this.#options.onRefused?.(viewer, reason);
      },
      ended: (misbehaved) => {
        if (misbehaved) this.#barred.add(frame);
        if (this.#guests.get(frame) === guest) this.#drop(frame);
      },
    });
    this.#guests.set(frame, guest);
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
    for (let number = 1; number <= MOST_FRAMES; number++) if (!taken.has(number)) return number;
    return undefined;
  }

  #drop(frame: HTMLIFrameElement): void {
    const guest = this.#guests.get(frame);
    if (!guest) return;
    this.#guests.delete(frame);
    guest.close();
    if (this.#pressed === guest) this.#pressed = undefined;
    this.#gone.set(frame, guest.number);
    this.#parts.onChange();
  }
}
