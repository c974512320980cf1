import { ByteReader, MalformedFrameError, type MirrorFrame } from "@copane/protocol";
import { readFontKeys, readHash } from "../../features/fonts/wire.ts";
import * as Item from "./item.ts";
import * as ItemFlag from "./item-flag.ts";
import * as Op from "./operations.ts";
import {
  type Asset,
  type FontKey,
  INTERN_ENTRIES,
  type MediaState,
  type PixelPatch,
  type PlayState,
  type Pseudo,
  type TopLayer,
} from "./types.ts";
import type { Namespace } from "./writer.ts";

/** Receives the operations of a frame in order. Ids may be unknown to it: the stream is untrusted. */
export interface MirrorVisitor {
  startPlace(parent: number, before: number): void;
  move(id: number): void;
  /** `open`: children follow until `end()`. A text-only element calls `textNode` in between and `end()` itself. */
  element(namespace: Namespace, id: number, tag: string, attributes: readonly string[], open: boolean): void;
  textNode(id: number, text: string): void;
  shadowRoot(id: number): void;
  document(id: number, baseUrl: string): void;
  doctype(id: number, standards: boolean): void;
  /** Closes the innermost open element, shadow root, document or the `place` itself. */
  end(): void;
  remove(id: number): void;
  setAttribute(id: number, name: string, value: string): void;
  removeAttribute(id: number, name: string): void;
  text(id: number, text: string): void;
  knownText(id: number, hash: string): void;
  value(id: number, value: string): void;
  checked(id: number, checked: boolean, indeterminate: boolean): void;
  selected(id: number, indices: readonly number[]): void;
  scroll(id: number, left: number, top: number): void;
  viewport(width: number, height: number, clientWidth: number): void;
  cursor(x: number, y: number): void;
  pseudo(kind: Pseudo, id: number): void;
  selection(anchor: number, anchorOffset: number, focus: number, focusOffset: number): void;
  page(url: string, baseUrl: string, title: string): void;
  sheetText(id: number, text: string): void;
  sheetInsert(id: number, index: number, rule: string): void;
  sheetDelete(id: number, index: number): void;
  sheetState(id: number, disabled: boolean, media: string): void;
  adopt(root: number, sheets: readonly number[]): void;
  image(id: number, width: number, height: number, type: string, bytes: Uint8Array): void;
  topLayer(id: number, state: TopLayer): void;
  ready(): void;
  font(keys: FontKey[], bytes: Uint8Array): void;
  knownFont(keys: FontKey[], hash: string): void;
  environment(bits: number): void;
  controlState(id: number, bits: number): void;
  define(tag: string): void;
  sheetAside(id: number, css: string): void;
  asset(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): void;
  media(id: number, state: MediaState): void;
  animation(id: number, number: number, play: PlayState, timeMs: number, rate: number, spec: string): void;
  states(id: number, names: readonly string[]): void;
  fidelity(compared: number, repaired: number): void;
  compare(id: number): void;
  /** An empty payload: nothing is known of the page in the iframe any more. */
  frame(id: number, number: number, frame: MirrorFrame): void;
  pixels(id: number, patch: PixelPatch): void;
}

/** Decodes the mirror stream of one epoch; make a new reader for the next. */
export class MirrorReader {
  readonly #strings: string[] = [];
  #in = new ByteReader(new Uint8Array());
  #lastId = 0;
  #lastNewId = 0;

  /** Calls `visitor` for each operation. Throws `MalformedFrameError` on bytes that are no mirror frame. */
  read(payload: Uint8Array, visitor: MirrorVisitor): void {
    this.#in = new ByteReader(payload);
    this.#lastId = 0;
    this.#lastNewId = 0;
    while (!this.#in.done) this.#op(visitor);
  }

  #op(to: MirrorVisitor): void {
    const input = this.#in;
    const op = input.u8();
    switch (op) {
      case Op.place:
        to.startPlace(this.#id(), this.#id());
        this.#items(to);
        break;
      case Op.remove:
        to.remove(this.#id());
        break;
      case Op.setAttribute:
        to.setAttribute(this.#id(), this.#string(), this.#string());
        break;
      case Op.removeAttribute:
        to.removeAttribute(this.#id(), this.#string());
        break;
      case Op.text:
        to.text(this.#id(), input.string());
        break;
      case Op.value:
        to.value(this.#id(), input.string());
        break;
      case Op.checked: {
        const id = this.#id();
        const bits = input.u8();
        to.checked(id, (bits & 1) !== 0, (bits & 2) !== 0);
        break;
      }
      case Op.selected:
        to.selected(
          this.#id(),
          this.#list(() => input.varint()),
        );
        break;
      case Op.scroll:
        to.scroll(this.#id(), input.signed(), input.signed());
        break;
      case Op.viewport:
        to.viewport(input.varint(), input.varint(), input.varint());
        break;
      case Op.cursor:
        to.cursor(input.signed(), input.signed());
        break;
      case Op.pseudo:
        to.pseudo(input.u8() as Pseudo, this.#id());
        break;
      case Op.selection:
        to.selection(this.#id(), input.varint(), this.#id(), input.varint());
        break;
      case Op.page:
        to.page(input.string(), input.string(), input.string());
        break;
      case Op.sheetText:
        to.sheetText(this.#id(), input.string());
        break;
      case Op.sheetInsert:
        to.sheetInsert(this.#id(), input.varint(), input.string());
        break;
      case Op.sheetDelete:
        to.sheetDelete(this.#id(), input.varint());
        break;
      case Op.sheetState:
        to.sheetState(this.#id(), input.u8() === 1, input.string());
        break;
      case Op.adopt:
        to.adopt(
          this.#id(),
          this.#list(() => this.#id()),
        );
        break;
      case Op.image:
        to.image(this.#id(), input.varint(), input.varint(), this.#string(), input.raw(input.varint()));
        break;
      case Op.topLayer:
        to.topLayer(this.#id(), input.u8() as TopLayer);
        break;
      case Op.ready:
        to.ready();
        break;
      case Op.font: {
        const keys = readFontKeys(input);
        to.font(keys, input.raw(input.varint()));
        break;
      }
      default:
        this.#rareOp(op, to);
    }
  }

  #rareOp(op: number, to: MirrorVisitor): void {
    const input = this.#in;
    switch (op) {
      case Op.environment:
        to.environment(input.varint());
        break;
      case Op.controlState:
        to.controlState(this.#id(), input.u8());
        break;
      case Op.define:
        to.define(this.#string());
        break;
      case Op.sheetAside:
        to.sheetAside(this.#id(), input.string());
        break;
      case Op.asset: {
        const id = this.#id();
        const kind = input.u8() as Asset;
        const type = this.#string();
        const last = input.u8() === 1;
        to.asset(id, kind, type, last, input.raw(input.varint()));
        break;
      }
      case Op.media:
        to.media(this.#id(), this.#mediaState());
        break;
      case Op.animation: {
        const id = this.#id();
        const number = input.varint();
        const play = input.u8() as PlayState;
        to.animation(id, number, play, input.signed(), input.signed() / 100, input.string());
        break;
      }
      case Op.states:
        to.states(
          this.#id(),
          this.#list(() => this.#string()),
        );
        break;
      case Op.fidelity:
        to.fidelity(input.varint(), input.varint());
        break;
      case Op.compare:
        to.compare(this.#id());
        break;
      case Op.pixels:
        to.pixels(this.#id(), this.#pixelPatch());
        break;
      case Op.knownFont:
        to.knownFont(readFontKeys(input), readHash(input));
        break;
      case Op.knownText:
        to.knownText(this.#id(), input.string());
        break;
      case Op.frame:
        to.frame(this.#id(), input.u8(), {
          flags: input.u8(),
          page: input.varint(),
          epoch: input.varint(),
          seq: input.varint(),
          payload: input.raw(input.varint()),
        });
        break;
      default:
        throw new MalformedFrameError(`unknown mirror operation ${op}`);
    }
  }

  /** Reads items until the `place` itself is closed; iterative, because pages nest deeply. */
  #items(to: MirrorVisitor): void {
    let depth = 1;
    while (depth > 0) {
      const byte = this.#in.u8();
      const kind = byte & 0x0f;
      switch (kind) {
        case Item.end:
          depth--;
          to.end();
          break;
        case Item.move:
          to.move(this.#id());
          break;
        case Item.html:
        case Item.svg:
        case Item.mathml: {
          const id = this.#newId(byte);
          const open = (byte & (ItemFlag.children | ItemFlag.text)) !== 0;
          to.element(kind, id, this.#string(), this.#attributes(byte), open);
          if (byte & ItemFlag.children) depth++;
          else if (byte & ItemFlag.text) {
            this.#lastNewId = id + 1;
            to.textNode(id + 1, this.#in.string());
            to.end();
          }
          break;
        }
        case Item.text:
          to.textNode(this.#newId(byte), this.#in.string());
          break;
        case Item.shadowRoot:
          to.shadowRoot(this.#newId(byte));
          depth++;
          break;
        case Item.document:
          to.document(this.#newId(byte), this.#in.string());
          depth++;
          break;
        case Item.doctype:
          to.doctype(this.#newId(byte), this.#in.u8() === 1);
          break;
        default:
          throw new MalformedFrameError(`unknown mirror item ${kind}`);
      }
    }
  }

  #attributes(byte: number): string[] {
    if (!(byte & ItemFlag.attributes)) return [];
    const attributes: string[] = [];
    for (let count = this.#in.varint(); count > 0; count--) attributes.push(this.#string(), this.#string());
    return attributes;
  }

  #mediaState(): MediaState {
    const bits = this.#in.u8();
    return {
      paused: (bits & 1) !== 0,
      muted: (bits & 2) !== 0,
      loop: (bits & 4) !== 0,
      positionMs: this.#in.varint(),
      rate: this.#in.signed() / 100,
      volume: Math.min(this.#in.varint() / 100, 1),
    };
  }

  #pixelPatch(): PixelPatch {
    const input = this.#in;
    return {
      width: input.varint(),
      height: input.varint(),
      left: input.varint(),
      top: input.varint(),
      partWidth: input.varint(),
      partHeight: input.varint(),
      over: input.u8() === 1,
      bytes: input.raw(input.varint()),
    };
  }

  #list<T>(read: () => T): T[] {
    const list: T[] = [];
    for (let count = this.#in.varint(); count > 0; count--) list.push(read());
    return list;
  }

  #newId(byte: number): number {
    const id = this.#lastNewId + (byte & ItemFlag.nextId ? 1 : this.#in.signed());
    this.#lastNewId = id;
    return id;
  }

  #id(): number {
    this.#lastId += this.#in.signed();
    return this.#lastId;
  }

  #string(): string {
    const code = this.#in.varint();
    if (code === 0) return this.#in.string();
    if (code === 1) {
      const value = this.#in.string();
      if (this.#strings.length >= INTERN_ENTRIES) throw new MalformedFrameError("string table overflows");
      this.#strings.push(value);
      return value;
    }
    const value = this.#strings[code - 2];
    if (value === undefined) throw new MalformedFrameError("unknown string");
    return value;
  }
}
