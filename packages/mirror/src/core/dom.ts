/**
 * Reads the DOM by the prototypes' own getters and methods. A form is its controls' names first (`<input name=id>`
 * shadows `form.id`), a document its pictures' and forms' (`<img name=body>`), and scripts put what they like on an
 * element. These functions see what the browser sees, of nodes of every window.
 */
type Method = (this: unknown, ...args: never[]) => unknown;

const { Node: NodeType, Element: ElementType, Document: DocumentType } = globalThis;

/** @param type undefined where there is no DOM: modules of ours can be imported anywhere */
function getter(type: { prototype: object } | undefined, name: string): Method {
  return (type && Object.getOwnPropertyDescriptor(type.prototype, name)?.get) as Method;
}

function method(type: { prototype: object } | undefined, name: string): Method {
  return (type && Object.getOwnPropertyDescriptor(type.prototype, name)?.value) as Method;
}

const getNodeType = getter(NodeType, "nodeType");
const getParentElement = getter(NodeType, "parentElement");
const getLastChild = getter(NodeType, "lastChild");
const getNextSibling = getter(NodeType, "nextSibling");
const getPreviousSibling = getter(NodeType, "previousSibling");
const getIsConnected = getter(NodeType, "isConnected");
const getOwnerDocument = getter(NodeType, "ownerDocument");
const callGetRootNode = method(NodeType, "getRootNode");

export const nodeType = (node: Node): number => getNodeType.call(node) as number;
export const parentElement = (node: Node): Element | null => getParentElement.call(node) as Element | null;
export const lastChild = (node: Node): ChildNode | null => getLastChild.call(node) as ChildNode | null;
export const nextSibling = (node: Node): ChildNode | null => getNextSibling.call(node) as ChildNode | null;
export const previousSibling = (node: Node): ChildNode | null =>
  getPreviousSibling.call(node) as ChildNode | null;
export const isConnected = (node: Node): boolean => getIsConnected.call(node) as boolean;
export const ownerDocument = (node: Node): Document | null => getOwnerDocument.call(node) as Document | null;
export const getRootNode = (node: Node): Node => callGetRootNode.call(node) as Node;

const getShadowRoot = getter(ElementType, "shadowRoot");
const getLocalName = getter(ElementType, "localName");
const callGetAttribute = method(ElementType, "getAttribute");
const callHasAttributes = method(ElementType, "hasAttributes");
const callMatches = method(ElementType, "matches");
const callQueryAll = method(ElementType, "querySelectorAll");
const callQueryAllOfDocument = method(DocumentType, "querySelectorAll");
const callQueryAllOfFragment = method(globalThis.DocumentFragment, "querySelectorAll");

export const localName = (element: Element): string => getLocalName.call(element) as string;
export const openRoot = (element: Element): ShadowRoot | null =>
  getShadowRoot.call(element) as ShadowRoot | null;
export const attribute = (element: Element, name: string): string | null =>
  callGetAttribute.call(element, name as never) as string | null;
export const hasAttributes = (element: Element): boolean => callHasAttributes.call(element) as boolean;
export const matches = (element: Element, selector: string): boolean =>
  callMatches.call(element, selector as never) as boolean;

/** What a selector finds below an element, a document or a fragment. */
export function queryAll(root: Node, selector: string): NodeListOf<Element> {
  const type = nodeType(root);
  const query = type === 1 ? callQueryAll : type === 9 ? callQueryAllOfDocument : callQueryAllOfFragment;
  return query.call(root, selector as never) as NodeListOf<Element>;
}

const getInputValue = getter(globalThis.HTMLInputElement, "value");
const getAreaValue = getter(globalThis.HTMLTextAreaElement, "value");
const getInputLabels = getter(globalThis.HTMLInputElement, "labels");
const getAreaLabels = getter(globalThis.HTMLTextAreaElement, "labels");

/** What stands in an `input` or `textarea`. */
export const fieldValue = (field: Element): string =>
  (localName(field) === "input" ? getInputValue : getAreaValue).call(field) as string;

/** The labels of an `input` or `textarea`; null of one that cannot have any. */
export const labelsOf = (field: Element): NodeListOf<HTMLLabelElement> | null =>
  (localName(field) === "input" ? getInputLabels : getAreaLabels).call(field) as NodeListOf<HTMLLabelElement>;

const getSheets = getter(DocumentType, "styleSheets");
const getSheetsOfRoot = getter(globalThis.ShadowRoot, "styleSheets");
const getAdopted = getter(DocumentType, "adoptedStyleSheets");
const getAdoptedOfRoot = getter(globalThis.ShadowRoot, "adoptedStyleSheets");

/** The sheets of a document or shadow root, in their order: those of elements, then the adopted ones. */
export function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  const inDocument = nodeType(root) === 9;
  const sheets = (inDocument ? getSheets : getSheetsOfRoot).call(root) as StyleSheetList;
  const adopted = (inDocument ? getAdopted : getAdoptedOfRoot)?.call(root) as CSSStyleSheet[] | undefined;
  return [...sheets, ...(adopted ?? [])];
}

const ofDocument: Record<string, PropertyDescriptor> = DocumentType
  ? Object.getOwnPropertyDescriptors(DocumentType.prototype)
  : {};

/** A property of a document, whatever pictures and forms in it are called. */
export function read<K extends keyof Document>(document: Document, name: K): Document[K] {
  return ofDocument[name]?.get?.call(document) as Document[K];
}
