import type { EarlyFinds } from "../core/early-finds.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import type { CapturedFrame } from "../core/flow/sender.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";
import type { LoadFeatures } from "./features-on-request.ts";
import type { Subframes, SubframesOptions } from "./subframes.ts";

export interface CaptureOptions {
  /** The window to mirror. */
  window: Window & typeof globalThis;
  /** Takes each mirror frame in order. Never called while paused. */
  send(frame: CapturedFrame): void;
  /** Loads the features that few pages need, once this one needs them. */
  loadFeatures: LoadFeatures;
  policy?: PrivacyPolicy;
  /** Hosts of our own UI: never mirrored, never operated by the agent. */
  ignore?: (element: Element) => boolean;
  early?: EarlyFinds;
  /** Changes are sent at least this far apart, in milliseconds; a frame of the screen by default. */
  intervalMs?: number;
  /** A window that is mirrored, once each: this one, and those of iframes as they come. `signal` ends with capture. */
  onWindow?: (view: Window & typeof globalThis, signal: AbortSignal) => void;
  /** Frames are compressed, unless they are sent on inside of something else that is. */
  compress?: boolean;
  /** The customer's pointer and scrolling are sent at least this far apart, the first and the newest of them. */
  motionIntervalMs?: number;
  /** Pages of other origins in iframes of this one, where the site names such origins. */
  subframes?: SubframesOptions | undefined;
  /** Reports a fault of the engine itself; the page is never thrown into. */
  onError?: (error: unknown) => void;
}

/**
 * The customer's half of the mirror: watches one window and turns it into frames.
 * A fresh epoch (snapshot, then mutations) begins with `start()`, `resync()` and `resume()`.
 */
export interface Capture {
  /** Installs observers and begins an epoch. Idempotent. */
  start(): void;
  /** Begins a new epoch: a viewer arrived, lost frames or asked. */
  resync(): void;
  /** Sends nothing until `resume()`, and forgets what changed meanwhile but the newest state. */
  pause(): void;
  resume(): void;
  /** A viewer's frame of type `ack`, `resync` or `feedback` that is about this page. */
  feedback(viewer: number, frame: FeedbackFrame): void;
  /** A viewer left: its acknowledgements are no longer waited for. */
  viewerLeft(viewer: number): void;
  /**
   * Puts another policy in force, from the next byte on: a new epoch begins. Throws SyntaxError on an invalid
   * selector; the policy before then still holds.
   */
  setPolicy(policy: PrivacyPolicy): void;
  /** The live node behind a mirror id, if the agent may operate it: not masked, blocked, hidden or ours. */
  operableNode(id: number): Node | undefined;
  /** Whether the agent may operate an element as it is now. */
  operable(element: Element): boolean;
  /** The live node behind a mirror id, if marks may hang on it: shown or masked, not hidden, not ours. */
  markableNode(id: number): Node | undefined;
  /** The mirror id of a node, or of the nearest node above it that the viewers have; 0 when there is none. */
  nearestId(node: Node | null): number;
  /** Whether a text repeats a word that is masked or blocked in the page. True while that is not known yet. */
  holdsMasked(text: string): boolean;
  /** Pages of other origins in iframes of this one, once their script is there. */
  readonly subframes: Subframes | undefined;
  /** Ends capture, removes observers and restores every hook. */
  stop(): void;
}
