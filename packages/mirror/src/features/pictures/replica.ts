import { handledBy } from "../../core/codec/reader.ts";
import { inflate } from "../../core/compress/alone.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import { PICTURE } from "../../core/tree/elements.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type PictureOperations, type PixelPatch, pictureReaders } from "./wire.ts";

/** Of one canvas, and of all canvases of a page that are kept to go on from. */
const MOST_PIXELS = 4096 * 4096;
const MOST_KEPT_PIXELS = 16 * 1024 * 1024;

/** Changes of one canvas that wait for the one before. */
const MOST_WAITING = 32;

const PICTURE_STEPS = 50;

/** So many pixels are a step of `Bounds`. */
const PIXELS = 64;

/** What stands in for one canvas or video. */
interface Shown {
  /** Number of the newest picture: one that took longer to make must not come after it. */
  turn: number;
  pixels: ImageData | undefined;
  waiting: number;
  queue: Promise<void>;
  /** Object URL, to be given back. */
  url: string | undefined;
}

/** Shows what canvases hold, and stills of videos. */
export class PicturesReplica implements ReplicaFeature, PictureOperations {
  readonly handlers = handledBy<PictureOperations>(this, pictureReaders);
  readonly #nodes: ReplicaNodes;
  readonly #shown = new Map<Element, Shown>();
  #destroyed = false;
  /** Pixels of pictures that are being made. */
  #drawing = 0;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  destroy(): void {
    this.#destroyed = true;
    for (const { url } of this.#shown.values()) if (url) URL.revokeObjectURL(url);
    this.#shown.clear();
  }

  /** @param width of the canvas: a picture that is only for a moment can be smaller */
  image(id: number, width: number, height: number, type: string, bytes: Uint8Array): void {
    const element = this.#element(id);
    if (!element || !/^image\/(png|webp|jpeg)$/.test(type) || width * height > MOST_PIXELS) return;
    const shown = this.#of(element);
    const turn = ++shown.turn;
    const area = width * height;
    this.#nodes.bounds.work(PICTURE_STEPS + area / PIXELS);
    if (this.#drawing + area > MOST_KEPT_PIXELS) return;
    this.#drawing += area;
    sized(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), width, height)
      .then(
        (picture) => this.#show(element, shown, turn, picture),
        // Bytes that are no picture: it stays as it is.
        () => {},
      )
      .finally(() => {
        this.#drawing -= area;
      });
  }

  /** Changes what was there by pixels before, under a picture that is shown now too. */
  pixels(id: number, patch: PixelPatch): void {
    const element = this.#element(id);
    if (!element || !sound(patch)) return;
    const shown = this.#of(element);
    this.#nodes.bounds.work(PICTURE_STEPS + (patch.partWidth * patch.partHeight) / PIXELS);
    if (shown.waiting >= MOST_WAITING) return;
    const turn = ++shown.turn;
    const bytes = patch.bytes.slice();
    shown.waiting++;
    shown.queue = shown.queue
      .then(() => this.#apply(element, shown, turn, { ...patch, bytes }))
      // Bytes that are no pixels: it stays as it is.
      .catch(() => {})
      .finally(() => {
        shown.waiting--;
      });
  }

  element(element: Element): void {
    if (dom.hasAttribute(element, PICTURE)) this.#blank(element);
  }

  attribute(element: Element): void {
    if (dom.hasAttribute(element, PICTURE)) this.#blank(element);
  }

  /** A canvas that nothing was painted into yet has its size all the same. */
  #blank(picture: Element): void {
    if (this.#shown.has(picture)) return;
    const size = (name: string, usual: number) =>
      Math.min(Number.parseInt(dom.getAttribute(picture, `${PICTURE}-${name}`) ?? "", 10) || usual, 32_767);
    const box = `<svg xmlns="http://www.w3.org/2000/svg" width="${size("width", 300)}" height="${size("height", 150)}"/>`;
    dom.setAttribute(picture, "src", `data:image/svg+xml,${encodeURIComponent(box)}`);
  }

  async #apply(element: Element, shown: Shown, turn: number, patch: PixelPatch): Promise<void> {
    const { width, height, left, top, partWidth, partHeight, over } = patch;
    const part = await inflate(patch.bytes, partWidth * partHeight * 4);
    if (part.length !== partWidth * partHeight * 4 || this.#destroyed) return;
    if (!over) {
      shown.pixels = undefined;
      this.#makeRoom(width * height);
      shown.pixels = new ImageData(width, height);
    }
    const { pixels } = shown;
    if (pixels?.width !== width || pixels.height !== height) return;
    for (let y = 0, at = 0; y < partHeight; y++) {
      const row = ((top + y) * width + left) * 4;
      for (let x = row; x < row + partWidth * 4; x++)
        pixels.data[x] = (pixels.data[x] as number) ^ (part[at++] as number);
    }
    if (shown.turn !== turn) return;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d", { willReadFrequently: true })?.putImageData(pixels, 0, 0);
    this.#show(element, shown, turn, await canvas.convertToBlob());
  }

  #element(id: number): HTMLImageElement | HTMLVideoElement | undefined {
    const element = this.#nodes.element(id);
    const named =
      (element && dom.localName(element)) === "img" || (element && dom.localName(element)) === "video";
    return named ? (element as HTMLImageElement | HTMLVideoElement) : undefined;
  }

  #of(element: Element): Shown {
    let shown = this.#shown.get(element);
    if (!shown) {
      shown = { turn: 0, pixels: undefined, waiting: 0, queue: Promise.resolve(), url: undefined };
      this.#shown.set(element, shown);
    }
    return shown;
  }

  #show(element: Element, shown: Shown, turn: number, picture: Blob): void {
    if (shown.turn !== turn || this.#destroyed) return;
    if (shown.url) URL.revokeObjectURL(shown.url);
    shown.url = URL.createObjectURL(picture);
    if (dom.localName(element) === "video") dom.setPoster(element, shown.url);
    else dom.setSrc(element as HTMLImageElement, shown.url);
  }

  /** Lets go of canvases that are gone. */
  removed(): void {
    for (const [element, { url }] of this.#shown) {
      if (this.#nodes.stands(element)) continue;
      if (url) URL.revokeObjectURL(url);
      this.#shown.delete(element);
    }
  }

  /** Lets go of the oldest where there are more than a page keeps. */
  #makeRoom(wanted: number): void {
    let sum = wanted;
    for (const { pixels } of this.#shown.values()) sum += (pixels?.width ?? 0) * (pixels?.height ?? 0);
    for (const shown of this.#shown.values()) {
      if (sum <= MOST_KEPT_PIXELS) break;
      sum -= (shown.pixels?.width ?? 0) * (shown.pixels?.height ?? 0);
      shown.pixels = undefined;
    }
  }
}

/** The picture in the size that the canvas has: what is laid out by it must not jump. */
async function sized(picture: Blob, width: number, height: number): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  if (bitmap.width === width && bitmap.height === height) return picture;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob();
}

function sound({ width, height, left, top, partWidth, partHeight }: PixelPatch): boolean {
  const area = width * height;
  return (
    area > 0 &&
    area <= MOST_PIXELS &&
    partWidth > 0 &&
    partHeight > 0 &&
    left + partWidth <= width &&
    top + partHeight <= height
  );
}
