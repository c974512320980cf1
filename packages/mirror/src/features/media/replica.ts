import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type MediaOperations, type MediaState, mediaReaders } from "./wire.ts";

/** A video this far from where the customer's stands is moved, in seconds; less would only stutter. */
const DRIFT_S = 0.4;

const MEDIA_STEPS = 200;

/** Plays videos as the customer's do. */
export class MediaReplica implements ReplicaFeature, MediaOperations {
  readonly handlers = handledBy<MediaOperations>(this, mediaReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  /** Sounds stay silent: the agent has the customer on the line. */
  media(id: number, { paused, muted, loop, positionMs, rate, volume }: MediaState): void {
    const media = this.#nodes.element(id) as HTMLMediaElement | undefined;
    if (!media || !/^(?:video|audio)$/.test(dom.localName(media))) return;
    this.#nodes.bounds.work(MEDIA_STEPS);
    dom.setLoop(media, loop);
    dom.setVolume(media, volume);
    if (rate >= 0.1 && rate <= 16) dom.setPlaybackRate(media, rate);
    const position = positionMs / 1_000;
    if (Math.abs(dom.currentTime(media) - position) > DRIFT_S) dom.setCurrentTime(media, position);
    if (paused) {
      dom.pause(media);
      // It is silent anyway, and its controls show what it is by itself.
      dom.setMuted(media, muted);
    } else {
      dom.setMuted(media, true);
      // Browsers may refuse to play; the still picture is right all the same.
      dom.play(media)?.catch(() => {});
    }
  }
}
