import type { RareWriter } from "@copane/protocol";
import type { NodeRecord } from "../nodes.ts";
import type { Watcher } from "./types.ts";

/** How often a canvas is looked at; one that stays the same is looked at less and less. */
const SOONEST_MS = 250;
const LATEST_MS = 4_000;

/** A bigger picture would not fit a frame; it is sent with loss, or stays as it was. */
const MOST_BYTES = 700 * 1024;

/** A video that the agent cannot load is shown as stills of this width at most. */
const STILL_WIDTH = 640;

interface Followed {
  record: NodeRecord;
  /** The last picture, as its bytes' hash; 0 before the first. */
  hash: number;
  waitMs: number;
  dueAt: number;
  busy: boolean;
}

interface Picture {
  id: number;
  width: number;
  height: number;
  type: string;
  bytes: Uint8Array;
}

/** Mirrors what scripts paint into canvases, and stills of videos, as pictures when they change. */
export class PictureWatcher implements Watcher {
  readonly #window: Window;
  readonly #writer: RareWriter;
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #followed = new Map<HTMLCanvasElement | HTMLVideoElement, Followed>();
  readonly #ready = new Map<number, Picture>();
  #frame = 0;

  constructor(window: Window, writer: RareWriter, now: () => number, onChange: () => void) {
    this.#window = window;
    this.#writer = writer;
    this.#now = now;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#followed.clear();
    this.#ready.clear();
  }

  /** Follows a canvas, or a video that the viewers cannot load. */
  element(element: Element, record: NodeRecord): void {
    if (record.masked) return;
    const followed = { record, hash: 0, waitMs: SOONEST_MS, dueAt: 0, busy: false };
    this.#followed.set(element as HTMLCanvasElement | HTMLVideoElement, followed);
  }

  /** New pictures come later, announced by `onChange`. */
  look(): boolean {
    const now = this.#now();
    let due = false;
    for (const [source, followed] of this.#followed) {
      if (!followed.record.mirrored) this.#followed.delete(source);
      else due ||= !followed.busy && now >= followed.dueAt;
    }
    // After the page's own drawing and before it is shown: a WebGL canvas is empty at any other time.
    if (due) this.#frame ||= this.#window.requestAnimationFrame(() => this.#takeDue());
    return false;
  }

  flush(): void {
    for (const { id, width, height, type, bytes } of this.#ready.values()) {
      this.#writer.image(id, width, height, type, bytes);
    }
    this.#ready.clear();
  }

  stop(): void {
    this.#window.cancelAnimationFrame(this.#frame);
  }

  #takeDue(): void {
    this.#frame = 0;
    const now = this.#now();
    for (const [source, followed] of this.#followed)
      if (!followed.busy && now >= followed.dueAt) this.#take(source, followed);
  }

  #take(source: HTMLCanvasElement | HTMLVideoElement, followed: Followed): void {
    followed.busy = true;
    try {
      const canvas =
        source.localName === "canvas" ? (source as HTMLCanvasElement) : still(source as HTMLVideoElement);
      const { width, height } = canvas;
      if (width === 0 || height === 0) {
        this.#later(followed, false);
        return;
      }
      const encode = (type: string, next?: () => void) =>
        canvas.toBlob(
          (blob) => {
            if (blob && blob.size > MOST_BYTES && next) next();
            else void this.#taken(blob, width, height, followed);
          },
          type,
          0.85,
        );
      encode("image/png", () => encode("image/webp"));
    } catch {
      // Tainted by another origin's picture: it cannot be read, now or later.
      this.#followed.delete(source);
    }
  }

  async #taken(blob: Blob | null, width: number, height: number, followed: Followed): Promise<void> {
    const bytes = blob && blob.size <= MOST_BYTES ? new Uint8Array(await blob.arrayBuffer()) : undefined;
    const hash = bytes ? fnv1a(bytes) : followed.hash;
    const changed = hash !== followed.hash;
    this.#later(followed, changed);
    if (!changed || !bytes || !blob || !followed.record.mirrored) return;
    followed.hash = hash;
    this.#ready.set(followed.record.id, { id: followed.record.id, width, height, type: blob.type, bytes });
    this.#onChange();
  }

  #later(followed: Followed, changed: boolean): void {
    followed.busy = false;
    followed.waitMs = changed ? SOONEST_MS : Math.min(followed.waitMs * 2, LATEST_MS);
    followed.dueAt = this.#now() + followed.waitMs;
  }
}

function still(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = video.ownerDocument.createElement("canvas");
  const scale = Math.min(1, STILL_WIDTH / (video.videoWidth || 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  if (canvas.width) canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** 32-bit FNV-1a: enough to see that a picture changed. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
