import * as dom from "../core/dom.ts";
import { isEditable } from "./editing.ts";
import { deepActive } from "./focus.ts";

/** The field in which the customer types is theirs for this long after each key, in milliseconds. */
const TYPING_MS = 1_500;

/** The focus is not taken from a field of the customer's for this long after they last used it. */
const FOCUS_MS = 3_000;

/** A focus that moves this soon after the customer's input was moved by it. */
const CAUSED_MS = 400;

const inputs = [
  "pointerdown",
  "keydown",
  "beforeinput",
  "input",
  "paste",
  "compositionstart",
  "compositionend",
];

/**
 * Two people use one page: this knows who is where. The customer always wins, and letters of both never mix in
 * one field. The browser knows one focus only, so the agent's place is kept here when the customer has it.
 */
export class Hands {
  readonly #abort = new AbortController();
  readonly #watched = new WeakSet<Document>();
  #acting = false;
  #yields = false;
  /** The customer's field, when they last used it, and whether an input method is composing in it. */
  #field: Element | undefined;
  #fieldAt = Number.NEGATIVE_INFINITY;
  #composing = false;
  /** When the customer last did anything. */
  #usedAt = Number.NEGATIVE_INFINITY;
  /** Where the customer moved the focus. */
  #customers: Element | undefined;
  #agents: Element | undefined;

  /** Listens in a window and remembers it. */
  watch(view: Window): void {
    if (this.#watched.has(view.document)) return;
    this.#watched.add(view.document);
    const options = { capture: true, passive: true, signal: this.#abort.signal } as const;
    for (const type of inputs) dom.addEventListener(view, type, (event) => this.#input(event), options);
    dom.addEventListener(view, "focusin", (event) => this.#focused(event), options);
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Does the agent's work: what happens meanwhile is not the customer's, whatever the events say. */
  act<T>(work: () => T): T {
    this.#acting = true;
    try {
      return work();
    } finally {
      this.#acting = false;
    }
  }

  /** Does what the customer has accepted: they wait for it, whatever they typed a moment ago. */
  yielding(work: () => void): void {
    this.#yields = true;
    try {
      work();
    } finally {
      this.#yields = false;
    }
  }

  get acting(): boolean {
    return this.#acting;
  }

  /** Whether the customer types in this element now. */
  typesIn(element: Element): boolean {
    return !this.#yields && this.#field === element && (this.#composing || now() - this.#fieldAt < TYPING_MS);
  }

  /** Whether the focus stands in a field that the customer uses, so that it must not be moved. */
  holdFocus(document: Document): boolean {
    const field = this.#yields ? undefined : this.#field;
    if (!(field && dom.isConnected(field)) || deepActive(document) !== field || !isEditable(field))
      return false;
    return this.#composing || now() - this.#fieldAt < FOCUS_MS;
  }

  /** The agent's place for keys: the document's focus, unless the customer moved that elsewhere. */
  place(document: Document): Element {
    const active = deepActive(document);
    const agents = this.#agents;
    return agents && dom.isConnected(agents) && active === this.#customers ? agents : active;
  }

  /** The agent went to `element`. */
  went(element: Element | undefined): void {
    this.#agents = element;
  }

  /** Where the agent went last. */
  get agents(): Element | undefined {
    return this.#agents;
  }

  #input(event: Event): void {
    if (!event.isTrusted || this.#acting) return;
    const target = event.composedPath()[0] as Element;
    this.#usedAt = now();
    if (event.type === "compositionstart") this.#composing = true;
    if (event.type === "compositionend") this.#composing = false;
    const key = (event as KeyboardEvent).key;
    // A modifier alone, or the key that takes control back, is no typing.
    if (key && /^(Shift|Control|Alt|Meta|Escape)$/.test(key)) return;
    const field = dom.nodeType(target) === Node.ELEMENT_NODE ? editingHost(target) : undefined;
    if (!field) return;
    this.#field = field;
    this.#fieldAt = now();
    if (event.type === "pointerdown") this.#customers = field;
  }

  #focused(event: Event): void {
    const target = event.composedPath()[0] as Element;
    if (this.#acting) this.#customers = undefined;
    else if (now() - this.#usedAt < CAUSED_MS) {
      if (this.#field !== target) this.#composing = false;
      this.#customers = target;
    }
  }
}

/** The field or the editable document that an element belongs to. */
export function editingHost(element: Element): Element | undefined {
  if (!isEditable(element)) return undefined;
  let host: HTMLElement = element as HTMLElement;
  for (
    let up = dom.parentElement(host);
    up && dom.htmlName(up) && dom.isContentEditable(up);
    up = dom.parentElement(up)
  )
    host = up;
  return host;
}

function now(): number {
  return performance.now();
}
