import type { CaptureFeature, CaptureParts } from "../core/capture-feature.ts";
import { featuresByTag } from "../core/capture-feature.ts";
import * as dom from "../core/dom.ts";
import { type ListenOptions, listen } from "../core/guard.ts";
import { DOCUMENT, FRAGMENT } from "../core/node-types.ts";
import { Pace } from "../core/pace.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { FocusCapture } from "../features/focus/capture.ts";
import { FormsCapture } from "../features/forms/capture.ts";
import type { RequestedFeatures } from "../features/on-request.ts";
import { PageCapture } from "../features/page/capture.ts";
import { PointingCapture } from "../features/pointing/capture.ts";
import { ScrollCapture } from "../features/scroll/capture.ts";
import type { StyleTextsCapture } from "../features/style-texts/capture.ts";
import { StylesCapture } from "../features/styles/capture.ts";
import { FeaturesOnRequest, type LoadFeatures } from "./features-on-request.ts";

export interface CaptureFeaturesOptions extends CaptureParts {
  texts: StyleTextsCapture;
  /** Whether the value of a field must not be told for now. */
  holdsBack(field: Element): boolean;
  motionIntervalMs: number;
  loadFeatures: LoadFeatures;
}

/** The features of a capture: those that every page needs, and the place of those that are loaded on request. */
export class CaptureFeatures {
  readonly page: PageCapture;
  readonly styles: StylesCapture;
  readonly onRequest: FeaturesOnRequest;
  readonly #options: CaptureFeaturesOptions;
  readonly #forms: FormsCapture;
  readonly #scroll: ScrollCapture;
  readonly #focus: FocusCapture;
  /** In the order in which they write. */
  readonly #all: CaptureFeature[];
  readonly #byTag: ReadonlyMap<string, CaptureFeature>;
  #signal: AbortSignal | undefined;

  constructor(options: CaptureFeaturesOptions) {
    const { nodes, writer, early, onChange, motionIntervalMs } = options;
    const pace = () => new Pace(motionIntervalMs, onChange);
    this.#options = options;
    this.page = new PageCapture(options);
    const call = () => this.onRequest.call();
    this.styles = new StylesCapture(options, early.sheets, call, onChange);
    const { styles } = this;
    this.onRequest = new FeaturesOnRequest({ ...options, styles }, (features) => this.#arrived(features));
    this.#forms = new FormsCapture(writer, (field) => options.holdsBack(field), onChange);
    this.#scroll = new ScrollCapture(options, pace(), onChange);
    this.#focus = new FocusCapture(options);
    const pointing = new PointingCapture(nodes, writer, pace(), onChange);
    this.#all = [this.styles, this.#forms, this.#scroll, pointing, this.#focus];
    this.#byTag = featuresByTag(this.#all);
  }

  /** Adds one that writes after all others. */
  add(feature: CaptureFeature): void {
    this.#all.push(feature);
  }

  start(signal: AbortSignal): void {
    this.page.listenWindow(this.#listening(signal));
    this.#signal = signal;
    this.onRequest.root(this.#options.window.document);
  }

  beginEpoch(): void {
    this.page.beginEpoch();
    this.onRequest.beginEpoch();
    for (const feature of this.#all) feature.beginEpoch();
  }

  listen(root: Document | ShadowRoot, signal: AbortSignal): void {
    const options = this.#listening(signal);
    this.page.listen(root);
    listen(root, ["toggle"], this.#toggled, options);
    for (const feature of this.#all) feature.listen?.(root, options);
  }

  /** A document or shadow root that the viewers are given. */
  root(root: Document | ShadowRoot): void {
    this.styles.root(root);
  }

  /** The document of an iframe. */
  document(document: Document): void {
    this.#scroll.document(document);
    this.onRequest.root(document);
  }

  internals(element: Element, internals: ElementInternals): void {
    this.#options.early.internals.set(element, internals);
    this.onRequest.internals(element);
  }

  property(document: Document, definition: unknown): void {
    const { properties } = this.#options.early;
    const known = properties.get(document) ?? [];
    const text = JSON.stringify(definition);
    // A hook of the loader's may have heard of it already.
    if (known.at(-1) !== text) known.push(text);
    properties.set(document, known);
    this.onRequest.call();
    this.#options.onChange();
  }

  optionsChanged(list: Element): void {
    this.#forms.optionsChanged(list);
  }

  /** An element that the viewers have just received. `first` while the page is sent for the first time. */
  element(
    element: Element,
    record: NodeRecord,
    tag: string,
    attributes: readonly string[],
    first: boolean,
  ): void {
    this.#byTag.get(tag)?.element?.(element, record);
    this.onRequest.element(element, record, tag, attributes);
    this.#scroll.arrived(element, tag, first);
  }

  /** True when something is pending that no event told of. */
  poll(): boolean {
    let pending = this.page.poll();
    this.onRequest.poll(this.#options.window);
    for (const feature of this.#all) {
      try {
        if (feature.poll?.()) pending = true;
      } catch (error) {
        this.#options.onError(error);
      }
    }
    return pending;
  }

  /** Whether they must not be polled less often. */
  get restless(): boolean {
    return this.#all.some((feature) => feature.restless);
  }

  /** Writes what is pending; false when the budget ended first. One that fails does not keep the others from it. */
  flush(): boolean {
    for (const feature of this.#all) {
      try {
        if (feature.flush() === false) return false;
      } catch (error) {
        this.#options.onError(error);
      }
    }
    return true;
  }

  stop(): void {
    this.page.stop();
    for (const feature of this.#all) feature.stop?.();
  }

  #listening(signal: AbortSignal): ListenOptions {
    return { capture: true, passive: true, signal, onError: this.#options.onError };
  }

  readonly #toggled = ({ target, source }: Event & { source?: Element | null }): void =>
    this.onRequest.toggled(target as Element, source);

  /** They take up what is there already: the documents and shadow roots that the viewers have. */
  #arrived({ states, files, all }: RequestedFeatures): void {
    if (!this.#signal || this.#signal.aborted) return;
    this.#all.splice(this.#all.indexOf(this.#scroll), 0, ...states);
    this.#all.splice(this.#all.indexOf(this.#focus) + 1, 0, ...files);
    const options = this.#listening(this.#signal);
    for (const { node } of this.#options.nodes.all()) {
      if (dom.nodeType(node) !== DOCUMENT && dom.nodeType(node) !== FRAGMENT) continue;
      for (const feature of all) {
        feature.listen?.(node as Document | ShadowRoot, options);
        feature.root?.(node as Document | ShadowRoot);
      }
    }
  }
}
