import type { Capture } from "../capture/types.ts";
import * as dom from "../core/dom.ts";
import { chooseOptions, chooseValue } from "./choice.ts";
import { insertText, isRich } from "./editing.ts";
import { deepActive } from "./focus.ts";
import { Hands } from "./hands.ts";
import { Keyboard } from "./keyboard.ts";
import { heldKeys } from "./modifiers.ts";
import { spot } from "./moment.ts";
import { scrollable } from "./navigation.ts";
import type { Notice } from "./notice.ts";
import { isToldChange } from "./pending-change.ts";
import { Pointer } from "./pointer.ts";
import type { ControlPolicy } from "./policy.ts";
import { isFile, Reach } from "./reach.ts";
import { RefusedError } from "./refusal.ts";
import { realm } from "./tree.ts";
import { Turns } from "./turns.ts";
import { type AgentInputEvent, decodeInput } from "./wire.ts";

/** The same refusal is told again after this long, in milliseconds: a burst of keys is one message. */
const SAY_AGAIN_MS = 500;

export interface ActorOptions {
  window: Window & typeof globalThis;
  capture: Pick<Capture, "operableNode" | "operable">;
  policy?: ControlPolicy;
  /** Elements of our own UI, whose focus is nobody's place in the page. */
  ignore?: (element: Element) => boolean;
  /** An element the agent just operated, so that the customer can be shown it. */
  onTouch?: (viewer: number, element: Element) => void;
  /** What the agent is to be told. */
  onNotice?: (viewer: number, notice: Notice) => void;
  onError?: (error: unknown) => void;
}

/** Performs the agent's input in the customer's page. */
export interface Actor {
  /**
   * Payload of an input frame. What the page does not do is told to `onNotice`, malformed input to `onError`. It may be
   * done some time later, then too within `how`.
   */
  input(viewer: number, payload: Uint8Array, how?: (work: () => void) => void): void;
  /**
   * Does what the customer accepted, as if the agent did it: nobody else's word is needed for the fields that the
   * customer types in. `work` may be called some time later.
   */
  accepted(work: (input: (viewer: number, payload: Uint8Array) => void) => void): void;
  /** Control has ended: a button that is held is let go. */
  release(): void;
  /** Removes the listeners. */
  stop(): void;
}

/** Makes an actor for one window. Throws SyntaxError when a selector of the policy is not valid. */
export function createActor(options: ActorOptions): Actor {
  return new DomActor(options);
}

class DomActor implements Actor {
  readonly #options: ActorOptions;
  readonly #reach: Reach;
  readonly #hands = new Hands();
  readonly #turns: Turns;
  readonly #pointer: Pointer;
  readonly #keyboard: Keyboard;
  readonly #abort = new AbortController();
  /** By their documents: an iframe that loads another page keeps its `Window` by name only. */
  readonly #watched = new WeakSet<Document>();
  /** Why the browser was kept from what the agent's input would have done. */
  #prevented: RefusedError | undefined;
  /** The agent's last press was refused: keys must not fall into another field instead. */
  #barred: RefusedError | undefined;
  #said = { reason: "", at: Number.NEGATIVE_INFINITY };

  constructor(options: ActorOptions) {
    this.#options = options;
    this.#reach = new Reach(options.capture, options.policy ?? {});
    this.#turns = new Turns(options.window.document);
    this.#pointer = new Pointer(this.#reach, this.#hands);
    this.#keyboard = new Keyboard(this.#reach, this.#hands);
    this.#watch(options.window);
  }

  input(viewer: number, payload: Uint8Array, how: (work: () => void) => void = (work) => work()): void {
    this.#turns.take(() => how(() => this.#input(viewer, payload)));
  }

  accepted(work: (input: (viewer: number, payload: Uint8Array) => void) => void): void {
    this.#turns.take(() =>
      this.#hands.yielding(() => work((viewer, payload) => this.#input(viewer, payload))),
    );
  }

  release(): void {
    this.#turns.drop();
    this.#barred = undefined;
    this.#guard(() => this.#hands.act(() => this.#pointer.release()));
  }

  stop(): void {
    this.release();
    this.#abort.abort();
    this.#hands.stop();
  }

  #input(viewer: number, payload: Uint8Array): void {
    let event: AgentInputEvent | undefined;
    try {
      const input = decodeInput(payload);
      event = input;
      this.#prevented = undefined;
      const touched = this.#hands.act(() => this.#perform(input));
      if (this.#prevented) throw this.#prevented;
      if (touched) this.#options.onTouch?.(viewer, touched);
    } catch (error) {
      if (!(error instanceof RefusedError)) this.#options.onError?.(error);
      // To move the pointer over a protected element is no attempt to use it, so nothing is refused.
      else if (event?.kind !== "pointer" || event.phase !== "move") this.#refuse(viewer, error);
    }
  }

  #refuse(viewer: number, { reason }: RefusedError): void {
    const now = performance.now();
    if (reason === this.#said.reason && now - this.#said.at < SAY_AGAIN_MS) return;
    this.#said = { reason, at: now };
    this.#options.onNotice?.(viewer, { kind: "refused", reason });
  }

  /** Returns the element that was operated, if one was. */
  #perform(event: AgentInputEvent): Element | undefined {
    switch (event.kind) {
      case "pointer":
        return this.#point(event);
      case "key":
        if (this.#barred && event.phase === "up") return undefined;
        this.#checkBar();
        return this.#keyboard.perform(this.#place(event.phase === "up"), event);
      case "text": {
        this.#checkBar();
        const element = this.#place(false);
        this.#reach.check(element);
        if (!event.pasted || this.#paste(element, event.text)) {
          insertText(element, event.text, event.pasted ? "insertFromPaste" : "insertText");
        }
        return element;
      }
      case "select": {
        const element = this.#free(event.id);
        if (dom.localName(element) === "select") chooseOptions(element as HTMLSelectElement, event.indices);
        return element;
      }
      case "value": {
        const element = this.#free(event.id);
        chooseValue(element, event.value, event.done);
        return element;
      }
      case "scroll": {
        const scrolled = this.#scrolled(event.id);
        if (scrolled) dom.scrollTo(scrolled, { left: event.left, top: event.top, behavior: "instant" });
        return undefined;
      }
      case "wheel":
        this.#wheel(this.#element(event.id), event);
        return undefined;
      case "history": {
        const { history, location } = this.#options.window;
        if (event.go === "reload") location.reload();
        else history.go(event.go === "back" ? -1 : 1);
        return undefined;
      }
    }
  }

  #point(event: Extract<AgentInputEvent, { kind: "pointer" }>): Element | undefined {
    const down = event.phase === "down";
    try {
      const element = this.#element(event.id);
      this.#pointer.perform(element, event);
      if (down) this.#barred = undefined;
      return event.phase === "move" ? undefined : element;
    } catch (error) {
      if (down && error instanceof RefusedError) this.#barred = error;
      throw error;
    }
  }

  #checkBar(): void {
    if (this.#barred) throw this.#barred;
  }

  #element(id: number): Element {
    const node = this.#options.capture.operableNode(id);
    const element =
      (node && dom.nodeType(node)) === Node.ELEMENT_NODE
        ? (node as Element)
        : node && dom.parentElement(node);
    if (!element) throw new RefusedError("protected");
    this.#watch(realm(element));
    return element;
  }

  /** An element that the agent may use and in which the customer is not typing. */
  #free(id: number): Element {
    const element = this.#element(id);
    this.#reach.check(element);
    if (this.#hands.typesIn(element)) throw new RefusedError("customerTyping");
    return element;
  }

  /** Where the agent's keys go. Takes the focus back from where the customer left it, but not from their typing. */
  #place(release: boolean): Element {
    const { document } = this.#options.window;
    const active = deepActive(document);
    const place = this.#hands.place(document);
    if (this.#hands.typesIn(place)) throw new RefusedError("customerTyping");
    if (place === active || release) {
      // Our own panel took the focus when the customer answered there.
      return this.#options.ignore?.(place) || this.#inOwn(place) ? (dom.body(document) as Element) : place;
    }
    if (!this.#hands.holdFocus(document)) dom.focus(place as HTMLElement, { preventScroll: true });
    // Only text fields can be typed into without the focus.
    else if (isRich(place)) throw new RefusedError("customerTyping");
    return place;
  }

  #inOwn(element: Element): boolean {
    const host = dom.host(dom.getRootNode(element) as ShadowRoot);
    return host !== undefined && this.#options.ignore?.(host) === true;
  }

  #scrolled(id: number): Element | null | undefined {
    const node = this.#options.capture.operableNode(id);
    return (node && dom.nodeType(node)) === Node.DOCUMENT_NODE
      ? dom.scrollingElement(node as Document)
      : (node as Element);
  }

  #wheel(element: Element, event: Extract<AgentInputEvent, { kind: "wheel" }>): void {
    this.#reach.check(element);
    const { WheelEvent } = realm(element);
    const turn = new WheelEvent("wheel", {
      bubbles: true,
      cancelable: true,
      composed: true,
      view: realm(element),
      ...spot(element, event),
      deltaX: event.dx,
      deltaY: event.dy,
      ...heldKeys(event.modifiers),
    });
    if (!dom.dispatchEvent(element, turn)) return;
    const target = scrollable(element, event.dx, event.dy);
    if (target) dom.scrollBy(target, { left: event.dx, top: event.dy, behavior: "instant" });
  }

  /** Offers the text to the page as a paste. True when the browser is to insert it. */
  #paste(element: Element, text: string): boolean {
    const { ClipboardEvent, DataTransfer } = realm(element);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const init = { bubbles: true, cancelable: true, composed: true, clipboardData };
    return dom.dispatchEvent(element, new ClipboardEvent("paste", init));
  }

  /** Follows a window: the customer's hands in it, and what our input must not cause there. */
  #watch(view: Window): void {
    if (this.#watched.has(view.document)) return;
    this.#watched.add(view.document);
    this.#hands.watch(view);
    const options = { capture: true, signal: this.#abort.signal } as const;
    dom.addEventListener(
      view,
      "submit",
      (event) => this.#prevent(event, "submit", !this.#reach.submits),
      options,
    );
    dom.addEventListener(
      view,
      "click",
      (event) => this.#prevent(event, "file", isFile(event.composedPath()[0] as Element)),
      options,
    );
    dom.addEventListener(
      view,
      "change",
      (event) => isToldChange(event) && event.stopImmediatePropagation(),
      options,
    );
  }

  #prevent(event: Event, reason: "submit" | "file", applies: boolean): void {
    if (!this.#hands.acting || !applies) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#prevented = new RefusedError(reason);
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onError?.(error);
    }
  }
}
