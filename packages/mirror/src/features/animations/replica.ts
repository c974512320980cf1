import { handledBy } from "../../core/codec/reader.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type AnimationOperations, animationReaders, PlayState } from "./wire.ts";

/** More at once than any page has. */
const MOST_ANIMATIONS = 2_000;

/** Plays the animations that the page's scripts made. */
export class AnimationsReplica implements ReplicaFeature, AnimationOperations {
  readonly handlers = handledBy<AnimationOperations>(this, animationReaders);
  readonly #nodes: ReplicaNodes;
  readonly #animations = new Map<number, Animation>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
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

  /** Those of elements that are gone. */
  removed(): void {
    for (const [number, animation] of this.#animations) {
      if (this.#nodes.stands((animation.effect as KeyframeEffect | null)?.target)) continue;
      // Browsers keep what runs, and its element.
      animation.cancel();
      this.#animations.delete(number);
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
