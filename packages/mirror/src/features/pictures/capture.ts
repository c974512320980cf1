import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import { guarded, type OnError } from "../../core/guard.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import { Drawings } from "./drawings.ts";
import { bytesOf, deflated, encoded, MOST_BYTES, pngOf, type Source, sizeOf } from "./encoding.ts";
import { changedBox, copied, fnv1a, type Pixels, pixelsOf } from "./pixels.ts";
import type { PixelPatch } from "./wire.ts";
import { writeImage, writePixels } from "./wire.ts";

/** How often a canvas is looked at; one that stays the same, or is out of sight, is looked at less. */
const SOONEST_MS = 250;
const LATEST_MS = 4_000;

/** One that moves so much that it is sent with loss is looked at so often. */
const MOVING_MS = 400;

/** Of one that moves no more drawings than one in this time are kept. */
const MOVING_KEPT_MS = 80;

/** Looking at several keeps the page from its own work no longer than this; the others come next. */
const LOOKING_MS = 8;

/** More than this of a picture that goes on moving is sent with loss, and more than that at once. */
const LARGE_BYTES = 24 * 1024;
const HUGE_BYTES = 128 * 1024;

/** From here on it is looked whether the whole picture is less than what changed. */
const SMALL_BYTES = 8 * 1024;

/** A bigger canvas is not shown; of bigger ones together the pictures that viewers have are not kept. */
const MOST_PIXELS = 4096 * 4096;
const MOST_KEPT_PIXELS = 8 * 1024 * 1024;

interface Followed {
  record: NodeRecord;
  /** What viewers have as it is, under a picture with loss too. */
  held: Pixels | undefined;
  /** They were sent a picture. */
  sent: boolean;
  /** Of the picture at the last look; 0 before the first. */
  hash: number;
  /** Viewers see it with loss. */
  lossy: boolean;
  /** It had changed at the last look. */
  moved: boolean;
  waitMs: number;
  dueAt: number;
  busy: boolean;
  /** When what WebGL drew was kept last. */
  keptAt: number;
  /** Out of the customer's sight: only an agent who looks round sees it. */
  far: boolean;
}

type Ready = { record: NodeRecord } & (
  | { patch: PixelPatch }
  | { width: number; height: number; type: string; bytes: Uint8Array }
);

/**
 * Mirrors what scripts paint into canvases, and stills of videos that viewers cannot load. What changed is sent as it
 * is where that is little; what moves a lot is sent with loss until it stands still.
 */
export class PicturesCapture implements CaptureFeature {
  readonly tags = ["canvas"];
  readonly #window: Window & typeof globalThis;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #now: () => number;
  readonly #onError: OnError;
  readonly #onChange: () => void;
  readonly #followed = new Map<Source, Followed>();
  /** Written with the next flush; nothing is looked at anew before. */
  readonly #ready = new Map<number, Ready>();
  readonly #drawings: Drawings;
  #sight: IntersectionObserver | undefined;
  #frame = 0;

  constructor(
    parts: Pick<CaptureParts, "window" | "writer" | "budget" | "now" | "onError">,
    onChange: () => void,
  ) {
    this.#window = parts.window;
    this.#writer = parts.writer;
    this.#budget = parts.budget;
    this.#now = parts.now;
    this.#onError = parts.onError;
    this.#onChange = onChange;
    this.#drawings = new Drawings(parts.onError, (canvas) => this.#wants(canvas));
  }

  beginEpoch(): void {
    this.#followed.clear();
    this.#ready.clear();
    this.#sight?.disconnect();
  }

  /** Follows a canvas, or a video that the viewers cannot load. */
  element(element: Element, record: NodeRecord): void {
    const source = element as Source;
    this.#drop(source);
    if (record.masked || typeof OffscreenCanvas !== "function" || typeof CompressionStream !== "function")
      return;
    this.#followed.set(source, {
      record,
      held: undefined,
      sent: false,
      hash: 0,
      lossy: false,
      moved: false,
      waitMs: SOONEST_MS,
      // Until it is known whether it is in sight.
      dueAt: Number.POSITIVE_INFINITY,
      busy: false,
      keptAt: 0,
      far: true,
    });
    if (dom.localName(source) === "canvas") this.#drawings.watch(dom.viewOf(source));
    this.#sight ??= new this.#window.IntersectionObserver(
      guarded(this.#onError, (entries) => this.#sighted(entries)),
    );
    this.#sight.observe(source);
  }

  get restless(): boolean {
    return this.#followed.size > 0;
  }

  /** New pictures come later, announced by `onChange`. */
  poll(): boolean {
    let due = false;
    for (const [source, followed] of this.#followed) {
      if (!mayShow(followed.record)) this.#drop(source);
      else due ||= this.#isDue(followed);
    }
    // After the page's own drawing and before it is shown: a WebGL canvas is empty at any other time.
    if (due)
      this.#frame ||= this.#window.requestAnimationFrame(guarded(this.#onError, () => this.#takeDue()));
    return false;
  }

  flush(): boolean {
    for (const [id, ready] of this.#ready) {
      if (this.#budget.spent) return false;
      this.#ready.delete(id);
      if (!mayShow(ready.record)) continue;
      if ("patch" in ready) writePixels(this.#writer, id, ready.patch);
      else writeImage(this.#writer, id, ready.width, ready.height, ready.type, ready.bytes);
    }
    return true;
  }

  stop(): void {
    this.#drawings.stop();
    this.#window.cancelAnimationFrame(this.#frame);
    this.#sight?.disconnect();
  }

  #drop(source: Source): void {
    if (this.#followed.delete(source)) this.#sight?.unobserve(source);
  }

  #sighted(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const followed = this.#followed.get(target as Source);
      if (!followed) continue;
      followed.far = !isIntersecting;
      if (isIntersecting || followed.dueAt === Number.POSITIVE_INFINITY) followed.dueAt = 0;
    }
  }

  /** Whether what WebGL has just drawn is to be kept until the canvas is due. */
  #wants(canvas: HTMLCanvasElement): boolean {
    const followed = this.#followed.get(canvas);
    const { width, height } = sizeOf(canvas);
    const now = this.#now();
    if (!followed || !mayShow(followed.record) || width * height === 0 || width * height > MOST_PIXELS)
      return false;
    if (followed.moved && now - followed.keptAt < MOVING_KEPT_MS) return false;
    followed.keptAt = now;
    followed.waitMs = SOONEST_MS;
    followed.dueAt = Math.min(followed.dueAt, now + SOONEST_MS);
    return true;
  }

  #isDue({ record, busy, dueAt }: Followed): boolean {
    return !busy && !this.#ready.has(record.id) && this.#now() >= dueAt;
  }

  #takeDue(): void {
    this.#frame = 0;
    const until = this.#now() + LOOKING_MS;
    for (const [source, followed] of this.#followed) {
      if (this.#now() >= until) break;
      if (this.#isDue(followed)) this.#take(source, followed);
    }
  }

  #take(source: Source, followed: Followed): void {
    const { width, height } = sizeOf(source);
    // What is not displayed nobody sees, wherever they look.
    const unseen = followed.far && dom.checkVisibility(source) === false;
    if (unseen || width * height === 0 || width * height > MOST_PIXELS) {
      this.#later(followed, false);
      return;
    }
    try {
      const last = this.#drawings.of(source);
      const canvas =
        dom.localName(source) === "canvas" ? source : copied(source as HTMLVideoElement, width, height);
      // Browsers encode on a thread of their own: that it is the same as before costs the page next to nothing.
      const png = last
        ? last.then((bitmap) => pngOf(copied(bitmap, bitmap.width, bitmap.height)))
        : pngOf(canvas as HTMLCanvasElement | OffscreenCanvas);
      const snapshot = last ?? createImageBitmap(canvas);
      // The page must not hear of it when it fails.
      snapshot.catch(() => {});
      followed.busy = true;
      this.#send(source, followed, png, snapshot)
        .then(
          (changed) => this.#later(followed, changed),
          // A browser that cannot encode it now will not be asked at once again.
          () => this.#later(followed, false),
        )
        .finally(() => last ?? snapshot.then((bitmap) => bitmap.close()))
        .catch(() => {});
    } catch {
      // Tainted by another origin's picture: it cannot be read, now or later.
      this.#drop(source);
    }
  }

  /** Makes ready what changed; false when nothing did. */
  async #send(
    source: Source,
    followed: Followed,
    encoding: Promise<Blob>,
    snapshot: Promise<ImageBitmap>,
  ): Promise<boolean> {
    const { record, lossy } = followed;
    const png = await bytesOf(await encoding);
    const hash = fnv1a(png);
    const still = hash === followed.hash;
    followed.hash = hash;
    if (still && !lossy) return false;
    const bitmap = await snapshot;
    const { width, height } = bitmap;
    const canvas = copied(bitmap, width, height);
    const pixels = pixelsOf(canvas);
    const fits = followed.held?.width === width && followed.held.height === height;
    const held = fits ? followed.held : undefined;
    const box = changedBox(pixels, held);
    // Not even where nothing was painted yet; but what viewers see may have to give way to what they have.
    if (!box && (held || !followed.sent) && !lossy) return false;
    let patch = await deflated(pixels, held, box);
    if (held && patch.bytes.length > SMALL_BYTES) {
      // Of two pictures that have little in common the new one alone is less.
      const whole = await deflated(pixels, undefined, changedBox(pixels, undefined));
      if (whole.bytes.length < patch.bytes.length) patch = whole;
    }
    const { length } = patch.bytes;
    const large = length > (lossy || followed.moved ? LARGE_BYTES : HUGE_BYTES);
    const picture = large ? await encoded(canvas, still ? png : undefined, length) : undefined;
    // A new epoch began meanwhile, or it may not be seen any more.
    if (this.#followed.get(source) !== followed || !mayShow(record)) return false;
    if (picture) {
      followed.lossy = !still;
      this.#ready.set(record.id, { record, width, height, ...picture });
    } else if (length <= MOST_BYTES) {
      followed.lossy = false;
      followed.held = this.#room(followed, pixels) ? pixels : undefined;
      this.#ready.set(record.id, { record, patch });
    } else {
      // Too much for a frame in any way: it is not tried again until it changes.
      followed.lossy = false;
      return false;
    }
    followed.sent = true;
    this.#onChange();
    return true;
  }

  /** Whether what is kept of all pictures stays bounded with this one. */
  #room(of: Followed, { words }: Pixels): boolean {
    let sum = words.length;
    for (const followed of this.#followed.values())
      if (followed !== of) sum += followed.held?.words.length ?? 0;
    return sum <= MOST_KEPT_PIXELS;
  }

  #later(followed: Followed, changed: boolean): void {
    followed.busy = false;
    followed.moved = changed;
    followed.waitMs = changed ? SOONEST_MS : Math.min(followed.waitMs * 2, LATEST_MS);
    const moves = changed && followed.lossy;
    followed.dueAt = this.#now() + (followed.far ? LATEST_MS : moves ? MOVING_MS : followed.waitMs);
  }
}

function mayShow({ mirrored, masked, opaque }: NodeRecord): boolean {
  return mirrored && !masked && !opaque;
}
