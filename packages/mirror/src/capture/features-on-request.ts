import type { CaptureParts } from "../core/capture-feature.ts";
import * as dom from "../core/dom.ts";
import { OnRequest } from "../core/on-request.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { scriptedAnimations } from "../features/animations/scripted.ts";
import type { RequestedFeatures } from "../features/on-request.ts";

/** Loads the features that few pages need. */
export type LoadFeatures = () => Promise<{ RequestedFeatures: typeof RequestedFeatures }>;

export interface FeaturesOnRequestOptions extends CaptureParts {
  loadFeatures: LoadFeatures;
}

/** Elements that call for them. So do custom elements, popovers, animations by script, and what viewers ask for. */
const tags = new Set(["canvas", "video", "audio", "dialog"]);

/**
 * The place of the features that few pages need. The first thing that they follow calls for their script. Until it is
 * there nothing is lost: elements wait here, animations are found in their documents. If it does not come, the next
 * thing that needs it calls again.
 */
export class FeaturesOnRequest {
  readonly #nodes: CaptureParts["nodes"];
  readonly #onError: (error: unknown) => void;
  readonly #features: OnRequest<RequestedFeatures>;
  /** No more than the viewers have of them. */
  readonly #waiting = new Map<Element, NodeRecord>();

  /** @param arrived puts the features to work */
  constructor(options: FeaturesOnRequestOptions, arrived: (features: RequestedFeatures) => void) {
    const { loadFeatures, onError, onChange } = options;
    this.#nodes = options.nodes;
    this.#onError = onError;
    const load = async () => {
      const { RequestedFeatures: Features } = await loadFeatures();
      const features = new Features(options);
      arrived(features);
      for (const [element, record] of this.#waiting) if (record.mirrored) features.element(element, record);
      this.#waiting.clear();
      onChange();
      return features;
    };
    this.#features = new OnRequest(load, { onError });
  }

  /** An element that the viewers have just received: followed, if it is one for these features. */
  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void {
    if (!tags.has(tag) && !tag.includes("-") && !attributes.includes("popover")) return;
    const features = this.#features.now;
    if (features) features.element(element, record);
    else this.#wait(element, record);
  }

  /** A document whose animations may run already. */
  root(root: Document | ShadowRoot): void {
    const features = this.#features.now;
    if (features) features.root(root);
    else if (scriptedAnimations(root).length > 0) this.#call();
  }

  /** A script began an animation. */
  animation(animation: Animation): void {
    const features = this.#features.now;
    if (features) features.animation(animation);
    else this.#call();
  }

  /** Something entered or left the top layer; once they are there the features hear of it by themselves. */
  toggled(element: Element): void {
    const record = this.#nodes.mirrored(element);
    if (record && dom.htmlName(element) !== "details" && !this.#features.now) this.#wait(element, record);
  }

  /** Something that a viewer asks for. */
  ask(work: (features: RequestedFeatures) => Promise<void>): void {
    this.#features.use((features) => {
      work(features).catch(this.#onError);
    });
  }

  beginEpoch(): void {
    this.#waiting.clear();
  }

  #wait(element: Element, record: NodeRecord): void {
    this.#waiting.set(element, record);
    this.#call();
  }

  #call(): void {
    if (!this.#features.requested) this.#features.use(() => {});
  }
}
