import type { Watcher, WatcherParts } from "../core/capture-feature.ts";
import { DOCUMENT, FRAGMENT } from "../core/node-types.ts";
import { Pace } from "../core/pace.ts";
import type { NodeRecord } from "../core/tree/node-table.ts";
import { FocusWatcher } from "../features/focus/capture.ts";
import { FormWatcher } from "../features/forms/capture.ts";
import type { RareWatchers } from "../features/on-request.ts";
import { PageWatcher } from "../features/page/capture.ts";
import { PointingWatcher } from "../features/pointing/capture.ts";
import { ScrollWatcher } from "../features/scroll/capture.ts";
import type { StyleTexts } from "../features/style-texts/capture.ts";
import { SheetWatcher } from "../features/styles/capture.ts";
import { type LoadRare, RareSlot } from "./rare-slot.ts";

export interface WatchersOptions extends WatcherParts {
  texts: StyleTexts;
  motionIntervalMs: number;
  loadRare: LoadRare;
  onError: (error: unknown) => void;
}

/** All that a page is besides its markup: who follows which of it. */
export class Watchers {
  readonly page: PageWatcher;
  readonly sheets: SheetWatcher;
  readonly rare: RareSlot;
  readonly #options: WatchersOptions;
  readonly #forms: FormWatcher;
  readonly #scrolls: ScrollWatcher;
  readonly #focus: FocusWatcher;
  /** In the order in which they write. */
  readonly #all: Watcher[];
  #signal: AbortSignal | undefined;

  constructor(options: WatchersOptions) {
    const { window, nodes, writer, early, onChange } = options;
    const pace = () => new Pace(options.motionIntervalMs, onChange);
    this.#options = options;
    this.page = new PageWatcher(window, writer, onChange);
    this.sheets = new SheetWatcher(options, early.sheets, onChange);
    this.rare = new RareSlot(options.loadRare, options, (rare) => this.#arrived(rare), options.onError);
    this.#forms = new FormWatcher(writer, onChange);
    this.#scrolls = new ScrollWatcher(window.document, nodes, writer, pace(), onChange);
    this.#focus = new FocusWatcher(window.document, nodes, writer, onChange);
    this.#all = [
      this.sheets,
      this.#forms,
      this.#scrolls,
      new PointingWatcher(nodes, writer, pace(), onChange),
      this.#focus,
    ];
  }

  /** Adds one that writes after all others. */
  add(watcher: Watcher): void {
    this.#all.push(watcher);
  }

  start(signal: AbortSignal): void {
    this.page.listenWindow({ capture: true, passive: true, signal });
    this.#signal = signal;
    this.rare.root(this.#options.window.document);
  }

  clear(): void {
    this.page.clear();
    this.rare.clear();
    for (const watcher of this.#all) watcher.clear();
  }

  listen(root: Document | ShadowRoot, signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal };
    this.page.listen(root);
    root.addEventListener("toggle", this.#toggled, options);
    for (const watcher of this.#all) watcher.listen?.(root, options);
  }

  root(root: Document | ShadowRoot): void {
    this.sheets.root(root);
  }

  document(document: Document): void {
    this.#scrolls.document(document);
    this.rare.root(document);
  }

  internals(element: Element, internals: ElementInternals): void {
    this.#options.early.internals.set(element, internals);
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
    }
    this.rare.element(element, record, tag, attributes);
    if (first) this.#scrolls.element(element, tag);
  }

  /** True when something is owed that no event told of. */
  look(): boolean {
    let owed = this.page.look();
    for (const watcher of this.#all) {
      try {
        if (watcher.look?.()) owed = true;
      } catch (error) {
        this.#options.onError(error);
      }
    }
    return owed;
  }

  /** Whether looks must not become less often. */
  get restless(): boolean {
    return this.#all.some((watcher) => watcher.restless);
  }

  /** Writes what is owed; false when the budget ended first. One that fails does not keep the others from it. */
  flush(): boolean {
    for (const watcher of this.#all) {
      try {
        if (watcher.flush() === false) return false;
      } catch (error) {
        this.#options.onError(error);
      }
    }
    return true;
  }

  stop(): void {
    this.page.stop();
    this.rare.stop();
  }

  readonly #toggled = ({ target }: Event): void => this.rare.toggled(target as Element);

  /** What they listen for and look at in the documents and shadow roots that the viewers have. */
  #arrived(rare: RareWatchers): void {
    const { nodes } = this.#options;
    if (!this.#signal || this.#signal.aborted) return;
    const { states, files } = rare;
    this.#all.splice(this.#all.indexOf(this.#scrolls), 0, ...states);
    this.#all.splice(this.#all.indexOf(this.#focus) + 1, 0, ...files);
    const options = { capture: true, passive: true, signal: this.#signal };
    for (const { node } of nodes.all()) {
      if (node.nodeType !== DOCUMENT && node.nodeType !== FRAGMENT) continue;
      const root = node as Document | ShadowRoot;
      for (const watcher of [...states, ...files]) watcher.listen?.(root, options);
      rare.root(root);
    }
  }
}
