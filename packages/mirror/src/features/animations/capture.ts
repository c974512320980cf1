import { plainJson } from "@copane/protocol";
import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { scriptedAnimations } from "./scripted.ts";
import { PlayState, writeAnimation } from "./wire.ts";

/** More than this many at once are a page's own business: the newest are followed. */
const MOST = 500;

interface Followed {
  readonly animation: WeakRef<Animation>;
  number: number;
  /** What the viewers know of it: play state, start and rate; undefined before they know it. */
  sent: string | undefined;
}

/** Animations that scripts made (`element.animate`); those of stylesheets the replica makes itself. */
export class AnimationsCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  /** Held by the page alone: one whose element is gone for good goes with it. */
  readonly #followed = new Set<Followed>();
  readonly #known = new WeakMap<Animation, Followed>();
  #next = 1;

  constructor(nodes: NodeTable, writer: MirrorWriter, onChange: () => void) {
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

  add(animation: Animation): void {
    const known = this.#known.get(animation);
    if (known && this.#followed.has(known)) return;
    for (const oldest of this.#followed) {
      if (this.#followed.size < MOST) break;
      this.#followed.delete(oldest);
    }
    const followed: Followed = {
      animation: new WeakRef(animation),
      number: this.#next++,
      sent: undefined,
    };
    this.#known.set(animation, followed);
    this.#followed.add(followed);
    this.#onChange();
  }

  poll(): boolean {
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
        const spec = followed.sent === undefined ? specOf(animation.effect as KeyframeEffect) : "";
        const time = Number(animation.currentTime ?? 0);
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

  #target(animation: Animation): number {
    const record = this.#nodes.mirrored((animation.effect as KeyframeEffect | null)?.target ?? null);
    return record && !record.masked && !record.opaque ? record.id : 0;
  }
}

function playOf({ playState }: Animation): PlayState {
  return PlayState[playState as keyof typeof PlayState] ?? PlayState.running;
}

/** Where it stands at rest, or since when it runs: equal as long as it goes on by itself. */
function keyOf({ playState, playbackRate, startTime, currentTime }: Animation): string {
  return `${playState} ${playbackRate} ${playState === "running" ? Math.round(Number(startTime)) : currentTime}`;
}

/** It shows nothing any more and will not by itself. */
function isOver({ playState, effect }: Animation): boolean {
  if (playState === "idle") return true;
  const fill = effect?.getTiming().fill;
  return playState === "finished" && fill !== "forwards" && fill !== "both";
}

function specOf(effect: KeyframeEffect): string {
  const { duration, iterations, ...timing } = effect.getTiming();
  return plainJson({
    keyframes: effect.getKeyframes(),
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
