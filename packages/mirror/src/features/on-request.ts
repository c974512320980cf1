import type { Watcher, WatcherParts } from "../core/capture-feature.ts";
import { RareWriter } from "../core/codec/rare-writer.ts";
import { Asset } from "../core/codec/types.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { AnimationWatcher } from "./animations/capture.ts";
import { AssetWatcher } from "./assets/capture.ts";
import { DefinitionWatcher } from "./definitions/capture.ts";
import { FontWatcher } from "./fonts/capture.ts";
import type { WantedFont } from "./fonts/wire.ts";
import { LayerWatcher } from "./layers/capture.ts";
import { MediaWatcher } from "./media/capture.ts";
import { PictureWatcher } from "./pictures/capture.ts";
import { AsideWatcher } from "./state-rules/capture.ts";

/**
 * Follows what few pages have, and answers what few viewers ask for. `RareSlot` loads it once a page needs it, and tells
 * it then of what is there already.
 */
export class RareWatchers {
  /** In the order in which they write: these before the scroll positions, which may be of what they show. */
  readonly states: readonly Watcher[];
  /** What viewers asked for comes after all else. */
  readonly files: readonly Watcher[];
  readonly #asides: AsideWatcher;
  readonly #fonts: FontWatcher;
  readonly #assets: AssetWatcher;
  readonly #pictures: PictureWatcher;
  readonly #animations: AnimationWatcher;
  readonly #layers: LayerWatcher;
  readonly #media: MediaWatcher;
  readonly #definitions: DefinitionWatcher;

  constructor({ window, nodes, writer: common, budget, early, now, onChange }: WatcherParts) {
    const writer = new RareWriter(common);
    this.#asides = new AsideWatcher(common, writer, budget, onChange);
    this.#fonts = new FontWatcher(window.document, writer, budget, onChange);
    this.#assets = new AssetWatcher(nodes, writer, budget, onChange);
    this.#pictures = new PictureWatcher({ window, writer, budget, now }, onChange);
    this.#animations = new AnimationWatcher(nodes, writer, onChange);
    this.#layers = new LayerWatcher(nodes, writer, onChange);
    this.#media = new MediaWatcher(nodes, writer, onChange);
    this.#definitions = new DefinitionWatcher(window, writer, early.internals);
    this.states = [this.#definitions, this.#layers, this.#animations, this.#media, this.#pictures];
    this.files = [this.#asides, this.#fonts, this.#assets];
  }

  /** One of the elements that `RareSlot` hands over. */
  element(element: Element, record: NodeRecord): void {
    const { localName } = element;
    if (localName === "canvas") this.#pictures.element(element, record);
    else if (localName === "video" || localName === "audio") this.#media.element(element);
    if (localName.includes("-")) this.#definitions.element(element, record, localName);
    if (localName === "dialog" || element.hasAttribute("popover")) this.#layers.element(element);
  }

  /** Takes up the animations that run in a document or shadow root already. */
  root(root: Document | ShadowRoot): void {
    this.#animations.root(root);
  }

  /** A script began an animation. */
  animation(animation: Animation): void {
    this.#animations.add(animation);
  }

  /** Fonts that a viewer could not load by itself. */
  fonts(wanted: readonly WantedFont[]): Promise<void> {
    return this.#fonts.request(wanted);
  }

  /** What an element shows and a viewer could not load, or the rules of its sheet that it may not read. */
  async asset(record: NodeRecord, asset: Asset): Promise<void> {
    if (asset === Asset.aside) await this.#asides.request(record);
    else if (asset === Asset.picture && record.node.nodeName === "VIDEO")
      this.#pictures.element(record.node as Element, record);
    else await this.#assets.request(record, asset);
  }

  stop(): void {
    this.#pictures.stop();
  }
}
