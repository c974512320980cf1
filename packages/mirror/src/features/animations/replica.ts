import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type AnimationOperations, animationReaders, PlayState, type Scrolled } from "./wire.ts";

const ANIMATION_STEPS = 100;

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
      if (animation && !("animationName" in animation) && !("transitionProperty" in animation))
        animation.cancel();
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
      // One that is about to be paused would go on until it is.
      if (play !== PlayState.running) animation.pause();
      if (!isScrolled(animation)) animation.currentTime = timeMs;
      if (play === PlayState.running) animation.play();
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

  /** The timing of an animation that goes as something is scrolled. Throws where the browser knows none. */
  #scrolledBy(element: Element, { id, axis, view, from, to }: Scrolled): object {
    const { ScrollTimeline, ViewTimeline } = dom.viewOf(element) as unknown as Timelines;
    const by = this.#nodes.element(id) ?? null;
    const timeline = view
      ? new ViewTimeline({ subject: by, axis })
      : new ScrollTimeline({ source: by, axis });
    return { timeline, rangeStart: from, rangeEnd: to };
  }

  #make(id: number, spec: string): Animation | undefined {
    const element = this.#nodes.element(id);
    if (!element || this.#animations.size > MOST_ANIMATIONS) return undefined;
    const { bounds } = this.#nodes;
    bounds.work(ANIMATION_STEPS + spec.length / 16);
    // Brackets count in its strings, which are CSS.
    bounds.nesting(spec.replaceAll('"', " "));
    try {
      const { keyframes, timing, scrolled, ...named } = JSON.parse(spec) as Named & {
        keyframes: Keyframe[];
        timing?: KeyframeAnimationOptions;
        scrolled?: Scrolled;
      };
      if (!timing) return ofStylesheet(element, named);
      if (timing.iterations === -1) timing.iterations = Number.POSITIVE_INFINITY;
      if (scrolled) Object.assign(timing, this.#scrolledBy(element, scrolled), { duration: "auto" });
      const animation = dom.animate(element, keyframes, timing);
      // The customer's browser says which are replaced by others.
      animation.persist();
      return animation;
    } catch {
      // Keyframes that this browser does not take: the element stands still.
      return undefined;
    }
  }
}

function isScrolled({ timeline }: Animation): boolean {
  return timeline !== null && "axis" in timeline;
}

type Timelines = Record<"ScrollTimeline" | "ViewTimeline", new (options: object) => AnimationTimeline>;

interface Named {
  name?: string;
  property?: string;
  pseudoElement?: string | null;
}

/** The animation or transition of an element that a stylesheet made. */
function ofStylesheet(element: Element, { name, property, pseudoElement }: Named): Animation | undefined {
  return dom.getElementAnimations(element, { subtree: true }).find((animation) => {
    const { animationName, transitionProperty, effect } = animation as CSSAnimation & CSSTransition;
    const { target, pseudoElement: pseudo } = effect as KeyframeEffect;
    if (target !== element || (pseudo ?? null) !== (pseudoElement ?? null)) return false;
    return name ? animationName === name : transitionProperty === property;
  });
}
