import * as dom from "../core/dom.ts";
import { textsBetween } from "./geometry.ts";
import { nameOf, shorten } from "./name.ts";
import type { Entry, MarkStore } from "./store.ts";
import type { MarkEvents, MarkedCapture } from "./types.ts";
import type { Mark } from "./wire.ts";

/** Announcements wait until the agent has made no mark for this long, in milliseconds. */
const REST_MS = 500;

export interface AnnouncerOptions {
  store: MarkStore;
  capture(): MarkedCapture | undefined;
  isHidden(mark: Mark): boolean;
  onPoint: NonNullable<MarkEvents["onPoint"]>;
}

/** Tells the customer what an agent points at, marks or draws on, by its accessible name where that is readable. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Announces a mark soon. Of several in a row only the last is announced. */
  announce(owner: number, key: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(owner, key), REST_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tell(owner: number, key: number): void {
    const entry = this.#options.store.get(owner, key);
    const capture = this.#options.capture();
    const node = entry?.nodes[0];
    if (!entry || !capture || !node || this.#options.isHidden(entry.mark)) return;
    const name =
      dom.nodeType(node) === Node.ELEMENT_NODE
        ? nameOf(node as Element, (element) => capture.operable(element))
        : markedText(entry, (text) => capture.operableNode(capture.nearestId(text)) === text);
    this.#options.onPoint({ owner, kind: entry.mark.kind, name });
  }
}

/** The words that are marked, without what is masked among them. */
function markedText({ mark, nodes }: Entry, readable: (text: Text) => boolean): string {
  const [start, end] = nodes as [Text, Text];
  const words = textsBetween(start, end).map((text) => {
    if (!readable(text)) return "";
    return dom.data(text).slice(text === start ? mark.start : 0, text === end ? mark.end : undefined);
  });
  return shorten(words.join(" "));
}
