import type { PixelPatch } from "./wire.ts";

/** What a canvas or a video shows, one number a pixel. */
export interface Pixels {
  width: number;
  height: number;
  words: Uint32Array<ArrayBuffer>;
}

export type Box = Pick<PixelPatch, "left" | "top" | "partWidth" | "partHeight">;

/** Copies what a source shows to a canvas of our own, of whatever size. */
export function copied(
  source: HTMLVideoElement | HTMLImageElement | ImageBitmap | OffscreenCanvas,
  width: number,
  height: number,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(source, 0, 0, width, height);
  return canvas;
}

export function pixelsOf(canvas: OffscreenCanvas): Pixels {
  const { width, height } = canvas;
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  return { width, height, words: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) };
}

/** The smallest box outside of which nothing changed; `former` of undefined is a canvas without any paint. */
export function changedBox({ width, words }: Pixels, former: Pixels | undefined): Box | undefined {
  const before = former?.words;
  const { length } = words;
  let first = 0;
  while (first < length && words[first] === (before ? before[first] : 0)) first++;
  if (first === length) return undefined;
  let last = length - 1;
  while (words[last] === (before ? before[last] : 0)) last--;
  const top = Math.floor(first / width);
  const bottom = Math.floor(last / width);
  let left = width - 1;
  let right = 0;
  for (let row = top * width; row <= bottom * width; row += width) {
    // Only what could make the box wider.
    let x = 0;
    while (x < left && words[row + x] === (before ? before[row + x] : 0)) x++;
    left = Math.min(left, x);
    x = width - 1;
    while (x > right && words[row + x] === (before ? before[row + x] : 0)) x--;
    right = Math.max(right, x);
  }
  return { left, top, partWidth: right - left + 1, partHeight: bottom - top + 1 };
}

/** The bytes of a box, each XOR what stood there: zero where nothing changed, which deflates to nearly nothing. */
export function changedBytes({ width, words }: Pixels, former: Pixels | undefined, box: Box): Uint8Array {
  const { left, top, partWidth, partHeight } = box;
  const part = new Uint32Array(partWidth * partHeight);
  const before = former?.words;
  for (let y = 0; y < partHeight; y++) {
    const from = (top + y) * width + left;
    const at = y * partWidth;
    if (!before) part.set(words.subarray(from, from + partWidth), at);
    else
      for (let x = 0; x < partWidth; x++)
        part[at + x] = (words[from + x] as number) ^ (before[from + x] as number);
  }
  return new Uint8Array(part.buffer);
}

/** 32-bit FNV-1a: enough to see that an encoded picture changed. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
