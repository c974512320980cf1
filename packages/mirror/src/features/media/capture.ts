import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { writeMedia } from "./wire.ts";

const events = ["play", "pause", "ended", "seeked", "ratechange", "volumechange", "loadeddata", "emptied"];

/** Videos and sounds: whether they play, where they stand, how loud. */
export class MediaCapture implements CaptureFeature {
  readonly tags = ["video", "audio"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #pending = new Set<HTMLMediaElement>();
  readonly #onStream: (video: Element, record: NodeRecord) => void;
  /** What was shown as a stream of this epoch. */
  #streams = new WeakMap<HTMLMediaElement, MediaProvider>();

  /** @param onStream a video shows what no address leads to */
  constructor(
    nodes: NodeTable,
    writer: MirrorWriter,
    onStream: (video: Element, record: NodeRecord) => void,
    onChange: () => void,
  ) {
    this.#nodes = nodes;
    this.#onStream = onStream;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pending.clear();
    this.#streams = new WeakMap();
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
      const currentTime = dom.currentTime(media);
      const positionMs = Number.isFinite(currentTime) ? currentTime * 1_000 : 0;
      const srcObject = dom.srcObject(media);
      if (srcObject && dom.localName(media) === "video" && this.#streams.get(media) !== srcObject) {
        this.#streams.set(media, srcObject);
        this.#onStream(media, record);
      }
      writeMedia(this.#writer, record.id, {
        paused: dom.paused(media),
        muted: dom.muted(media),
        loop: dom.loop(media),
        positionMs,
        rate: dom.playbackRate(media),
        volume: dom.volume(media),
      });
    }
    this.#pending.clear();
  }

  readonly #changed = (event: Event): void => {
    const localName = dom.localName(event.target as Element);
    if (localName !== "video" && localName !== "audio") return;
    this.#pending.add(event.target as HTMLMediaElement);
    this.#onChange();
  };
}
