import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { writeMedia } from "./wire.ts";

const events = ["play", "pause", "ended", "seeked", "ratechange", "volumechange", "loadeddata", "emptied"];

/** Videos and sounds: whether they play, where they stand, how loud. */
export class MediaCapture implements CaptureFeature {
  readonly tags = ["video", "audio"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #pending = new Set<HTMLMediaElement>();

  constructor(nodes: NodeTable, writer: MirrorWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pending.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, events, this.#changed, options);
  }

  element(element: Element): void {
    this.#pending.add(element as HTMLMediaElement);
  }

  flush(): void {
    for (const media of this.#pending) {
      const record = this.#nodes.mirrored(media);
      if (record === undefined || record.masked) continue;
      const { paused, muted, loop, currentTime, playbackRate, volume } = media;
      const positionMs = Number.isFinite(currentTime) ? currentTime * 1_000 : 0;
      writeMedia(this.#writer, record.id, { paused, muted, loop, positionMs, rate: playbackRate, volume });
    }
    this.#pending.clear();
  }

  readonly #changed = (event: Event): void => {
    const { localName } = event.target as Element;
    if (localName !== "video" && localName !== "audio") return;
    this.#pending.add(event.target as HTMLMediaElement);
    this.#onChange();
  };
}
