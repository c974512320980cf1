import { type MediaState, PlayState } from "../../core/codec/types.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";

/** A video this far from where the customer's stands is moved; less would only stutter. */
const DRIFT_S = 0.4;

/** More than this at once are no page's. */
const MOST_ANIMATIONS = 2_000;

/** What moves by itself in the replica: videos, sounds, and animations that the page's scripts made. */
export class ReplicaPlayback {
  readonly #nodes: ReplicaNodes;
  readonly #animations = new Map<number, Animation>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  /** Sounds stay silent: the agent has the customer on the line. */
  media(id: number, { paused, muted, loop, positionMs, rate, volume }: MediaState): void {
    const media = this.#nodes.element(id) as HTMLMediaElement | undefined;
    if (media?.localName !== "video" && media?.localName !== "audio") return;
    media.loop = loop;
    media.volume = volume;
    if (rate >= 0.1 && rate <= 16) media.playbackRate = rate;
    const position = positionMs / 1_000;
    if (Math.abs(media.currentTime - position) > DRIFT_S) media.currentTime = position;
    if (paused) {
      media.pause();
      // It is silent anyway, and its controls show what it is by itself.
      media.muted = muted;
    } else {
      media.muted = true;
      // Browsers may refuse to play; the still picture is right all the same.
      media.play()?.catch(() => {});
    }
  }

  animation(id: number, number: number, play: PlayState, timeMs: number, rate: number, spec: string): void {
    let animation = this.#animations.get(number);
    if (spec) {
      animation?.cancel();
      animation = this.#make(id, spec);
      if (animation) this.#animations.set(number, animation);
    }
    if (!animation) return;
    if (play === PlayState.idle) {
      animation.cancel();
      this.#animations.delete(number);
      return;
    }
    try {
      animation.playbackRate = rate;
      animation.currentTime = timeMs;
      if (play === PlayState.running) animation.play();
      else animation.pause();
    } catch {
      // An endless animation cannot be at its end.
    }
  }

  #make(id: number, spec: string): Animation | undefined {
    const element = this.#nodes.element(id);
    if (!element || this.#animations.size > MOST_ANIMATIONS) return undefined;
    try {
      const { keyframes, timing } = JSON.parse(spec) as {
        keyframes: Keyframe[];
        timing: KeyframeAnimationOptions;
      };
      if (timing.iterations === -1) timing.iterations = Number.POSITIVE_INFINITY;
      return element.animate(keyframes, timing);
    } catch {
      // Keyframes that this browser does not take: the element stands still.
      return undefined;
    }
  }
}
