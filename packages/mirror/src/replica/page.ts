import type { Bounds } from "../core/bounds.ts";
import { handledBy, type OperationHandlers } from "../core/codec/reader.ts";
import * as dom from "../core/dom.ts";
import { LoadWatch } from "../core/load-watch.ts";
import type { ReplicaFeature } from "../core/replica-feature.ts";
import { TreeBuilder } from "../core/tree/builder.ts";
import { ReplicaDocuments } from "../core/tree/documents.ts";
import type { Loads } from "../core/tree/loads.ts";
import { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { type TreeOperations, treeReaders } from "../core/tree/wire.ts";
import { AnimationsReplica } from "../features/animations/replica.ts";
import type { AssetStore } from "../features/assets/asset-store.ts";
import { AssetsReplica } from "../features/assets/replica.ts";
import { encodeWantedAssets } from "../features/assets/wire.ts";
import { DefinitionsReplica } from "../features/definitions/replica.ts";
import { DriftReplica } from "../features/drift/replica.ts";
import { type DriftOperations, driftReaders } from "../features/drift/wire.ts";
import { FocusReplica } from "../features/focus/replica.ts";
import type { FontsReplica } from "../features/fonts/replica.ts";
import { FormsReplica } from "../features/forms/replica.ts";
import { HighlightsReplica } from "../features/highlights/replica.ts";
import { LayersReplica } from "../features/layers/replica.ts";
import { MediaReplica } from "../features/media/replica.ts";
import { PageReplica } from "../features/page/replica.ts";
import { PicturesReplica } from "../features/pictures/replica.ts";
import { type PointingOperations, pointingReaders } from "../features/pointing/wire.ts";
import { PropertiesReplica } from "../features/properties/replica.ts";
import { ScrollReplica } from "../features/scroll/replica.ts";
import { SlotsReplica } from "../features/slots/replica.ts";
import { StateRulesReplica } from "../features/state-rules/replica.ts";
import { StyleTextsReplica } from "../features/style-texts/replica.ts";
import type { TextStore } from "../features/style-texts/text-store.ts";
import { StylesReplica } from "../features/styles/replica.ts";
import { TimelinesReplica } from "../features/timelines/replica.ts";
import { type SubframeOptions, type SubframePage, SubframesReplica } from "../subframes/replica.ts";
import { SvgCopies } from "./svg-copies.ts";

/** What a page of the replica tells its surroundings. */
export interface PageEvents {
  page(url: string, title: string): void;
  viewport(width: number, height: number, clientWidth: number): void;
  /** The part of it that the customer sees; without width all. */
  sight(left: number, top: number, width: number, height: number): void;
  /** The customer's mouse, in the page's viewport. */
  cursor(x: number, y: number): void;
  /** The first complete picture stands. */
  ready(): void;
  /** Subtrees compared with the customer's, and how many of them had to be repaired. */
  fidelity(compared: number, repaired: number): void;
  /** Payload of a feedback frame for the customer. */
  feedback(payload: Uint8Array): void;
  /** The stream names a node that this page does not have: it lost its place. */
  lost(): void;
}

export interface PageOptions {
  /** Empty, in an iframe where no script runs. */
  document: Document;
  /** Of what it can have, together with the pages in its frames. */
  bounds: Bounds;
  /** Of what it may load. */
  loads: Loads;
  /** How many iframes of the replica it stands in. */
  depth: number;
  assets: AssetStore;
  texts: TextStore;
  /** Outlives the page. */
  fonts: FontsReplica;
  /** Whether scroll positions are the customer's. */
  following: boolean;
  openSubframe(options: SubframeOptions): SubframePage;
  events: PageEvents;
}

/** One page of the replica, of one epoch: its tree, its features, and who handles which operation. */
export class ReplicaPage {
  readonly nodes: ReplicaNodes;
  /** Of all operations. */
  readonly handlers: OperationHandlers;
  readonly #options: PageOptions;
  readonly #tree: TreeBuilder;
  readonly #watch: LoadWatch;
  readonly #features: readonly ReplicaFeature[];
  readonly #focus: FocusReplica;
  readonly #scroll: ScrollReplica;
  readonly #texts: StyleTextsReplica;
  #drift: DriftReplica | undefined;
  /** Nodes have left since the last frame was applied. */
  #left = false;

  constructor(options: PageOptions) {
    const { document, events, following } = options;
    const nodes = new ReplicaNodes(document, options.bounds);
    const watch = new LoadWatch({
      loaded: (element) => {
        for (const feature of this.#features) feature.loaded?.(element);
      },
      failed: (element) => {
        for (const feature of this.#features) feature.failed?.(element);
      },
    });
    this.#watch = watch;
    const documents = new ReplicaDocuments(document, options.loads, (opened) => {
      watch.document(opened);
      for (const feature of this.#features) feature.document?.(opened);
    });
    const wanted = (list: { id: number; asset: number }[]) => events.feedback(encodeWantedAssets(list));
    const assets: AssetsReplica = new AssetsReplica({
      nodes,
      store: options.assets,
      send: wanted,
      ownSheet: (inner) => styles.ownSheet(inner),
      watch,
    });
    const styles: StylesReplica = new StylesReplica(nodes, {
      ask: assets.ask,
      constructed: (id, text) => this.#texts.styleText(id, text),
      restyled: () => assets.backgrounds.again(),
    });
    const stateRules = new StateRulesReplica(nodes, options.texts, styles, assets.ask);
    this.#options = options;
    this.nodes = nodes;
    this.#tree = new TreeBuilder(nodes, document, documents, this.#treeEvents());
    this.#texts = new StyleTextsReplica(nodes, options.texts, {
      send: wanted,
      found: (id, text) => (nodes.get(id) ? this.#tree.text(id, text) : styles.sheetText(id, text)),
      stateRules: (id, hash) => stateRules.known(id, hash),
    });
    this.#focus = new FocusReplica(nodes, document);
    this.#scroll = new ScrollReplica(nodes, following);
    const { fonts } = options;
    this.#features = [
      new PageReplica({
        ...events,
        setBaseUrl: (url) => documents.setBaseUrl(url),
        page: (url, title) => {
          // What is in a subframe loads from where the page outside may.
          documents.begin(options.depth === 0 ? url : "");
          events.page(url, title);
        },
        setEnvironment: (...seen) => {
          const view = dom.defaultView(document);
          if (view) styles.setEnvironment(view, ...seen);
        },
      }),
      styles,
      stateRules,
      this.#texts,
      assets,
      new SvgCopies(options.bounds),
      new PicturesReplica(nodes),
      new DefinitionsReplica(nodes),
      new FormsReplica(nodes),
      new LayersReplica(nodes),
      new MediaReplica(nodes),
      new AnimationsReplica(nodes),
      new HighlightsReplica(nodes),
      new PropertiesReplica(nodes),
      new SlotsReplica(nodes),
      new TimelinesReplica(nodes),
      this.#focus,
      this.#scroll,
      { handlers: fonts.handlers, document: (inner) => fonts.document(inner) },
      new SubframesReplica(nodes, {
        depth: options.depth,
        following,
        feedback: events.feedback,
        cursor: events.cursor,
        open: options.openSubframe,
      }),
    ];
    const drift: DriftOperations = {
      fidelity: events.fidelity,
      compare: (id) => this.#drift?.compare(id),
    };
    this.handlers = [
      ...handledBy<TreeOperations>(this.#tree, treeReaders),
      ...this.#features.flatMap(({ handlers = [] }) => handlers),
      ...handledBy<PointingOperations>(events, pointingReaders),
      ...handledBy(drift, driftReaders),
    ];
  }

  get bounds(): Bounds {
    return this.nodes.bounds;
  }

  /** How many operations changed its nodes, their texts or attributes. */
  get edits(): number {
    return this.#tree.edits;
  }

  /** Whether the texts of its styles are here. */
  get styled(): boolean {
    return this.#texts.complete;
  }

  /** The text that the customer's page has selected. */
  get selectedText(): string {
    return this.#focus.selectedText;
  }

  /** What is in a subframe of it is part of the frame outside. */
  beginFrame(): void {
    if (this.#options.depth === 0) this.bounds.beginFrame();
  }

  /** A frame was applied. */
  applied(): void {
    if (this.#left) for (const feature of this.#features) feature.removed?.();
    this.#left = false;
    for (const feature of this.#features) feature.applied?.();
  }

  /** Scroll positions again: something changed size after they were set. */
  restoreScroll(): void {
    this.#scroll.restore();
  }

  /** Whether scroll positions are the customer's. */
  setFollowing(on: boolean): void {
    for (const feature of this.#features) feature.setFollowing?.(on);
  }

  /**
   * Compares the page with the customer's from now on: it is complete.
   * @param applied the last frame applied; undefined while the stream has no place
   */
  watchDrift(applied: () => { epoch: number; seq: number } | undefined): void {
    this.stopDrift();
    const { document, events } = this.#options;
    this.#drift = new DriftReplica({ page: this, document, applied, send: events.feedback });
  }

  stopDrift(): void {
    this.#drift?.destroy();
    this.#drift = undefined;
  }

  destroy(): void {
    this.stopDrift();
    this.#watch.destroy();
    for (const feature of this.#features) feature.destroy?.();
    this.nodes.destroy();
  }

  #treeEvents() {
    return {
      shadowRoot: (root: ShadowRoot) => {
        this.#watch.root(root);
        for (const feature of this.#features) feature.shadowRoot?.(root);
      },
      element: (element: Element) => {
        this.#watch.element(element);
        for (const feature of this.#features) feature.element?.(element);
      },
      attribute: (element: Element, name: string) => {
        if (/src|href|^(rel|type)$/.test(name)) this.#watch.element(element);
        for (const feature of this.#features) feature.attribute?.(element, name);
      },
      styleText: (id: number, text: string) => {
        for (const feature of this.#features) feature.styleText?.(id, text);
      },
      removed: () => {
        this.#left = true;
      },
      lost: this.#options.events.lost,
    };
  }
}
