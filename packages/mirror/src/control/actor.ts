import { decodeInput, decodePointer } from "@copane/protocol";
import type { Capture } from "../capture/types.ts";
import { changed, insertText } from "./editing.ts";
import { deepActive } from "./focus.ts";
import { Keyboard } from "./keyboard.ts";
import { OutOfReachError } from "./out-of-reach.ts";
import { Pointer } from "./pointer.ts";

export interface ActorOptions {
  window: Window & typeof globalThis;
  capture: Pick<Capture, "operableNode" | "operable">;
  /** An element the agent just operated, so that the customer can be shown it. */
  onTouch?: (viewer: number, element: Element) => void;
  /** Where an agent points, in the viewport's CSS pixels; undefined when the pointer left the page. */
  onPointer?: (viewer: number, at: { x: number; y: number } | undefined) => void;
  onError?: (error: unknown) => void;
}

/** Performs the agent's input in the customer's page. */
export interface Actor {
  /** Payload of an input frame. Malformed or forbidden input is ignored and reported to `onError`. */
  input(viewer: number, payload: Uint8Array): void;
  /** Payload of a pointer frame. */
  pointer(viewer: number, payload: Uint8Array): void;
}

/** Makes an actor for one window. It holds no listeners and needs no stopping. */
export function createActor(options: ActorOptions): Actor {
  return new DomActor(options);
}

class DomActor implements Actor {
  readonly #options: ActorOptions;
  readonly #pointer: Pointer;
  readonly #keyboard: Keyboard;

  constructor(options: ActorOptions) {
    this.#options = options;
    const operable = (element: Element) => options.capture.operable(element);
    this.#pointer = new Pointer(operable);
    this.#keyboard = new Keyboard(operable);
  }

  input(viewer: number, payload: Uint8Array): void {
    try {
      const touched = this.#perform(payload);
      if (touched) this.#options.onTouch?.(viewer, touched);
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  pointer(viewer: number, payload: Uint8Array): void {
    try {
      const event = decodePointer(payload);
      if (event.kind === "gone") {
        this.#options.onPointer?.(viewer, undefined);
        return;
      }
      const element = this.#options.capture.operableNode(event.id);
      if (element?.nodeType !== Node.ELEMENT_NODE) return;
      const box = boxInTop(element as Element);
      this.#options.onPointer?.(viewer, {
        x: box.left + event.x * box.width,
        y: box.top + event.y * box.height,
      });
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  /** Returns the element that was operated, if one was. */
  #perform(payload: Uint8Array): Element | undefined {
    const event = decodeInput(payload);
    switch (event.kind) {
      case "pointer": {
        const element = this.#element(event.id);
        this.#pointer.perform(element, event);
        return event.phase === "move" ? undefined : element;
      }
      case "key":
        return this.#keyboard.perform(deepActive(this.#options.window.document), event);
      case "text": {
        const element = deepActive(this.#options.window.document);
        if (!this.#options.capture.operable(element))
          throw new OutOfReachError("the focused field is out of reach");
        insertText(element, event.text);
        return element;
      }
      case "select": {
        const element = this.#element(event.id);
        if (element.localName === "select") choose(element as HTMLSelectElement, event.indices);
        return element;
      }
      case "scroll": {
        const node = this.#options.capture.operableNode(event.id);
        const target =
          node?.nodeType === Node.DOCUMENT_NODE ? (node as Document).scrollingElement : (node as Element);
        target?.scrollTo({ left: event.left, top: event.top, behavior: "instant" });
        return undefined;
      }
    }
  }

  #element(id: number): Element {
    const node = this.#options.capture.operableNode(id);
    const element = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : node?.parentElement;
    if (!element) throw new OutOfReachError("the element is out of reach");
    return element;
  }
}

function choose(select: HTMLSelectElement, indices: readonly number[]): void {
  if (select.disabled) return;
  const chosen = new Set(indices);
  let different = false;
  for (const option of select.options) {
    const selected = chosen.has(option.index) && !option.disabled;
    different ||= option.selected !== selected;
    if (select.multiple) option.selected = selected;
  }
  if (!select.multiple && indices[0] !== undefined && !select.options[indices[0]]?.disabled) {
    select.selectedIndex = indices[0];
  }
  if (different) changed(select);
}

/** An element's box in the top viewport's CSS pixels. */
function boxInTop(element: Element): { left: number; top: number; width: number; height: number } {
  const box = element.getBoundingClientRect();
  let { left, top } = box;
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame; ) {
    const outer = frame.getBoundingClientRect();
    left += outer.left + frame.clientLeft;
    top += outer.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return { left, top, width: box.width, height: box.height };
}
