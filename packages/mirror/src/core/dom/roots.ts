import { type AnyFunction, getter, method, native } from "./native.ts";
import { nodeType, ownerDocument } from "./nodes.ts";

/** Properties and methods of documents and shadow roots, of the names that the DOM gives them. */
const getDefaultView = /* @__PURE__ */ getter("Document", "defaultView");
/** The window of a document; null of one that is not shown, and of all other nodes. */
export function defaultView(root: Node): (Window & typeof globalThis) | null {
  return nodeType(root) === 9 ? getDefaultView(root as Document) : null;
}

/** The window that a node's document is shown in. */
export function viewOf(node: Element | CharacterData): (Window & typeof globalThis) | null {
  return defaultView(ownerDocument(node));
}

export const documentElement = /* @__PURE__ */ getter("Document", "documentElement");
export const body = /* @__PURE__ */ getter("Document", "body");
export const doctype = /* @__PURE__ */ getter("Document", "doctype");
export const publicId = /* @__PURE__ */ getter("DocumentType", "publicId");
export const documentUrl = /* @__PURE__ */ getter("Document", "URL");
export const characterSet = /* @__PURE__ */ getter("Document", "characterSet");
export const compatMode = /* @__PURE__ */ getter("Document", "compatMode");
export const readyState = /* @__PURE__ */ getter("Document", "readyState");
export const documentHidden = /* @__PURE__ */ getter("Document", "hidden");
export const documentTitle = /* @__PURE__ */ getter("Document", "title");
export const scrollingElement = /* @__PURE__ */ getter("Document", "scrollingElement");
export const fonts = /* @__PURE__ */ getter("Document", "fonts");
export const createElement = /* @__PURE__ */ method("Document", "createElement") as {
  <K extends keyof HTMLElementTagNameMap>(document: Document, name: K): HTMLElementTagNameMap[K];
  (document: Document, name: string): HTMLElement;
};
export const createElementNS = /* @__PURE__ */ method("Document", "createElementNS") as (
  document: Document,
  namespace: string,
  name: string,
) => Element;
export const createTextNode = /* @__PURE__ */ method("Document", "createTextNode");
export const createRange = /* @__PURE__ */ method("Document", "createRange");
export const createTreeWalker = /* @__PURE__ */ method("Document", "createTreeWalker");
export const createNodeIterator = /* @__PURE__ */ method("Document", "createNodeIterator");
/** Undefined where the browser does not have it. */
export const caretPositionFromPoint = /* @__PURE__ */ method("Document", "caretPositionFromPoint") as (
  document: Document,
  x: number,
  y: number,
  options?: CaretPositionFromPointOptions,
) => CaretPosition | null | undefined;
/** Undefined where the browser does not have it. */
export const caretRangeFromPoint = /* @__PURE__ */ method("Document", "caretRangeFromPoint") as (
  document: Document,
  x: number,
  y: number,
) => Range | null | undefined;
export const getSelection = /* @__PURE__ */ method("Document", "getSelection");
export const execCommand = /* @__PURE__ */ method("Document", "execCommand");
export const write = /* @__PURE__ */ method("Document", "write");
export const close = /* @__PURE__ */ method("Document", "close");

const getHost = /* @__PURE__ */ getter("ShadowRoot", "host");
/** What a shadow root belongs to; undefined of what is no shadow root. */
export function host(root: Node): Element | undefined {
  try {
    return nodeType(root) === 11 ? getHost(root as ShadowRoot) : undefined;
  } catch {
    // A fragment that is none.
    return undefined;
  }
}
export const slotAssignment = /* @__PURE__ */ getter("ShadowRoot", "slotAssignment");
export const delegatesFocus = /* @__PURE__ */ getter("ShadowRoot", "delegatesFocus");

/** A member that documents and shadow roots have each of their own. */
/* @__NO_SIDE_EFFECTS__ */
function rooted<F>(name: string, part: "get" | "set" | "value"): F {
  const [document, shadow] = ["Document", "ShadowRoot"].map((type) =>
    native(type, name, part),
  ) as AnyFunction[];
  return ((root: Node, ...args: unknown[]) =>
    ((nodeType(root) === 9 ? document : shadow) as AnyFunction)(root, ...args)) as F;
}

type Root = Document | ShadowRoot;
export const activeElement = rooted<(root: Root) => Element | null>("activeElement", "get");
export const fullscreenElement = rooted<(root: Root) => Element | null>("fullscreenElement", "get");
export const styleSheets = rooted<(root: Root) => StyleSheetList>("styleSheets", "get");
/** Undefined in browsers that do not have them. */
export const adoptedStyleSheets = rooted<(root: Root) => CSSStyleSheet[]>("adoptedStyleSheets", "get");
export const setAdoptedStyleSheets = rooted<(root: Root, sheets: CSSStyleSheet[]) => void>(
  "adoptedStyleSheets",
  "set",
);
export const elementFromPoint = rooted<(root: Root, x: number, y: number) => Element | null>(
  "elementFromPoint",
  "value",
);
export const elementsFromPoint = rooted<(root: Root, x: number, y: number) => Element[]>(
  "elementsFromPoint",
  "value",
);
export const getAnimations = rooted<(root: Root) => Animation[]>("getAnimations", "value");
