import type { CaptureParts } from "../core/capture-feature.ts";
import * as dom from "../core/dom.ts";
import type { MadeFonts } from "../core/made-fonts.ts";
import { FRAGMENT } from "../core/node-types.ts";
import { OnRequest } from "../core/on-request.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { scriptedAnimations } from "../features/animations/scripted.ts";
import type { RequestedFeatures } from "../features/on-request.ts";
import type { StylesCapture } from "../features/styles/capture.ts";

/** Loads the features that few pages need. */
export type LoadFeatures = () => Promise<{ RequestedFeatures: typeof RequestedFeatures }>;

export interface FeaturesOnRequestOptions extends CaptureParts {
  styles: StylesCapture;
  loadFeatures: LoadFeatures;
}

/** More than this many animations wait for nobody. */
const MOST_ANIMATIONS = 500;

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
  /** What scripts did to animations meanwhile: one that they cancelled is not found any more. */
  readonly #animations = new Set<Animation>();
  readonly #properties: WeakMap<Document, string[]>;
  readonly #fonts: MadeFonts;
  /** Of popovers: what opened them. */
  readonly #sources = new WeakMap<Element, Element>();

  /** @param arrived puts the features to work */
  constructor(options: FeaturesOnRequestOptions, arrived: (features: RequestedFeatures) => void) {
    const { loadFeatures, onError, onChange } = options;
    this.#nodes = options.nodes;
    this.#properties = options.early.properties;
    this.#fonts = options.early.fonts;
    this.#onError = onError;
    const load = async () => {
      const { RequestedFeatures: Features } = await loadFeatures();
      const features = new Features(options);
      arrived(features);
      for (const [element, record] of this.#waiting)
        if (record.mirrored) features.element(element, record, this.#sources.get(element));
      this.#waiting.clear();
      for (const animation of this.#animations) features.animation(animation);
      this.#animations.clear();
      onChange();
      return features;
    };
    this.#features = new OnRequest(load, { onError });
  }

  /** An element that the viewers have just received: followed, if it is one for these features. */
  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void {
    const wanted =
      tag === "slot" ? isManual(element) : tags.has(tag) || tag.includes("-") || isTimed(element, tag);
    if (!wanted && !attributes.includes("popover")) return;
    const features = this.#features.now;
    if (features) features.element(element, record);
    else this.#wait(element, record);
  }

  /** A document whose animations may run already. */
  root(root: Document | ShadowRoot): void {
    const features = this.#features.now;
    if (features) features.root(root);
    else if (this.#properties.get(root as Document)?.length || scriptedAnimations(root).length > 0)
      this.#call();
  }

  /** Looks for what no event tells of. */
  poll({ CSS }: Window & typeof globalThis): void {
    if ((CSS?.highlights?.size || this.#fonts.sources) && !this.#features.requested) this.call();
  }

  /** A script began an animation, or did something to one. */
  animation(animation: Animation): void {
    const features = this.#features.now;
    if (features) {
      features.animation(animation);
      return;
    }
    if (this.#animations.size < MOST_ANIMATIONS) this.#animations.add(animation);
    this.#call();
  }

  /** Something entered or left the top layer; once they are there the features hear of it by themselves. */
  toggled(element: Element, source: Element | null | undefined): void {
    const record = this.#nodes.mirrored(element);
    if (!record || dom.htmlName(element) === "details" || this.#features.now) return;
    if (source) this.#sources.set(element, source);
    // The last to be opened stands over the others.
    this.#waiting.delete(element);
    this.#wait(element, record);
  }

  /** A custom element has its internals; until the features are there it waits with them. */
  internals(element: Element): void {
    this.#features.now?.internals(element);
  }

  /** Calls for the features; false when they did not come. */
  call(): boolean {
    if (this.#features.state !== "failed") this.#call();
    return this.#features.requested;
  }

  /** Something that a viewer asks for. */
  ask(work: (features: RequestedFeatures) => Promise<void>): void {
    this.#features.use((features) => {
      work(features).catch(this.#onError);
    });
  }

  beginEpoch(): void {
    this.#animations.clear();
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

/** An animation in SVG that shows at what time it is looked at; one without end looks well at any. */
function isTimed(element: Element, tag: string): boolean {
  if (!/^(?:set|animate)/.test(tag) || dom.htmlName(element)) return false;
  const waits = dom.getAttribute(element, "begin")?.includes("indefinite");
  return waits || dom.getAttribute(element, "repeatCount") !== "indefinite";
}

/** Whether scripts say what stands in a slot. */
function isManual(slot: Element): boolean {
  const root = dom.getRootNode(slot);
  return dom.nodeType(root) === FRAGMENT && dom.slotAssignment(root as ShadowRoot) === "manual";
}
