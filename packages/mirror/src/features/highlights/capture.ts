import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { DOCUMENT } from "../../core/node-types.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { rangeEnd } from "../../core/tree/range-end.ts";
import { type HighlightRange, writeHighlight } from "./wire.ts";

/** Of one highlight; what a page has beyond that is not shown. */
const MOST_RANGES = 2_000;

/** They are compared at most this often, in milliseconds. */
const COMPARE_MS = 250;

/** Custom highlights (`CSS.highlights`): what a search found, what an editor marks. Nothing tells of them. */
export class HighlightsCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #now: () => number;
  /** What the viewers have of each document, by name. */
  readonly #sent = new Map<Document, Map<string, string>>();
  #comparedAt = 0;

  constructor(parts: { nodes: NodeTable; writer: MirrorWriter; now: () => number }) {
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#now = parts.now;
  }

  beginEpoch(): void {
    for (const sent of this.#sent.values()) sent.clear();
  }

  root(root: Document | ShadowRoot): void {
    if (dom.nodeType(root) === DOCUMENT) this.#sent.set(root as Document, new Map());
  }

  poll(): boolean {
    const now = this.#now();
    if (now - this.#comparedAt < COMPARE_MS) return false;
    this.#comparedAt = now;
    let found = false;
    for (const [document, sent] of this.#sent) {
      if (!this.#nodes.idOf(document)) this.#sent.delete(document);
      else found = this.#compare(document, sent, false) || found;
    }
    return found;
  }

  flush(): void {
    for (const [document, sent] of this.#sent)
      if (this.#nodes.idOf(document)) this.#compare(document, sent, true);
  }

  #compare(document: Document, sent: Map<string, string>, write: boolean): boolean {
    const view = dom.defaultView(document) as (Window & typeof globalThis) | null;
    const highlights = view?.CSS?.highlights;
    if (!highlights || (highlights.size === 0 && sent.size === 0)) return false;
    const id = this.#nodes.idOf(document);
    let differs = false;
    const tell = (name: string, priority: number, type: string, ranges: HighlightRange[]) => {
      const key = ranges.length ? `${priority} ${type} ${ranges.join(" ")}` : "";
      if ((sent.get(name) ?? "") === key) return;
      differs = true;
      if (!write) return;
      if (key) sent.set(name, key);
      else sent.delete(name);
      writeHighlight(this.#writer, id, name, priority, type, ranges);
    };
    highlights.forEach((highlight, name) => {
      tell(name, highlight.priority, highlight.type, this.#rangesOf(highlight));
    });
    for (const name of [...sent.keys()]) if (!highlights.has(name)) tell(name, 0, "highlight", []);
    return differs;
  }

  #rangesOf(highlight: Highlight): HighlightRange[] {
    const ranges: HighlightRange[] = [];
    highlight.forEach((range) => {
      if (ranges.length >= MOST_RANGES) return;
      const start = rangeEnd(this.#nodes, range.startContainer, range.startOffset);
      const end = rangeEnd(this.#nodes, range.endContainer, range.endOffset);
      if (start && end) ranges.push([...start, ...end]);
    });
    return ranges;
  }
}
