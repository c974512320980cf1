import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** What changed in a canvas. */
export interface PixelPatch {
  width: number;
  height: number;
  left: number;
  top: number;
  partWidth: number;
  partHeight: number;
  /** Upon what was there; false: all that is not of the part is transparent. */
  over: boolean;
  /** Deflated RGBA of the part, each byte XOR what this operation left there before. */
  bytes: Uint8Array;
}

export interface PictureOperations {
  image(id: number, width: number, height: number, type: string, bytes: Uint8Array): void;
  pixels(id: number, patch: PixelPatch): void;
}

/**
 * What a canvas or video shows until something newer comes.
 * @param width of the canvas: the picture may be smaller
 * @param type MIME type of the encoded picture
 */
export function writeImage(
  out: MirrorWriter,
  id: number,
  width: number,
  height: number,
  type: string,
  bytes: Uint8Array,
): void {
  out.op(Op.image, id);
  out.varint(width);
  out.varint(height);
  out.name(type);
  out.bytes(bytes);
}

export function writePixels(out: MirrorWriter, id: number, { bytes, over, ...patch }: PixelPatch): void {
  out.op(Op.pixels, id);
  const { width, height, left, top, partWidth, partHeight } = patch;
  for (const number of [width, height, left, top, partWidth, partHeight]) out.varint(number);
  out.u8(over ? 1 : 0);
  out.bytes(bytes);
}

export const pictureReaders: OperationReaders<PictureOperations> = [
  [
    Op.image,
    (input, to) => to.image(input.id(), input.varint(), input.varint(), input.name(), input.bytes()),
  ],
  [
    Op.pixels,
    (input, to) =>
      to.pixels(input.id(), {
        width: input.varint(),
        height: input.varint(),
        left: input.varint(),
        top: input.varint(),
        partWidth: input.varint(),
        partHeight: input.varint(),
        over: input.flag(),
        bytes: input.bytes(),
      }),
  ],
];
