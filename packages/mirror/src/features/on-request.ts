import type { ByteReader } from "@copane/protocol";
import { type CaptureFeature, type CaptureParts, featuresByTag } from "../core/capture-feature.ts";
import * as dom from "../core/dom.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { AnimationsCapture } from "./animations/capture.ts";
import { AssetsCapture } from "./assets/capture.ts";
import { Asset } from "./assets/wire.ts";
import { DefinitionsCapture } from "./definitions/capture.ts";
import { FontsCapture } from "./fonts/capture.ts";
import { decodeWantedFonts } from "./fonts/wire.ts";
import { HighlightsCapture } from "./highlights/capture.ts";
import { LayersCapture } from "./layers/capture.ts";
import { MediaCapture } from "./media/capture.ts";
import { PicturesCapture } from "./pictures/capture.ts";
import { PropertiesCapture } from "./properties/capture.ts";
import { SlotsCapture } from "./slots/capture.ts";
import { StateRulesCapture } from "./state-rules/capture.ts";
import { AuthorTexts } from "./styles/author-texts.ts";
import type { StylesCapture } from "./styles/capture.ts";
import { SheetComparison } from "./styles/sheet-comparison.ts";
import { TimelinesCapture } from "./timelines/capture.ts";

/** The features that few pages need, or few viewers ask for: a script of its own, loaded when the first is needed. */
export class RequestedFeatures {
  /** In the order in which they write: these before the scroll positions, which may be of what they show. */
  readonly states: readonly CaptureFeature[];
  /** What viewers asked for comes after all else. */
  readonly files: readonly CaptureFeature[];
  readonly all: readonly CaptureFeature[];
  readonly #documents: readonly CaptureFeature[];
  readonly #byTag: ReadonlyMap<string, CaptureFeature>;
  readonly #stateRules: StateRulesCapture;
  readonly #fonts: FontsCapture;
  readonly #assets: AssetsCapture;
  readonly #pictures: PicturesCapture;
  readonly #animations: AnimationsCapture;
  readonly #layers: LayersCapture;
  readonly #definitions: DefinitionsCapture;
  readonly #timelines: TimelinesCapture;

  constructor(parts: CaptureParts & { styles: StylesCapture }) {
    const { window, nodes, writer, budget, early, now, onChange, onError, styles } = parts;
    const authors = new AuthorTexts(styles.ruleTexts, (rule, text) => styles.saw(rule, text), onChange);
    styles.arrived(authors);
    this.#stateRules = new StateRulesCapture(writer, budget, onChange);
    this.#fonts = new FontsCapture(parts);
    this.#assets = new AssetsCapture(nodes, writer, budget, onChange);
    this.#pictures = new PicturesCapture({ window, writer, budget, now, onError }, onChange);
    this.#animations = new AnimationsCapture(nodes, writer, now, onChange);
    this.#layers = new LayersCapture(nodes, writer, early.opened, onChange);
    this.#definitions = new DefinitionsCapture(parts);
    const onStream = (video: Element, record: NodeRecord) => this.#pictures.element(video, record);
    this.#timelines = new TimelinesCapture(nodes, writer, now, onChange);
    const media = new MediaCapture(nodes, writer, onStream, onChange);
    const highlights = new HighlightsCapture(parts);
    const properties = new PropertiesCapture(nodes, writer, early.properties);
    const slots = new SlotsCapture(nodes, writer, onChange);
    this.#documents = [this.#animations, highlights, properties];
    this.states = [
      this.#definitions,
      properties,
      slots,
      highlights,
      this.#layers,
      this.#animations,
      this.#timelines,
      media,
      this.#pictures,
    ];
    this.files = [new SheetComparison(styles, authors), this.#stateRules, this.#fonts, this.#assets];
    this.all = [...this.states, ...this.files];
    this.#byTag = featuresByTag(this.all);
  }

  /**
   * An element that calls for one of them.
   * @param source what opened it, where it is a popover
   */
  element(element: Element, record: NodeRecord, source?: Element): void {
    const localName = dom.htmlName(element);
    this.#byTag.get(localName)?.element?.(element, record);
    if (!localName) this.#timelines.element(element);
    if (localName.includes("-")) this.#definitions.element(element, record);
    if (dom.hasAttribute(element, "popover") && localName !== "dialog") {
      if (source) this.#layers.opened(element, source);
      this.#layers.element(element);
    }
  }

  /** Takes up what a document or shadow root has already that is of no element. */
  root(root: Document | ShadowRoot): void {
    for (const feature of this.#documents) feature.root?.(root);
  }

  /** A custom element has its internals. */
  internals(element: Element): void {
    this.#definitions.internals(element);
  }

  /** A script began an animation. */
  animation(animation: Animation): void {
    this.#animations.add(animation);
  }

  /** Fonts that a viewer could not load by itself. */
  async fonts(wanted: ByteReader): Promise<void> {
    await this.#fonts.request(decodeWantedFonts(wanted));
  }

  /** What an element shows and a viewer could not load, or the rules of its sheet that it may not read. */
  async asset(record: NodeRecord, asset: Asset): Promise<void> {
    if (asset === Asset.stateRules) await this.#stateRules.request(record);
    else if (asset === Asset.picture && dom.nodeName(record.node) === "VIDEO")
      this.#pictures.element(record.node as Element, record);
    else await this.#assets.request(record, asset);
  }
}
