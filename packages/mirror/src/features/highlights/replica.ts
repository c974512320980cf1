import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { SELECTION } from "../styles/selectors.ts";
import { type HighlightOperations, type HighlightRange, highlightReaders } from "./wire.ts";

/** Highlights of one document; a hostile page can make up names without end. */
const MOST_HIGHLIGHTS = 500;

/** Shows custom highlights. */
export class HighlightsReplica implements ReplicaFeature, HighlightOperations {
  readonly handlers = handledBy<HighlightOperations>(this, highlightReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  highlight(
    id: number,
    name: string,
    priority: number,
    type: string,
    ranges: readonly HighlightRange[],
  ): void {
    const document = this.#nodes.get(id) as Document | undefined;
    const window = document && dom.defaultView(document);
    const highlights = window?.CSS?.highlights;
    if (!document || !highlights || name === SELECTION) return;
    highlights.delete(name);
    if (ranges.length === 0 || highlights.size > MOST_HIGHLIGHTS) return;
    const highlight = new window.Highlight();
    for (const range of ranges) {
      const made = this.#range(document, range);
      if (made) highlight.add(made);
    }
    highlight.priority = priority;
    if (type === "spelling-error" || type === "grammar-error") highlight.type = type;
    highlights.set(name, highlight);
  }

  #range(document: Document, [start, startOffset, end, endOffset]: HighlightRange): Range | undefined {
    const first = this.#nodes.get(start);
    const last = this.#nodes.get(end);
    if (!first || !last) return undefined;
    const range = dom.createRange(document);
    try {
      range.setStart(first, startOffset);
      range.setEnd(last, endOffset);
    } catch {
      // The text is shorter by now: the next state of it comes.
      return undefined;
    }
    return range;
  }
}
