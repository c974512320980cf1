import * as dom from "../../core/dom.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { OWN } from "../../core/tree/replica-nodes.ts";

/**
 * Where rules stand that are added to a sheet. Before it: where a rule of a state is as specific as one
 * without, libraries mean the one without, which comes later. After it: what belongs to layers, whose order is
 * that in which they are first named, and what takes back what the sheet says of pictures.
 */
export type Place = "before" | "after";

export const places: readonly Place[] = ["before", "after"];

/**
 * Sheets of ours that stand beside a sheet of the page: they add what cannot be read in it, or, after it, stand in its
 * place. Sheets are named by the ids of their elements.
 */
export class Companions {
  readonly #nodes: ReplicaNodes;
  readonly #elements: Record<Place, Map<number, HTMLStyleElement>> = { before: new Map(), after: new Map() };
  readonly #replaced = new Set<number>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  /** Whether the companion stands in place of the sheet. */
  replaces(id: number): boolean {
    return this.#replaced.has(id);
  }

  /** The element that has the rules of a sheet: its own, or the one in its place. */
  ownerOf(id: number, owner: HTMLStyleElement): HTMLStyleElement {
    return this.#replaced.has(id) ? (this.#elements.after.get(id) ?? owner) : owner;
  }

  /** Rules in place of those of a link. */
  replace(id: number, link: HTMLLinkElement, css: string): void {
    this.#replaced.add(id);
    dom.setTextContent(this.#beside(id, link, "after"), css);
    dom.setDisabled(link, true);
  }

  /** Rules beside those of a sheet; empty ones take away what was there. */
  add(id: number, owner: Element, place: Place, css: string): void {
    if (css || this.#elements[place].has(id)) dom.setTextContent(this.#beside(id, owner, place), css);
  }

  /** Removes those whose sheet is gone, and puts the others beside theirs again. */
  tidy(): void {
    for (const place of places) {
      for (const [id, companion] of this.#elements[place]) {
        const owner = this.#nodes.element(id);
        if (owner && dom.isConnected(owner) && !(this.#replaced.has(id) && place === "before")) {
          this.#beside(id, owner, place);
          continue;
        }
        dom.remove(companion);
        this.#elements[place].delete(id);
        if (place === "after") this.#replaced.delete(id);
      }
    }
  }

  #beside(id: number, owner: Element, place: Place): HTMLStyleElement {
    let companion = this.#elements[place].get(id);
    if (companion === undefined) {
      companion = dom.createElement(dom.ownerDocument(owner) as Document, "style");
      dom.setAttribute(companion, OWN, "");
      this.#elements[place].set(id, companion);
    }
    const media = dom.getAttribute(owner, "media");
    if (media !== null) dom.setAttribute(companion, "media", media);
    if (place === "before" && dom.nextSibling(companion) !== owner) dom.before(owner, companion);
    if (place === "after" && dom.previousSibling(companion) !== owner) dom.after(owner, companion);
    return companion;
  }
}
