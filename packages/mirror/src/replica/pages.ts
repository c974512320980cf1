import { NO_PICTURE, type Picture } from "@copane/protocol";
import * as dom from "../core/dom.ts";
import type { ReplicaPage } from "./page.ts";
import type { Stage } from "./stage.ts";

/** How long a page may wait for its styles before it is shown anyway, in milliseconds. */
const STYLES_MS = 1_500;

/** How often we look whether a page that waits has them. */
const POLL_MS = 30;

/** One epoch's page in its iframe. */
interface Entry {
  picture: Picture;
  frame: HTMLIFrameElement;
  page: ReplicaPage;
  /** `building` its first picture, `built` but waiting for its styles, or `complete` and in sight. */
  state: "building" | "built" | "complete";
  /** It is in sight, the first page even while it builds. */
  seen: boolean;
  /** When it is shown whatever it still lacks. */
  deadline: number | undefined;
}

export interface PagesOptions {
  stage: Stage;
  /** Whether the agent sees the customer's scroll positions. */
  following(): boolean;
  /** A complete page stands in sight. */
  complete(page: ReplicaPage): void;
}

/**
 * The page in sight, and the one that is built to take its place. The first page is seen while it builds, if it begins
 * with its styles; a later one takes over when it is complete.
 */
export class Pages {
  readonly #options: PagesOptions;
  #shown: Entry | undefined;
  #next: Entry | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PagesOptions) {
    this.#options = options;
  }

  /** The page in sight. */
  get shown(): ReplicaPage | undefined {
    return this.#shown?.page;
  }

  /** What the agent's input and marks are about. */
  get picture(): Picture {
    return this.#shown?.picture ?? NO_PICTURE;
  }

  get window(): (Window & typeof globalThis) | undefined {
    const frame = this.#shown?.frame;
    return ((frame && dom.contentWindow(frame)) ?? undefined) as (Window & typeof globalThis) | undefined;
  }

  /** Begins another page, made for an empty document; one that was not complete is given up. */
  begin(picture: Picture, make: (document: Document) => ReplicaPage): ReplicaPage {
    const { stage } = this.#options;
    clearTimeout(this.#timer);
    this.#next?.page.destroy();
    if (this.#next) dom.remove(this.#next.frame);
    this.#next = undefined;
    // What is compared from here on is the new epoch's.
    this.#shown?.page.stopDrift();
    stage.veil(false);
    const first = this.#shown === undefined;
    const frame = first ? stage.frame : stage.prepare();
    const document = dom.contentDocument(frame);
    if (document === null) throw new Error("the replica's iframe has no document");
    const page = make(document);
    const entry: Entry = { picture, frame, page, state: "building", seen: false, deadline: undefined };
    if (first) this.#shown = entry;
    else this.#next = entry;
    return page;
  }

  /** A frame was applied. */
  applied(): void {
    const entry = this.#newest;
    entry?.page.applied();
    this.#options.stage.contentChanged();
    if (entry && entry === this.#shown && !entry.seen) this.#poll(entry);
  }

  /** All of a page is built. */
  built(page: ReplicaPage): void {
    const entry = this.#newest;
    if (entry?.page !== page || entry.state !== "building") return;
    entry.state = "built";
    this.#poll(entry);
  }

  setFollowing(on: boolean): void {
    this.#shown?.page.setFollowing(on);
    this.#next?.page.setFollowing(on);
  }

  /** Nothing is shown until another page begins. */
  empty(): void {
    this.destroy();
    this.#shown = this.#next = undefined;
    this.#options.stage.empty();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#shown?.page.destroy();
    this.#next?.page.destroy();
  }

  get #newest(): Entry | undefined {
    return this.#next ?? this.#shown;
  }

  /** Shows a page, unless its styles are worth waiting for. */
  #poll(entry: Entry): void {
    clearTimeout(this.#timer);
    const first = entry === this.#shown;
    const styled = entry.page.styled && (first || stylesLoaded(entry.frame));
    entry.deadline ??= performance.now() + STYLES_MS;
    const waits = !styled && performance.now() < entry.deadline;
    if (first && !entry.seen) {
      this.#options.stage.veil(waits);
      entry.seen = !waits;
    }
    if (waits) this.#timer = setTimeout(() => this.#poll(entry), POLL_MS);
    else if (entry.state !== "building") this.#show(entry);
  }

  #show(entry: Entry): void {
    entry.seen = true;
    entry.state = "complete";
    if (entry !== this.#shown) this.#takeOver(entry);
    this.#options.complete(entry.page);
  }

  /** The agent's own place in the page stays where it is. */
  #takeOver(entry: Entry): void {
    const { stage, following } = this.#options;
    this.#shown?.page.destroy();
    this.#shown = entry;
    this.#next = undefined;
    const before = dom.contentWindow(stage.frame) ?? window;
    const left = dom.scrollX(before);
    const top = dom.scrollY(before);
    stage.show(entry.frame);
    const view = dom.contentWindow(entry.frame);
    if (!following() && view) dom.scrollWindowTo(view, { left, top, behavior: "instant" });
    entry.page.restoreScroll();
  }
}

/** A link whose sheet has arrived (or failed) has a `sheet`, whatever its origin. */
function stylesLoaded(frame: HTMLIFrameElement): boolean {
  const document = dom.contentDocument(frame);
  const links = document ? dom.querySelectorAll(document, "link[rel~=stylesheet][href]") : [];
  for (const link of links) if (dom.sheet(link) === null && !dom.disabled(link)) return false;
  return true;
}
