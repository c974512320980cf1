import type { MirrorWriter } from "@copane/protocol";
import { Pace } from "../../pace.ts";
import type { Budget } from "../budget.ts";
import type { NodeRecord, NodeTable } from "../nodes.ts";
import type { EarlyFinds } from "../types.ts";
import { AnimationWatcher } from "./animations.ts";
import { AsideWatcher } from "./asides.ts";
import { AssetWatcher } from "./assets.ts";
import { DefinitionWatcher } from "./definitions.ts";
import { FocusWatcher } from "./focus.ts";
import { FontWatcher } from "./fonts.ts";
import { FormWatcher } from "./forms.ts";
import { LayerWatcher } from "./layers.ts";
import { MediaWatcher } from "./media.ts";
import { PageWatcher } from "./page.ts";
import { PictureWatcher } from "./pictures.ts";
import { PointingWatcher } from "./pointing.ts";
import { ScrollWatcher } from "./scrolls.ts";
import { SheetWatcher } from "./sheets.ts";
import type { Watcher } from "./types.ts";

export interface WatchersOptions {
  window: Window & typeof globalThis;
  nodes: NodeTable;
  writer: MirrorWriter;
  budget: Budget;
  early: EarlyFinds;
  now: () => number;
  motionIntervalMs: number;
  /** Something is owed: a flush should come soon. */
  onChange: () => void;
  onError: (error: unknown) => void;
}

/** All that a page is besides its markup: who follows which of it. */
export class Watchers {
  readonly page: PageWatcher;
  readonly sheets: SheetWatcher;
  readonly asides: AsideWatcher;
  readonly fonts: FontWatcher;
  readonly assets: AssetWatcher;
  readonly pictures: PictureWatcher;
  readonly animations: AnimationWatcher;
  readonly #forms: FormWatcher;
  readonly #scrolls: ScrollWatcher;
  readonly #layers: LayerWatcher;
  readonly #media: MediaWatcher;
  readonly #definitions: DefinitionWatcher;
  readonly #internals: WeakMap<Element, ElementInternals>;
  /** In the order in which they write. */
  readonly #all: Watcher[];
  readonly #onError: (error: unknown) => void;

  constructor(options: WatchersOptions) {
    const { window, nodes, writer, budget, early, onChange } = options;
    const { internals } = early;
    const pace = () => new Pace(options.motionIntervalMs, onChange);
    this.#onError = options.onError;
    this.#internals = internals;
    this.page = new PageWatcher(window, writer, onChange);
    this.sheets = new SheetWatcher(options, early.sheets, onChange);
    this.asides = new AsideWatcher(options, onChange);
    this.fonts = new FontWatcher(window.document, writer, budget, onChange);
    this.assets = new AssetWatcher(nodes, writer, budget, onChange);
    this.pictures = new PictureWatcher(options, onChange);
    this.animations = new AnimationWatcher(nodes, writer, onChange);
    this.#forms = new FormWatcher(writer, onChange);
    this.#scrolls = new ScrollWatcher(window.document, nodes, writer, pace(), onChange);
    this.#layers = new LayerWatcher(nodes, writer, onChange);
    this.#media = new MediaWatcher(nodes, writer, onChange);
    this.#definitions = new DefinitionWatcher(window, writer, internals);
    this.#all = [
      this.#definitions,
      this.sheets,
      this.#forms,
      this.#layers,
      this.animations,
      this.#media,
      this.pictures,
      this.#scrolls,
      new PointingWatcher(nodes, writer, pace(), onChange),
      new FocusWatcher(window.document, nodes, writer, onChange),
      this.asides,
      // What is big and late comes last.
      this.fonts,
      this.assets,
    ];
  }

  /** Adds one that writes after all others. */
  add(watcher: Watcher): void {
    this.#all.push(watcher);
  }

  start(signal: AbortSignal): void {
    this.page.listenWindow({ capture: true, passive: true, signal });
    this.animations.document(document);
  }

  clear(): void {
    this.page.clear();
    for (const watcher of this.#all) watcher.clear();
  }

  listen(root: Document | ShadowRoot, signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal };
    this.page.listen(root);
    for (const watcher of this.#all) watcher.listen?.(root, options);
  }

  root(root: Document | ShadowRoot): void {
    this.sheets.root(root);
  }

  document(document: Document): void {
    this.#scrolls.document(document);
    this.animations.document(document);
  }

  internals(element: Element, internals: ElementInternals): void {
    this.#internals.set(element, internals);
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
    switch (tag) {
      case "input":
      case "textarea":
      case "select":
        this.#forms.element(element, record);
        break;
      case "style":
      case "link":
        this.sheets.element(element, record);
        break;
      case "canvas":
        this.pictures.element(element, record);
        break;
      case "video":
      case "audio":
        this.#media.element(element);
        break;
    }
    if (tag.includes("-")) this.#definitions.element(element, record, tag);
    if (tag === "dialog" || attributes.includes("popover")) this.#layers.element(element);
    if (first) this.#scrolls.element(element, tag);
  }

  /** True when something is owed that no event told of. */
  look(): boolean {
    let owed = this.page.look();
    for (const watcher of this.#all) {
      try {
        if (watcher.look?.()) owed = true;
      } catch (error) {
        this.#onError(error);
      }
    }
    return owed;
  }

  /** Writes what is owed; false when the budget ended first. One that fails does not keep the others from it. */
  flush(): boolean {
    for (const watcher of this.#all) {
      try {
        if (watcher.flush() === false) return false;
      } catch (error) {
        this.#onError(error);
      }
    }
    return true;
  }

  stop(): void {
    this.page.stop();
    this.pictures.stop();
  }
}
