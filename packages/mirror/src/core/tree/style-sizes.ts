import * as dom from "../dom.ts";
import { holdsCss } from "../node-types.ts";
import type { ReplicaNodes } from "./replica-nodes.ts";

/**
 * Keeps the styles of a tree within bounds. The texts of a style are read as one: where each ends with a rule, they can
 * be measured one by one; else all are measured again with each that comes, changes or leaves.
 */
export class StyleSizes {
  readonly #nodes: ReplicaNodes;
  /** Styles with a text that does not end where a rule ends. */
  readonly #open = new WeakSet<Node>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  /** A text comes to a node, which may be a style. */
  comes(id: number, text: Text, parent: Node, before: Node | null): void {
    if (!holdsCss(parent)) return;
    this.#check(parent, id, dom.data(text), () => {
      const texts = textsOf(parent, text);
      const at = before === null ? -1 : texts.findIndex(({ node }) => node === before);
      texts.splice(at < 0 ? texts.length : at, 0, { node: text, data: dom.data(text) });
      return texts;
    });
  }

  /** A text that stands in a node is going to be another. */
  changes(id: number, text: Text, data: string): void {
    const parentNode = dom.parentNode(text);
    if (!holdsCss(parentNode)) return;
    this.#check(parentNode as Node, id, data, () =>
      textsOf(parentNode as Node).map((one) => (one.node === text ? { node: text, data } : one)),
    );
  }

  /** A node is going to stand elsewhere, or nowhere. */
  leaves(node: Node | undefined): void {
    const parent = node && dom.parentNode(node);
    if (node && parent && this.#open.has(parent)) this.#whole(textsOf(parent, node));
  }

  #check(style: Node, id: number, data: string, texts: () => StyleText[]): void {
    const closed = this.#nodes.countCss(id, data);
    if (closed && !this.#open.has(style)) return;
    this.#open.add(style);
    this.#whole(texts());
  }

  #whole(texts: readonly StyleText[]): void {
    if (texts.length < 2) return;
    const css = texts.map(({ data }) => data).join("");
    this.#nodes.bounds.work(css.length >> 6);
    this.#nodes.bounds.css(css);
  }
}

interface StyleText {
  node: Node;
  data: string;
}

/** The texts of a style, without the given one. */
function textsOf(style: Node, without?: Node): StyleText[] {
  return [...dom.childNodes(style)].flatMap((node) =>
    dom.nodeType(node) === Node.TEXT_NODE && node !== without ? [{ node, data: dom.data(node as Text) }] : [],
  );
}
