import type { WatcherParts } from "../core/capture-feature.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { scriptedAnimations } from "../features/animations/scripted.ts";
import type { RareWatchers } from "../features/on-request.ts";

/** Loads the watchers of what few pages have. */
export type LoadRare = () => Promise<{ RareWatchers: typeof RareWatchers }>;

/** What viewers ask for until the script is there; more than that they do not ask for at once. */
const MOST_WAITING = 64;

const tags = new Set(["canvas", "video", "audio", "dialog"]);

/**
 * The place of the watchers that few pages need. The first thing that they follow calls for their script. Until it is
 * there nothing is lost: elements wait here, animations are found in their documents. If it does not come, those things
 * are not followed, and the next epoch tries again.
 */
export class RareSlot {
  readonly #load: LoadRare;
  readonly #parts: WatcherParts;
  readonly #arrived: (watchers: RareWatchers) => void;
  readonly #onError: (error: unknown) => void;
  #watchers: RareWatchers | undefined;
  #state: "idle" | "called" | "failed" = "idle";
  /** No more than the viewers have of them. */
  readonly #elements = new Map<Element, NodeRecord>();
  #asked: ((watchers: RareWatchers) => Promise<void>)[] = [];

  /** @param arrived puts the watchers to work */
  constructor(
    load: LoadRare,
    parts: WatcherParts,
    arrived: (watchers: RareWatchers) => void,
    onError: (error: unknown) => void,
  ) {
    this.#load = load;
    this.#parts = parts;
    this.#arrived = arrived;
    this.#onError = onError;
  }

  /** An element that the viewers have just received: followed, if it is one for the rare watchers. */
  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void {
    if (!tags.has(tag) && !tag.includes("-") && !attributes.includes("popover")) return;
    if (this.#watchers) this.#watchers.element(element, record);
    else if (this.#wake()) this.#elements.set(element, record);
  }

  /** A document whose animations may run already. */
  root(root: Document | ShadowRoot): void {
    if (this.#watchers) this.#watchers.root(root);
    else if (scriptedAnimations(root).length > 0) this.#wake();
  }

  /** A script began an animation. */
  animation(animation: Animation): void {
    if (this.#watchers) this.#watchers.animation(animation);
    else this.#wake();
  }

  /** Something entered or left the top layer; once they are there the watchers hear of it by themselves. */
  toggled(element: Element): void {
    const record = this.#parts.nodes.mirrored(element);
    if (record && element.localName !== "details" && !this.#watchers && this.#wake())
      this.#elements.set(element, record);
  }

  /** Something that a viewer asks for. */
  ask(work: (watchers: RareWatchers) => Promise<void>): void {
    if (this.#watchers) work(this.#watchers).catch(this.#onError);
    else if (this.#asked.length < MOST_WAITING && this.#wake()) this.#asked.push(work);
  }

  clear(): void {
    this.#elements.clear();
    this.#asked = [];
    if (this.#state === "failed") this.#state = "idle";
  }

  stop(): void {
    this.#watchers?.stop();
  }

  /** Calls for the watchers; false if they will not come. */
  #wake(): boolean {
    if (this.#state === "idle") {
      this.#state = "called";
      this.#load()
        .then(({ RareWatchers: Rare }) => this.#begin(new Rare(this.#parts)))
        .catch((error) => {
          this.clear();
          this.#state = "failed";
          this.#onError(error);
        });
    }
    return this.#state === "called";
  }

  #begin(watchers: RareWatchers): void {
    this.#watchers = watchers;
    this.#arrived(watchers);
    for (const [element, record] of this.#elements) if (record.mirrored) watchers.element(element, record);
    for (const work of this.#asked) work(watchers).catch(this.#onError);
    this.clear();
    this.#parts.onChange();
  }
}
