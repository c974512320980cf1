import { MalformedFrameError } from "@copane/protocol";
import * as Item from "../codec/item.ts";
import * as ItemFlag from "../codec/item-flag.ts";
import * as Op from "../codec/operations.ts";
import type { OperationReader, OperationReaders } from "../codec/reader.ts";
import type { MirrorWriter } from "../codec/writer.ts";
import type { DocumentMode } from "./mode.ts";

/** The document's own id: the parent of the first `place`, the window's id in `scroll`. */
export const DOCUMENT_ID = 1;

export type Namespace = typeof Item.html | typeof Item.svg | typeof Item.mathml;

/** What the tree's operations say, in order. Ids may be unknown: the stream is untrusted. */
export interface TreeOperations {
  startPlace(parent: number, before: number): void;
  /** `kept`: with its state. */
  move(id: number, kept: boolean): void;
  /** `open`: children follow until `end()`. A text-only element calls `textNode` in between and `end()` itself. */
  element(namespace: Namespace, id: number, tag: string, attributes: readonly string[], open: boolean): void;
  textNode(id: number, text: string): void;
  /** `manual`: scripts say what stands in its slots. */
  shadowRoot(id: number, manual: boolean): void;
  document(id: number, baseUrl: string): void;
  doctype(id: number, mode: DocumentMode): void;
  /** Closes the innermost open element, shadow root, document or the `place` itself. */
  end(): void;
  remove(id: number): void;
  setAttribute(id: number, name: string, value: string): void;
  removeAttribute(id: number, name: string): void;
  text(id: number, text: string): void;
}

/**
 * Nodes come to a place: parent id, before id (0 = append), then items up to `end`. A snapshot is no format of
 * its own: it is `place` operations for the document's children, cut into frames wherever the time budget
 * ended, followed by `ready`.
 */
export function startPlace(out: MirrorWriter, parent: number, before: number): void {
  out.op(Op.place, parent);
  out.id(before);
}

/** Closes the innermost open element, shadow root, document or the `place` itself. */
export function writeEnd(out: MirrorWriter): void {
  out.u8(Item.end);
}

/** @param kept with its state, as `moveBefore` does */
export function writeMove(out: MirrorWriter, id: number, kept: boolean): void {
  out.u8(kept ? Item.move | ItemFlag.kept : Item.move);
  out.id(id);
}

/**
 * @param attributes flat name, value pairs
 * @param content `true`: items up to `end` follow; a string: the only child is this text, whose id is `id + 1`;
 *   `false`: no children
 */
export function writeElement(
  out: MirrorWriter,
  namespace: Namespace,
  id: number,
  tag: string,
  attributes: readonly string[],
  content: boolean | string,
): void {
  const count = attributes.length >> 1;
  let flags = count ? ItemFlag.attributes : 0;
  if (content === true) flags |= ItemFlag.children;
  else if (content !== false) flags |= ItemFlag.text;
  startItem(out, namespace | flags, id);
  out.name(tag);
  if (count) {
    out.varint(count);
    for (let i = 0; i < attributes.length; i += 2)
      writeAttribute(out, attributes[i] as string, attributes[i + 1] as string);
  }
  if (typeof content === "string") {
    out.string(content);
    out.skipNewId(id + 1);
  }
}

export function writeTextNode(out: MirrorWriter, id: number, text: string): void {
  startItem(out, Item.text, id);
  out.string(text);
}

/** @param manual scripts say what stands in its slots */
export function writeShadowRoot(out: MirrorWriter, id: number, manual: boolean): void {
  startItem(out, Item.shadowRoot | ItemFlag.children | (manual ? ItemFlag.manual : 0), id);
}

export function writeDocument(out: MirrorWriter, id: number, baseUrl: string): void {
  startItem(out, Item.document | ItemFlag.children, id);
  out.string(baseUrl);
}

export function writeDoctype(out: MirrorWriter, id: number, mode: DocumentMode): void {
  startItem(out, Item.doctype, id);
  out.u8(mode);
}

/** The node and all below it leave the mirror. */
export function writeRemove(out: MirrorWriter, id: number): void {
  out.op(Op.remove, id);
}

export function writeSetAttribute(out: MirrorWriter, id: number, name: string, value: string): void {
  out.op(Op.setAttribute, id);
  writeAttribute(out, name, value);
}

export function writeRemoveAttribute(out: MirrorWriter, id: number, name: string): void {
  out.op(Op.removeAttribute, id);
  out.name(name);
}

export function writeText(out: MirrorWriter, id: number, text: string): void {
  out.op(Op.text, id);
  out.string(text);
}

function startItem(out: MirrorWriter, kind: number, id: number): void {
  if (out.follows(id)) {
    out.u8(kind | ItemFlag.nextId);
    out.skipNewId(id);
  } else {
    out.u8(kind);
    out.newId(id);
  }
}

function writeAttribute(out: MirrorWriter, name: string, value: string): void {
  out.name(name);
  out.name(value, name !== "id");
}

export const treeReaders: OperationReaders<TreeOperations> = [
  [
    Op.place,
    (input, to) => {
      to.startPlace(input.id(), input.id());
      readItems(input, to);
    },
  ],
  [Op.remove, (input, to) => to.remove(input.id())],
  [Op.setAttribute, (input, to) => to.setAttribute(input.id(), input.name(), input.name())],
  [Op.removeAttribute, (input, to) => to.removeAttribute(input.id(), input.name())],
  [Op.text, (input, to) => to.text(input.id(), input.string())],
];

/** Reads items until the `place` itself is closed; iterative, because pages nest deeply. */
function readItems(input: OperationReader, to: TreeOperations): void {
  let depth = 1;
  while (depth > 0) {
    const byte = input.u8();
    const kind = byte & 0x0f;
    const follows = (byte & ItemFlag.nextId) !== 0;
    switch (kind) {
      case Item.end:
        depth--;
        to.end();
        break;
      case Item.move:
        to.move(input.id(), (byte & ItemFlag.kept) !== 0);
        break;
      case Item.html:
      case Item.svg:
      case Item.mathml: {
        const id = input.newId(follows);
        const open = (byte & (ItemFlag.children | ItemFlag.text)) !== 0;
        to.element(kind, id, input.name(), readAttributes(input, byte), open);
        if (byte & ItemFlag.children) depth++;
        else if (byte & ItemFlag.text) {
          to.textNode(input.newId(true), input.string());
          to.end();
        }
        break;
      }
      case Item.text:
        to.textNode(input.newId(follows), input.string());
        break;
      case Item.shadowRoot:
        to.shadowRoot(input.newId(follows), (byte & ItemFlag.manual) !== 0);
        depth++;
        break;
      case Item.document:
        to.document(input.newId(follows), input.string());
        depth++;
        break;
      case Item.doctype:
        to.doctype(input.newId(follows), input.u8() as DocumentMode);
        break;
      default:
        throw new MalformedFrameError(`unknown mirror item ${kind}`);
    }
  }
}

function readAttributes(input: OperationReader, byte: number): string[] {
  if (!(byte & ItemFlag.attributes)) return [];
  const attributes: string[] = [];
  for (let count = input.varint(); count > 0; count--) attributes.push(input.name(), input.name());
  return attributes;
}
