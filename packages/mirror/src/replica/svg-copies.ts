import type { Bounds } from "../core/bounds.ts";
import * as dom from "../core/dom.ts";
import type { ReplicaFeature } from "../core/replica-feature.ts";

/** So many new references are looked at together, and what is left at the end of a frame. */
const TOGETHER = 8;

/**
 * `use` elements show copies of other elements, which may have `use` elements in them: a few lines can ask for more
 * copies than any browser can make. They are counted before a layout makes them.
 */
export class SvgCopies implements ReplicaFeature {
  readonly #bounds: Bounds;
  readonly #uses = new Set<Element>();
  #changed = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  element(element: Element): void {
    if (dom.localName(element) === "use") this.#uses.add(element);
    else if (!this.#uses.size || !isTarget(element)) return;
    this.#change();
  }

  attribute(element: Element, name: string): void {
    if (this.#uses.size > 0 && /^(id|href|xlink:href)$/.test(name) && isSvg(element)) this.#change();
  }

  applied(): void {
    if (this.#changed > 0) this.#count();
  }

  #change(): void {
    if (++this.#changed >= TOGETHER) this.#count();
  }

  #count(): void {
    this.#changed = 0;
    const inside = new Map<Element, Element[]>();
    for (const use of this.#uses) {
      if (!dom.isConnected(use)) {
        this.#uses.delete(use);
        continue;
      }
      for (let up = dom.parentElement(use); up && isSvg(up); up = dom.parentElement(up)) {
        this.#bounds.work(1);
        if (isTarget(up)) inside.set(up, [...(inside.get(up) ?? []), use]);
      }
    }
    const sizes = new Map<Element, number>();
    /** How many elements a copy of an element comes to. */
    const sizeOf = (target: Element): number => {
      const known = sizes.get(target);
      if (known !== undefined) return known;
      // One that has itself inside is not copied.
      sizes.set(target, 0);
      let size = 1 + dom.getElementsByTagName(target, "*").length;
      for (const use of inside.get(target) ?? []) size += copyOf(use);
      sizes.set(target, size);
      return size;
    };
    const copyOf = (use: Element): number => {
      const target = targetOf(use);
      return target ? sizeOf(target) : 0;
    };
    let copies = 0;
    for (const use of this.#uses) {
      copies += copyOf(use);
      this.#bounds.check("copies", copies);
    }
  }
}

const SVG = "http://www.w3.org/2000/svg";

function isSvg(element: Element): boolean {
  return dom.namespaceURI(element) === SVG;
}

function isTarget(element: Element): boolean {
  return isSvg(element) && dom.hasAttribute(element, "id");
}

function targetOf(use: Element): Element | undefined {
  const href = (dom.getAttribute(use, "href") ?? dom.getAttribute(use, "xlink:href") ?? "").trim();
  if (!href.startsWith("#")) return undefined;
  const root = dom.getRootNode(use) as Document;
  let id = href.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // As it stands.
  }
  return dom.getElementById(root, id) ?? dom.getElementById(root, href.slice(1)) ?? undefined;
}
