import { fileWithoutSecrets } from "../../privacy/addresses.ts";
import type { Privacy } from "../../privacy/verdict.ts";
import * as Item from "../codec/item.ts";
import type { MirrorWriter } from "../codec/writer.ts";
import { contentDocument } from "../content-document.ts";
import * as dom from "../dom.ts";
import { placeholderAttributes } from "./attributes.ts";
import type { NodeTable } from "./node-table.ts";
import type { Namespace } from "./wire.ts";
import { writeElement } from "./wire.ts";

/** Writes what viewers get in the place of an element that they must not see, or that the replica cannot show. */
export class StandIns {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #privacy: Privacy;

  constructor(parts: { nodes: NodeTable; writer: MirrorWriter; privacy: Privacy }) {
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#privacy = parts.privacy;
  }

  /** A box of the same size. */
  box(element: Element, masked: boolean, reason: "block" | "hide"): void {
    const name = dom.localName(element);
    const tag = /^(td|th|tr|li|option)$/.test(name) ? name : "div";
    const { id } = this.#nodes.add(element, masked, true, true);
    writeElement(this.#writer, Item.html, id, tag, this.attributes(element, reason), false);
  }

  /** The attributes of such a box. */
  attributes(element: Element, reason: "block" | "hide" | "unsupported" | "embedded"): string[] {
    return placeholderAttributes(element, reason, this.#privacy);
  }

  /**
   * An element that the replica has under another name, without what is in it. An embedded picture is shown.
   * @param tag the name that it has there; `div` and `object` are boxes
   */
  element(element: Element, namespace: Namespace, tag: string, masked: boolean): void {
    const { id } = this.#nodes.add(element, masked, true, true);
    const boxed = isBox(tag);
    const picture = boxed && !masked && pictureOf(element);
    const attributes = boxed ? this.attributes(element, picture ? "embedded" : "unsupported") : [];
    if (picture) attributes.push("src", this.#writer.redact(fileWithoutSecrets(picture)));
    writeElement(this.#writer, namespace, id, picture ? "img" : boxed ? "div" : tag, attributes, false);
  }
}

/** Whether an element is shown by another one: its own name is not the replica's, or only its content shows. */
export function isReplaced(element: Element, tag: string): boolean {
  return tag !== dom.localName(element) || (tag === "object" && !showsContent(element));
}

/** Whether a document that an `object` or `embed` shows can be mirrored as that of an iframe. */
export function embedsDocument(element: Element, tag: string): boolean {
  return isBox(tag) && contentDocument(element) !== undefined;
}

function isBox(tag: string): boolean {
  return tag === "div" || tag === "object";
}

/** Whether an `object` shows what stands in it, as it does where it finds nothing else to show. */
function showsContent(object: Element): boolean {
  const range = dom.createRange(dom.ownerDocument(object));
  range.selectNodeContents(object);
  return range.getClientRects().length > 0;
}

/** The address of what an `object` or `embed` shows, if it says that this is a picture. */
function pictureOf(element: Element): string | undefined {
  const url = dom.objectData(element) || dom.src(element);
  const kind = dom.type(element) || url;
  return url && /^(data:)?image\/|\.(png|jpe?g|gif|webp|avif|svg)$/i.test(kind) ? url : undefined;
}
