import type { MirrorFrame } from "@copane/protocol";
import { writeFontKeys, writeHash } from "../../features/fonts/wire.ts";
import * as Op from "./operations.ts";
import type { Asset, FontKey, MediaState, PixelPatch, PlayState, TopLayer } from "./types.ts";
import type { MirrorWriter } from "./writer.ts";

/** Operations for what few pages have, into the frame of a writer: they come with what writes them. */
export class RareWriter {
  readonly #to: MirrorWriter;

  constructor(to: MirrorWriter) {
    this.#to = to;
  }

  image(id: number, width: number, height: number, type: string, bytes: Uint8Array): void {
    const out = this.#to.begin(Op.image, id);
    out.varint(width);
    out.varint(height);
    this.#to.name(type);
    out.varint(bytes.length);
    out.raw(bytes);
  }

  pixels(id: number, { bytes, over, ...patch }: PixelPatch): void {
    const out = this.#to.begin(Op.pixels, id);
    const { width, height, left, top, partWidth, partHeight } = patch;
    for (const number of [width, height, left, top, partWidth, partHeight]) out.varint(number);
    out.u8(over ? 1 : 0);
    out.varint(bytes.length);
    out.raw(bytes);
  }

  topLayer(id: number, state: TopLayer): void {
    const out = this.#to.begin(Op.topLayer, id);
    out.u8(state);
  }

  font(keys: readonly FontKey[], bytes: Uint8Array): void {
    const out = this.#to.begin(Op.font);
    writeFontKeys(out, keys);
    out.varint(bytes.length);
    out.raw(bytes);
  }

  knownFont(keys: readonly FontKey[], hash: string): void {
    const out = this.#to.begin(Op.knownFont);
    writeFontKeys(out, keys);
    writeHash(out, hash);
  }

  define(tag: string): void {
    this.#to.begin(Op.define);
    this.#to.name(tag);
  }

  sheetAside(id: number, css: string): void {
    this.#to.begin(Op.sheetAside, id).string(css);
  }

  asset(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): void {
    const out = this.#to.begin(Op.asset, id);
    out.u8(kind);
    this.#to.name(type);
    out.u8(last ? 1 : 0);
    out.varint(bytes.length);
    out.raw(bytes);
  }

  media(id: number, state: MediaState): void {
    const out = this.#to.begin(Op.media, id);
    out.u8((state.paused ? 1 : 0) | (state.muted ? 2 : 0) | (state.loop ? 4 : 0));
    out.varint(Math.round(state.positionMs));
    out.signed(Math.round(state.rate * 100));
    out.varint(Math.round(state.volume * 100));
  }

  animation(id: number, number: number, play: PlayState, timeMs: number, rate: number, spec: string): void {
    const out = this.#to.begin(Op.animation, id);
    out.varint(number);
    out.u8(play);
    out.signed(Math.round(timeMs));
    out.signed(Math.round(rate * 100));
    out.string(spec);
  }

  states(id: number, names: readonly string[]): void {
    const out = this.#to.begin(Op.states, id);
    out.varint(names.length);
    for (const name of names) this.#to.name(name);
  }

  frame(id: number, number: number, { flags, page, epoch, seq, payload }: MirrorFrame): void {
    const out = this.#to.begin(Op.frame, id);
    out.u8(number);
    out.u8(flags);
    out.varint(page);
    out.varint(epoch);
    out.varint(seq);
    out.varint(payload.length);
    out.raw(payload);
  }
}
