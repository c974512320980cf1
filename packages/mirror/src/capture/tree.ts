import type { MirrorWriter } from "../core/codec/writer.ts";
import * as dom from "../core/dom.ts";
import type { Budget } from "../core/flow/budget.ts";
import { Changes } from "../core/tree/changes.ts";
import type { Discovery } from "../core/tree/discovery.ts";
import { type NodeRecord, NodeTable } from "../core/tree/node-table.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { ShadowRoots } from "../core/tree/shadow-roots.ts";
import { Walker } from "../core/tree/walker.ts";
import { DriftCapture } from "../features/drift/capture.ts";
import type { CheckedPart } from "../features/drift/wire.ts";
import { StyleTextsCapture } from "../features/style-texts/capture.ts";
import { FieldWatch } from "../privacy/field-watch.ts";
import type { Privacy } from "../privacy/verdict.ts";
import { Iframes } from "./iframes.ts";

export interface TreeOptions {
  window: Window & typeof globalThis;
  now(): number;
  writer: MirrorWriter;
  budget: Budget;
  privacy: Privacy;
  /** Elements of our own: never mirrored. */
  ignore: (element: Element) => boolean;
  closedRoots: WeakMap<Element, ShadowRoot>;
  /** Passwords that somebody typed into before. */
  typed: readonly Element[];
  /** What comes later would be seen without its style for a moment. */
  loading(): boolean;
  onChange(): void;
}

/** What is told of nodes as they reach the viewers. */
export interface TreeListener {
  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void;
  iframe(frame: HTMLIFrameElement): void;
  /** A shadow root, or with `inner` a document of an iframe, is to be followed. */
  root(root: Document | ShadowRoot, inner: boolean): void;
  optionsChanged(list: Element): void;
}

/** The page's nodes as the viewers have them, and what of them changed. */
export class TreeCapture implements Discovery {
  readonly nodes = new NodeTable();
  readonly texts: StyleTextsCapture;
  readonly iframes: Iframes;
  readonly fields: FieldWatch;
  readonly #options: TreeOptions;
  readonly #listener: TreeListener;
  readonly #shadowRoots: ShadowRoots;
  readonly #walker: Walker;
  readonly #changes: Changes;
  readonly #drift: DriftCapture;
  /** Shadow roots that were made a moment ago: what stands in them comes later in the same turn. */
  readonly #made = new Set<ShadowRoot>();

  constructor(options: TreeOptions, listener: TreeListener) {
    const { writer, budget, loading, onChange } = options;
    this.#options = options;
    this.#listener = listener;
    this.texts = new StyleTextsCapture(writer, budget, loading, onChange);
    this.#shadowRoots = new ShadowRoots(options.closedRoots);
    const parts = { ...options, nodes: this.nodes, texts: this.texts, shadowRoots: this.#shadowRoots };
    this.#walker = new Walker(parts, this);
    this.#changes = new Changes(parts, this.#walker, this);
    this.#drift = new DriftCapture(parts, this.#changes);
    this.fields = new FieldWatch({
      ...options,
      shadowRootOf: (element) => this.#shadowRoots.of(element),
      onSecret: (field) => {
        this.#changes.touch(field, ["type"]);
        onChange();
      },
    });
    this.iframes = new Iframes(this.nodes, (frame) => {
      this.#changes.renew(frame);
      onChange();
    });
  }

  beginEpoch(document: Document): void {
    this.clear();
    this.fields.beginEpoch(document);
    this.#walker.start(this.nodes.add(document, false));
  }

  /** The viewers have nothing. */
  clear(): void {
    this.nodes.clear();
    this.#walker.reset();
    this.#changes.beginEpoch();
    this.texts.beginEpoch();
    this.iframes.clear();
  }

  /** Takes the observer's records, in order. */
  record(records: readonly MutationRecord[]): void {
    if (records.length > 0) this.fields.changed();
    for (const root of this.#made) this.fields.scan(root);
    this.#made.clear();
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === "attributes") this.fields.attributed(target as Element);
      for (const node of removedNodes) this.fields.left(node, target);
      for (const node of addedNodes) this.fields.scan(node);
    }
    this.#changes.record(records);
  }

  /**
   * Writes what changed, and between the nodes and the comparisons what follows them; false when the budget
   * ended first.
   * @param features writes their state, of nodes that are there
   */
  flush(features: () => boolean): boolean {
    const changed = this.#changes.flush() && this.#walker.resume() && features();
    const done = this.texts.flush() && changed;
    if (done) this.#drift.flush();
    return done;
  }

  /** A node was moved with its state. */
  keep(node: Node): void {
    this.#walker.keep(node);
  }

  /** A host got a shadow root. */
  attached(host: Element, root: ShadowRoot): void {
    this.#shadowRoots.note(host, root);
    this.#made.add(root);
    this.#changes.renew(host);
    this.#options.onChange();
  }

  /** A slot shows other nodes than before: it may stand where less may be seen of them. */
  reslotted(slot: Element): void {
    const host = dom.host(dom.getRootNode(slot));
    if (!host) return;
    this.#changes.reslotted(host);
    this.#options.onChange();
  }

  /** Something has loaded: the address of a lazy picture may be told, an iframe may have another document. */
  loaded(target: Element): void {
    if (dom.loading(target) === "lazy" && dom.htmlName(target) === "img") {
      this.#changes.touch(target, ["src", "srcset"]);
      this.#options.onChange();
    }
    this.iframes.poll();
  }

  /**
   * Compares what a viewer has of some subtrees with what it was sent. Returns what has to be sent again.
   * @param seq the last frame that the viewer had applied
   */
  check(seq: number, parts: readonly CheckedPart[]): "nothing" | "part" | "all" {
    if (!this.#changes.settled) return "nothing";
    const again = this.#drift.check(seq, parts);
    if (again === "part" || (again === "nothing" && this.#drift.hasPending)) this.#options.onChange();
    return again;
  }

  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void {
    this.#listener.element(element, record, tag, attributes);
    if (tag === "datalist") this.#changes.offers(element);
    if (!isFrame(tag)) return;
    // Of one in a masked place nobody has the document: there is none to follow.
    if (!record.opaque) this.iframes.add(element as HTMLIFrameElement);
    this.#listener.iframe(element as HTMLIFrameElement);
  }

  shadowRoot(root: ShadowRoot): void {
    this.#listener.root(root, false);
  }

  document(frame: HTMLIFrameElement, document: Document): void {
    this.iframes.setDocument(frame, document);
    this.#listener.root(document, true);
  }

  placed(node: Node): void {
    this.#changes.placed(node);
  }

  optionsChanged(list: Element): void {
    this.#listener.optionsChanged(list);
  }
}
