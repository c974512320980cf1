import { getter, method, setter } from "./native.ts";

/** Properties and methods that every node has, of the names that the DOM gives them. */
export const nodeType = /* @__PURE__ */ getter("Node", "nodeType");
export const nodeName = /* @__PURE__ */ getter("Node", "nodeName");
export const parentNode = /* @__PURE__ */ getter("Node", "parentNode");
export const parentElement = /* @__PURE__ */ getter("Node", "parentElement");
export const firstChild = /* @__PURE__ */ getter("Node", "firstChild");
export const lastChild = /* @__PURE__ */ getter("Node", "lastChild");
export const nextSibling = /* @__PURE__ */ getter("Node", "nextSibling");
export const previousSibling = /* @__PURE__ */ getter("Node", "previousSibling");
export const childNodes = /* @__PURE__ */ getter("Node", "childNodes");
export const isConnected = /* @__PURE__ */ getter("Node", "isConnected");
export const ownerDocument = /* @__PURE__ */ getter("Node", "ownerDocument") as <N extends Node>(
  node: N,
) => N["ownerDocument"];
export const baseURI = /* @__PURE__ */ getter("Node", "baseURI");
/** How many UTF-16 units a text has. */
export const dataLength = /* @__PURE__ */ getter("CharacterData", "length");
export const textContent = /* @__PURE__ */ getter("Node", "textContent");
export const setTextContent = /* @__PURE__ */ setter("Node", "textContent");

export const getRootNode = /* @__PURE__ */ method("Node", "getRootNode");
export const contains = /* @__PURE__ */ method("Node", "contains");
export const compareDocumentPosition = /* @__PURE__ */ method("Node", "compareDocumentPosition");
export const cloneNode = /* @__PURE__ */ method("Node", "cloneNode") as <T extends Node>(
  node: T,
  deep?: boolean,
) => T;
export const appendChild = /* @__PURE__ */ method("Node", "appendChild");
export const insertBefore = /* @__PURE__ */ method("Node", "insertBefore");
const removeChild = /* @__PURE__ */ method("Node", "removeChild");

/** Takes a node out of its parent, if it has one. */
export function remove(node: Node): void {
  const parent = parentNode(node);
  if (parent !== null) removeChild(parent, node);
}

/** The text of a text node or a comment. */
export const data = /* @__PURE__ */ getter("CharacterData", "data");
export const setData = /* @__PURE__ */ setter("CharacterData", "data");

export const addEventListener = /* @__PURE__ */ method("EventTarget", "addEventListener") as (
  target: EventTarget,
  type: string,
  // biome-ignore lint/suspicious/noExplicitAny: the type says which event it is
  listener: ((event: any) => void) | EventListenerObject,
  options?: AddEventListenerOptions | boolean,
) => void;
export const removeEventListener = /* @__PURE__ */ method(
  "EventTarget",
  "removeEventListener",
) as typeof addEventListener;
export const dispatchEvent = /* @__PURE__ */ method("EventTarget", "dispatchEvent");
