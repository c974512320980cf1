import type { ListenOptions, Watcher } from "../../core/capture-feature.ts";
import type { RareWriter } from "../../core/codec/rare-writer.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";

const events = ["play", "pause", "ended", "seeked", "ratechange", "volumechange", "loadeddata", "emptied"];

/** Videos and sounds: whether they play, where they stand, how loud. */
export class MediaWatcher implements Watcher {
  readonly #nodes: NodeTable;
  readonly #writer: RareWriter;
  readonly #onChange: () => void;
  readonly #owed = new Set<HTMLMediaElement>();

  constructor(nodes: NodeTable, writer: RareWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#owed.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    for (const type of events) root.addEventListener(type, this.#changed, options);
  }

  element(element: Element): void {
    this.#owed.add(element as HTMLMediaElement);
  }

  flush(): void {
    for (const media of this.#owed) {
      const record = this.#nodes.mirrored(media);
      if (record === undefined || record.masked) continue;
      const { paused, muted, loop, currentTime, playbackRate, volume } = media;
      const positionMs = Number.isFinite(currentTime) ? currentTime * 1_000 : 0;
      this.#writer.media(record.id, { paused, muted, loop, positionMs, rate: playbackRate, volume });
    }
    this.#owed.clear();
  }

  readonly #changed = (event: Event): void => {
    const { localName } = event.target as Element;
    if (localName !== "video" && localName !== "audio") return;
    this.#owed.add(event.target as HTMLMediaElement);
    this.#onChange();
  };
}
