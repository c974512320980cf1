import { type AnyFunction, native } from "./native.ts";
import { insertBefore, nextSibling, nodeType, parentNode } from "./nodes.ts";

/** A member that elements, documents and fragments have each of their own. */
/* @__NO_SIDE_EFFECTS__ */
function parental<F>(name: string): F {
  const [element, document, fragment] = ["Element", "Document", "DocumentFragment"].map((type) =>
    native(type, name, "value"),
  ) as AnyFunction[];
  return ((root: Node, ...args: unknown[]) => {
    const type = nodeType(root);
    return ((type === 1 ? element : type === 9 ? document : fragment) as AnyFunction)(root, ...args);
  }) as F;
}

export const querySelector =
  parental<<E extends Element = Element>(root: Node, selector: string) => E | null>("querySelector");
export const querySelectorAll =
  parental<<E extends Element = Element>(root: Node, selector: string) => NodeListOf<E>>("querySelectorAll");
/** Of documents and fragments; elements do not have it. */
export const getElementById = parental<(root: Node, id: string) => HTMLElement | null>("getElementById");
export const append = parental<(parent: Node, ...nodes: (Node | string)[]) => void>("append");
export const prepend = parental<(parent: Node, ...nodes: (Node | string)[]) => void>("prepend");
export const replaceChildren =
  parental<(parent: Node, ...nodes: (Node | string)[]) => void>("replaceChildren");

/** Puts a node before another one that has a parent. */
export function before(node: Node, added: Node): void {
  const parent = parentNode(node);
  if (parent !== null) insertBefore(parent, added, node);
}

/** Puts a node behind another one that has a parent. */
export function after(node: Node, added: Node): void {
  const parent = parentNode(node);
  if (parent !== null) insertBefore(parent, added, nextSibling(node));
}

const callMoveBefore = parental<(parent: Node, node: Node, before: Node | null) => void>("moveBefore");

/** Moves a node with its state; false in browsers that cannot. Throws where the two do not stand in one document. */
export function moveBefore(parent: Node, node: Node, before: Node | null): boolean {
  if (!("moveBefore" in Element.prototype)) return false;
  callMoveBefore(parent, node, before);
  return true;
}
