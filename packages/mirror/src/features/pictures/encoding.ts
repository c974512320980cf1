import { deflate } from "../../core/compress/alone.ts";
import * as dom from "../../core/dom.ts";
import { type Box, changedBytes, copied, type Pixels } from "./pixels.ts";
import type { PixelPatch } from "./wire.ts";

/** A bigger picture would not fit a frame; it is sent with loss, or stays as it was. */
export const MOST_BYTES = 700 * 1024;

/** Pictures with loss of bigger canvases have half their width and height. */
const LARGE_PIXELS = 400_000;

/** A video that the agent cannot load is shown as stills of this width at most. */
const STILL_WIDTH = 640;

/** What is looked at: a canvas, or a video that viewers cannot load. */
export type Source = HTMLCanvasElement | HTMLVideoElement;

/** How large the picture of it is, in pixels. */
export function sizeOf(source: Source): { width: number; height: number } {
  if (dom.localName(source) === "canvas")
    return { width: dom.canvasWidth(source), height: dom.canvasHeight(source) };
  const [videoWidth, videoHeight] = [dom.videoWidth(source), dom.videoHeight(source)];
  const scale = Math.min(1, STILL_WIDTH / (videoWidth || 1));
  return { width: Math.round(videoWidth * scale), height: Math.round(videoHeight * scale) };
}

/**
 * A picture in a format of the browser's own, where that is better than `bytes` of what changed: as it is once it
 * stands still, if that fits, with loss while it moves.
 */
export async function encoded(
  canvas: OffscreenCanvas,
  png: Uint8Array | undefined,
  bytes: number,
): Promise<{ type: string; bytes: Uint8Array } | undefined> {
  const tooLarge = bytes > MOST_BYTES;
  if (png && png.length <= Math.min(bytes, MOST_BYTES)) return { type: "image/png", bytes: png };
  if (png && !tooLarge) return undefined;
  const { width, height } = canvas;
  const small = !png && width * height > LARGE_PIXELS;
  const shown = small ? copied(canvas, Math.ceil(width / 2), Math.ceil(height / 2)) : canvas;
  const lossy = await shown.convertToBlob({ type: "image/webp", quality: png ? 0.85 : 0.6 });
  if (lossy.size > (tooLarge ? MOST_BYTES : (bytes * 2) / 3)) return undefined;
  return { type: lossy.type, bytes: await bytesOf(lossy) };
}

/** Throws SecurityError, at once for a canvas of the page, when it may not be read. */
export function pngOf(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob();
  let done: (blob: Blob | null) => void = () => {};
  const made = new Promise<Blob>((resolve, reject) => {
    done = (blob) => (blob ? resolve(blob) : reject(new Error("the canvas could not be encoded")));
  });
  dom.toBlob(canvas, (blob) => done(blob));
  return made;
}

/** What differs from the former picture in a box of it, or all of the box. */
export async function deflated(
  pixels: Pixels,
  former: Pixels | undefined,
  box: Box = { left: 0, top: 0, partWidth: 1, partHeight: 1 },
): Promise<PixelPatch> {
  const { width, height } = pixels;
  const bytes = await deflate(changedBytes(pixels, former, box));
  return { width, height, ...box, over: former !== undefined, bytes };
}

export async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
