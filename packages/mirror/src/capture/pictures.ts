import type { MirrorWriter } from "@copane/protocol";
import type { NodeRecord } from "./nodes.ts";

/** How often a canvas is looked at; one that stays the same is looked at less and less. */
const SOONEST_MS = 250;
const LATEST_MS = 4_000;

/** A bigger picture would not fit a frame; it stays as it was. */
const MOST_BYTES = 700 * 1024;

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

/** Mirrors what scripts paint into canvases, as pictures, when they change. */
export class Pictures {
  readonly #writer: MirrorWriter;
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #followed = new Map<HTMLCanvasElement, Followed>();
  readonly #ready = new Map<number, Picture>();

  constructor(writer: MirrorWriter, now: () => number, onChange: () => void) {
    this.#writer = writer;
    this.#now = now;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#followed.clear();
    this.#ready.clear();
  }

  add(element: Element, record: NodeRecord): void {
    if (element.localName !== "canvas" || record.masked) return;
    const canvas = element as HTMLCanvasElement;
    this.#followed.set(canvas, { record, hash: 0, waitMs: SOONEST_MS, dueAt: 0, busy: false });
  }

  /** Looks at canvases whose turn it is; new pictures are announced by `onChange`. */
  look(): void {
    const now = this.#now();
    for (const [canvas, followed] of this.#followed) {
      if (!followed.record.mirrored) this.#followed.delete(canvas);
      else if (!followed.busy && now >= followed.dueAt) this.#take(canvas, followed);
    }
  }

  flush(): void {
    for (const { id, width, height, type, bytes } of this.#ready.values()) {
      this.#writer.image(id, width, height, type, bytes);
    }
    this.#ready.clear();
  }

  #take(canvas: HTMLCanvasElement, followed: Followed): void {
    if (canvas.width === 0 || canvas.height === 0) return;
    followed.busy = true;
    const { width, height } = canvas;
    try {
      canvas.toBlob((blob) => {
        void this.#taken(blob, width, height, followed);
      });
    } catch {
      // Tainted by another origin's picture: it cannot be read, now or later.
      this.#followed.delete(canvas);
    }
  }

  async #taken(blob: Blob | null, width: number, height: number, followed: Followed): Promise<void> {
    const bytes = blob && blob.size <= MOST_BYTES ? new Uint8Array(await blob.arrayBuffer()) : undefined;
    const hash = bytes ? fnv1a(bytes) : followed.hash;
    followed.busy = false;
    const changed = hash !== followed.hash;
    followed.waitMs = changed ? SOONEST_MS : Math.min(followed.waitMs * 2, LATEST_MS);
    followed.dueAt = this.#now() + followed.waitMs;
    if (!changed || !bytes || !blob || !followed.record.mirrored) return;
    followed.hash = hash;
    this.#ready.set(followed.record.id, { id: followed.record.id, width, height, type: blob.type, bytes });
    this.#onChange();
  }
}

/** 32-bit FNV-1a: enough to see that a picture changed. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
