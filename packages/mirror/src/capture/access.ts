import * as dom from "../core/dom.ts";
import { ELEMENT } from "../core/node-types.ts";
import type { NodeTable } from "../core/tree/node-table.ts";
import { parentOrHost } from "../core/walk.ts";
import type { Decision, Privacy } from "../privacy/verdict.ts";
import * as Verdict from "../privacy/verdicts.ts";

/** What of the page an agent may operate or mark, by what the page is now: it may have changed since the last frame. */
export class Access {
  readonly #nodes: NodeTable;
  readonly #privacy: Privacy;
  readonly #ignore: (element: Element) => boolean;

  constructor(nodes: NodeTable, privacy: Privacy, ignore: (element: Element) => boolean) {
    this.#nodes = nodes;
    this.#privacy = privacy;
    this.#ignore = ignore;
  }

  operableNode(id: number): Node | undefined {
    const record = this.#nodes.byId(id);
    if (record === undefined || record.masked || record.blocked || !dom.isConnected(record.node))
      return undefined;
    const element = dom.nodeType(record.node) === ELEMENT ? record.node : dom.parentElement(record.node);
    return element && !this.operable(element as Element) ? undefined : record.node;
  }

  operable(element: Element): boolean {
    return this.#allows(element, Verdict.show);
  }

  markableNode(id: number): Node | undefined {
    const node = this.#nodes.byId(id)?.node;
    return node && dom.isConnected(node) && this.#allows(node, Verdict.block) ? node : undefined;
  }

  nearestId(node: Node | null): number {
    for (let up = node; up !== null; up = parentOrHost(up)) {
      const id = this.#nodes.idOf(up);
      if (id) return id;
    }
    return 0;
  }

  /** Whether a text repeats a word that is masked or blocked in the page. */
  holdsMasked(text: string): boolean {
    if (this.#privacy.secrets.isIn(text)) return true;
    for (const { node, masked, blocked } of this.#nodes.all()) {
      if (!masked && !blocked) continue;
      const secret = String(dom.value(node as HTMLInputElement) || dom.textContent(node) || "");
      if (secret.split(/\s+/).some((word) => word.length > 2 && text.includes(word))) return true;
    }
    return false;
  }

  /** Whether no verdict on a node, or on what it stands in, is stricter than this. */
  #allows(node: Node, strictest: Decision): boolean {
    for (let up: Node | null = node; up !== null; up = this.#privacy.above(up)) {
      if (dom.nodeType(up) !== ELEMENT) continue;
      if (this.#ignore(up as Element) || this.#privacy.decide(up as Element) > strictest) return false;
    }
    return true;
  }
}
