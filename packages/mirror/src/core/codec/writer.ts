import { ByteWriter } from "@copane/protocol";
import * as Item from "./item.ts";
import * as ItemFlag from "./item-flag.ts";
import * as Op from "./operations.ts";
import { INTERN_ENTRIES, INTERN_LENGTH, type Pseudo } from "./types.ts";

export type Namespace = typeof Item.html | typeof Item.svg | typeof Item.mathml;

/**
 * Encodes the mirror stream. One writer serves one capture: `beginEpoch()` forgets interned strings,
 * `beginFrame()`…`endFrame()` frame the operations in between.
 */
export class MirrorWriter {
  readonly #out = new ByteWriter(64 * 1024);
  readonly #strings = new Map<string, number>();
  #lastId = 0;
  #lastNewId = 0;

  /** Bytes in the current frame so far. */
  get length(): number {
    return this.#out.length;
  }

  beginEpoch(): void {
    this.#strings.clear();
  }

  beginFrame(): void {
    this.#out.reset();
    this.#lastId = 0;
    this.#lastNewId = 0;
  }

  /** The frame's payload; the caller owns the copy. */
  endFrame(): Uint8Array<ArrayBuffer> {
    return this.#out.take();
  }

  startPlace(parent: number, before: number): void {
    this.#out.u8(Op.place);
    this.#id(parent);
    this.#id(before);
  }

  /** Closes the innermost open element, shadow root, document or the `place` itself. */
  end(): void {
    this.#out.u8(Item.end);
  }

  move(id: number): void {
    this.#out.u8(Item.move);
    this.#id(id);
  }

  /**
   * @param attributes flat name, value pairs
   * @param content `true`: items up to `end()` follow; a string: the only child is this text, whose id is
   *   `id + 1`; `false`: no children
   */
  element(
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
    this.#item(namespace, flags, id);
    this.#string(tag);
    if (count) {
      this.#out.varint(count);
      for (let i = 0; i < attributes.length; i += 2) {
        this.#attribute(attributes[i] as string, attributes[i + 1] as string);
      }
    }
    if (typeof content === "string") {
      this.#out.string(content);
      this.#lastNewId = id + 1;
    }
  }

  textNode(id: number, text: string): void {
    this.#item(Item.text, 0, id);
    this.#out.string(text);
  }

  shadowRoot(id: number): void {
    this.#item(Item.shadowRoot, ItemFlag.children, id);
  }

  document(id: number, baseUrl: string): void {
    this.#item(Item.document, ItemFlag.children, id);
    this.#out.string(baseUrl);
  }

  doctype(id: number, standards: boolean): void {
    this.#item(Item.doctype, 0, id);
    this.#out.u8(standards ? 1 : 0);
  }

  remove(id: number): void {
    this.#op(Op.remove, id);
  }

  setAttribute(id: number, name: string, value: string): void {
    this.#op(Op.setAttribute, id);
    this.#attribute(name, value);
  }

  removeAttribute(id: number, name: string): void {
    this.#op(Op.removeAttribute, id);
    this.#string(name);
  }

  text(id: number, text: string): void {
    this.#op(Op.text, id);
    this.#out.string(text);
  }

  /** @param hash 64 hexadecimal digits, or empty */
  knownText(id: number, hash: string): void {
    this.#op(Op.knownText, id);
    this.#out.string(hash);
  }

  value(id: number, value: string): void {
    this.#op(Op.value, id);
    this.#out.string(value);
  }

  checked(id: number, checked: boolean, indeterminate: boolean): void {
    this.#op(Op.checked, id);
    this.#out.u8((checked ? 1 : 0) | (indeterminate ? 2 : 0));
  }

  selected(id: number, indices: readonly number[]): void {
    this.#op(Op.selected, id);
    this.#out.varint(indices.length);
    for (const index of indices) this.#out.varint(index);
  }

  /** `left` and `top` are rounded to CSS pixels. */
  scroll(id: number, left: number, top: number): void {
    this.#op(Op.scroll, id);
    this.#out.signed(Math.round(left));
    this.#out.signed(Math.round(top));
  }

  viewport(width: number, height: number, clientWidth: number): void {
    this.#out.u8(Op.viewport);
    this.#out.varint(Math.round(width));
    this.#out.varint(Math.round(height));
    this.#out.varint(Math.round(clientWidth));
  }

  cursor(x: number, y: number): void {
    this.#out.u8(Op.cursor);
    this.#out.signed(Math.round(x));
    this.#out.signed(Math.round(y));
  }

  pseudo(kind: Pseudo, id: number): void {
    this.#out.u8(Op.pseudo);
    this.#out.u8(kind);
    this.#id(id);
  }

  selection(anchor: number, anchorOffset: number, focus: number, focusOffset: number): void {
    this.#op(Op.selection, anchor);
    this.#out.varint(anchorOffset);
    this.#id(focus);
    this.#out.varint(focusOffset);
  }

  page(url: string, baseUrl: string, title: string): void {
    this.#out.u8(Op.page);
    this.#out.string(url);
    this.#out.string(baseUrl);
    this.#out.string(title);
  }

  sheetText(id: number, text: string): void {
    this.#op(Op.sheetText, id);
    this.#out.string(text);
  }

  sheetInsert(id: number, index: number, rule: string): void {
    this.#op(Op.sheetInsert, id);
    this.#out.varint(index);
    this.#out.string(rule);
  }

  sheetDelete(id: number, index: number): void {
    this.#op(Op.sheetDelete, id);
    this.#out.varint(index);
  }

  sheetState(id: number, disabled: boolean, media: string): void {
    this.#op(Op.sheetState, id);
    this.#out.u8(disabled ? 1 : 0);
    this.#out.string(media);
  }

  adopt(root: number, sheets: readonly number[]): void {
    this.#op(Op.adopt, root);
    this.#out.varint(sheets.length);
    for (const sheet of sheets) this.#id(sheet);
  }

  ready(): void {
    this.#out.u8(Op.ready);
  }

  /** @param bits by `mediaFeatures` */
  environment(bits: number): void {
    this.#out.u8(Op.environment);
    this.#out.varint(bits);
  }

  /** @param bits by `ControlState` */
  controlState(id: number, bits: number): void {
    this.#op(Op.controlState, id);
    this.#out.u8(bits);
  }

  fidelity(compared: number, repaired: number): void {
    this.#out.u8(Op.fidelity);
    this.#out.varint(compared);
    this.#out.varint(repaired);
  }

  compare(id: number): void {
    this.#op(Op.compare, id);
  }

  /** Begins an operation of `RareWriter`; what follows goes into the sink that it gives. */
  begin(op: number, id?: number): ByteWriter {
    this.#out.u8(op);
    if (id !== undefined) this.#id(id);
    return this.#out;
  }

  /** A name within such an operation: it crosses once an epoch. */
  name(value: string): void {
    this.#string(value);
  }

  #op(op: number, id: number): void {
    this.#out.u8(op);
    this.#id(id);
  }

  #item(kind: number, flags: number, id: number): void {
    if (id === this.#lastNewId + 1) {
      this.#out.u8(kind | flags | ItemFlag.nextId);
    } else {
      this.#out.u8(kind | flags);
      this.#out.signed(id - this.#lastNewId);
    }
    this.#lastNewId = id;
  }

  #id(id: number): void {
    this.#out.signed(id - this.#lastId);
    this.#lastId = id;
  }

  #attribute(name: string, value: string): void {
    this.#string(name);
    this.#string(value, name !== "id");
  }

  /** 0: literal; 1: literal that becomes the next entry; n+2: entry n. */
  #string(value: string, intern = true): void {
    const known = this.#strings.get(value);
    if (known !== undefined) {
      this.#out.varint(known + 2);
    } else if (intern && value.length <= INTERN_LENGTH && this.#strings.size < INTERN_ENTRIES) {
      this.#strings.set(value, this.#strings.size);
      this.#out.u8(1);
      this.#out.string(value);
    } else {
      this.#out.u8(0);
      this.#out.string(value);
    }
  }
}
