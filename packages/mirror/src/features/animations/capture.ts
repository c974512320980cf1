import { plainJson } from "@copane/protocol";
import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { isScripted, scriptedAnimations } from "./scripted.ts";
import { PlayState, type Scrolled, writeAnimation } from "./wire.ts";

/** More than this many at once are a page's own business: the newest are followed. */
const MOST = 500;

/** Keyframes and timing are compared at most this often, and no longer than this in one turn, in milliseconds. */
const COMPARE_MS = 300;
const TURN_MS = 1;

interface Followed {
  readonly animation: WeakRef<Animation>;
  number: number;
  /** What the viewers know of it: play state, start and rate; undefined before they know it. */
  sent: string | undefined;
  /** The effect that they have. */
  spec: string;
}

/**
 * Animations that scripts made, and those of stylesheets that scripts paused, moved or cancelled; all others of
 * stylesheets the replica makes itself.
 */
export class AnimationsCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  /** Held by the page alone: one whose element is gone for good goes with it. */
  readonly #followed = new Set<Followed>();
  readonly #known = new WeakMap<Animation, Followed>();
  readonly #now: () => number;
  #next = 1;
  #comparedAt = 0;

  constructor(nodes: NodeTable, writer: MirrorWriter, now: () => number, onChange: () => void) {
    this.#now = now;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    for (const followed of this.#followed) followed.sent = undefined;
  }

  /** Takes up what runs in a document or shadow root already. */
  root(root: Document | ShadowRoot): void {
    for (const animation of scriptedAnimations(root)) this.add(animation);
  }

  /** A script made an animation, or did something to one (already done). */
  add(animation: Animation): void {
    const known = this.#known.get(animation);
    if (known && this.#followed.has(known)) {
      this.#onChange();
      return;
    }
    for (const oldest of this.#followed) {
      if (this.#followed.size < MOST) break;
      this.#followed.delete(oldest);
    }
    const followed: Followed = {
      animation: new WeakRef(animation),
      number: this.#next++,
      sent: undefined,
      spec: "",
    };
    this.#known.set(animation, followed);
    this.#followed.add(followed);
    this.#onChange();
  }

  poll(): boolean {
    const now = this.#now();
    if (now - this.#comparedAt >= COMPARE_MS) {
      this.#comparedAt = now;
      this.#compare(now + TURN_MS);
    }
    for (const [animation, { sent }] of this.#living()) {
      if (sent !== keyOf(animation) && this.#target(animation)) return true;
    }
    return false;
  }

  flush(): void {
    for (const [animation, followed] of this.#living()) {
      const key = keyOf(animation);
      const id = this.#target(animation);
      if (id && key !== followed.sent) {
        const spec = followed.sent === undefined ? this.#specOf(animation) : "";
        if (spec) followed.spec = spec;
        const time = isScrolled(animation) ? 0 : Number(animation.currentTime ?? 0);
        writeAnimation(
          this.#writer,
          id,
          followed.number,
          playOf(animation),
          time,
          animation.playbackRate,
          spec,
        );
        followed.sent = key;
      }
      // The viewers have no such element: should it come back, it is a new one.
      if (!id) followed.sent = undefined;
      if (isOver(animation)) this.#followed.delete(followed);
    }
  }

  *#living(): Iterable<[Animation, Followed]> {
    for (const followed of this.#followed) {
      const animation = followed.animation.deref();
      if (animation) yield [animation, followed];
      else this.#followed.delete(followed);
    }
  }

  /** Scripts set keyframes and timing without anybody hearing of it: as many are compared as one turn allows. */
  #compare(until: number): void {
    for (const [animation, followed] of [...this.#living()]) {
      if (followed.sent === undefined || !animation.effect) continue;
      if (this.#now() >= until) return;
      this.#followed.delete(followed);
      this.#followed.add(followed);
      if (this.#specOf(animation) !== followed.spec) followed.sent = undefined;
    }
  }

  #specOf(animation: Animation): string {
    return specOf(animation, (element) => this.#nodes.mirrored(element)?.id ?? 0);
  }

  #target(animation: Animation): number {
    const record = this.#nodes.mirrored((animation.effect as KeyframeEffect | null)?.target ?? null);
    return record && !record.masked && !record.opaque ? record.id : 0;
  }
}

/** What browsers have of it that knows scroll timelines. */
interface ScrolledAnimation extends Animation {
  timeline: AnimationTimeline & { source: Element | null; subject?: Element | null; axis: string };
  rangeStart?: RangeEdge;
  rangeEnd?: RangeEdge;
}

type RangeEdge = string | { rangeName: string | null; offset: unknown };

/** By what it goes: an element that is scrolled, or one that comes into sight. */
function scrolledBy(
  { timeline: { source, subject, axis }, rangeStart, rangeEnd }: ScrolledAnimation,
  idOf: (element: Element | null) => number,
): Scrolled {
  const id = idOf(subject ?? source);
  return { id, axis, view: subject !== undefined, from: edgeText(rangeStart), to: edgeText(rangeEnd) };
}

function edgeText(edge: RangeEdge | undefined): string {
  if (typeof edge !== "object") return edge ?? "normal";
  return `${edge.rangeName ?? ""} ${edge.offset}`.trim();
}

function playOf(animation: Animation): PlayState {
  if (isReplaced(animation)) return PlayState.idle;
  return PlayState[animation.playState as keyof typeof PlayState] ?? PlayState.running;
}

/** Browsers take out of the page what has ended and is covered by later ones. */
function isReplaced({ replaceState }: Animation): boolean {
  return replaceState === "removed";
}

/** Where it stands at rest, or since when it runs: equal as long as it goes on by itself. */
function keyOf(animation: Animation): string {
  const { playState, playbackRate, startTime, currentTime } = animation;
  if (isScrolled(animation)) return `${playOf(animation)} ${playbackRate}`;
  return `${playOf(animation)} ${playbackRate} ${playState === "running" ? Math.round(Number(startTime)) : currentTime}`;
}

/** It shows nothing any more and will not by itself. */
function isOver(animation: Animation): boolean {
  const { playState, effect } = animation;
  if (playOf(animation) === PlayState.idle) return true;
  const fill = effect?.getTiming().fill;
  return playState === "finished" && fill !== "forwards" && fill !== "both";
}

/** Whether it goes as something is scrolled, and not with time. */
function isScrolled({ timeline }: Animation): boolean {
  return timeline !== null && "axis" in timeline;
}

function specOf(animation: Animation, idOf: (element: Element | null) => number): string {
  const effect = animation.effect as KeyframeEffect;
  const { animationName: name, transitionProperty: property } = animation as CSSAnimation & CSSTransition;
  // One of a stylesheet is there already.
  if (!isScripted(animation)) return plainJson({ name, property, pseudoElement: effect.pseudoElement });
  const { duration, iterations, ...timing } = effect.getTiming();
  return plainJson({
    keyframes: effect.getKeyframes(),
    scrolled: isScrolled(animation) ? scrolledBy(animation as ScrolledAnimation, idOf) : undefined,
    timing: {
      ...timing,
      duration: typeof duration === "number" ? duration : 0,
      // JSON knows no infinity.
      iterations: iterations === Number.POSITIVE_INFINITY ? -1 : iterations,
      pseudoElement: effect.pseudoElement,
      composite: effect.composite,
    },
  });
}
