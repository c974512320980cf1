import type { RefusalReason } from "../control/notice.ts";
import type { CaptureFeature } from "../core/capture-feature.ts";
import type { MirrorWriter } from "../core/codec/writer.ts";
import type { Budget } from "../core/flow/budget.ts";
import type { NodeTable } from "../core/tree/node-table.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";

/** Who may be mirrored in iframes of this page, and what loads the script for it. */
export interface SubframesOptions extends Omit<SubframeHostOptions, "policy"> {
  load(): Promise<{ SubframeHost: new (parts: SubframeParts, options: SubframeHostOptions) => Subframes }>;
}

export interface SubframeHostOptions {
  /** Exact origins whose pages may be mirrored in iframes of this page. */
  origins: readonly string[];
  /** Origins of the pages that this one is itself a subframe of, outermost first. */
  outer?: readonly string[];
  /** What must stay hidden inside as well. */
  policy(): PrivacyPolicy;
  /** The agent operated something in a subframe. */
  onTouch?: (viewer: number, iframe: Element) => void;
  onRefused?: (viewer: number, reason: RefusalReason) => void;
}

/** What of a capture the mirror of subframes works with. */
export interface SubframeParts {
  window: Window & typeof globalThis;
  nodes: NodeTable;
  writer: MirrorWriter;
  budget: Budget;
  /** Iframes that the viewers have. */
  iframes(): Iterable<HTMLIFrameElement>;
  /** Something is owed: a flush should come soon. */
  onChange(): void;
  /** Aborted at the end. */
  signal: AbortSignal;
}

/** Mirrors pages of other origins in iframes of this one. */
export interface Subframes extends CaptureFeature {
  /** The viewers were given this iframe, new or anew. */
  iframe(iframe: HTMLIFrameElement): void;
  setPaused(on: boolean): void;
  /** A viewer's feedback frame, as bytes, for the page in a subframe. */
  feedback(viewer: number, number: number, payload: Uint8Array): void;
  viewerLeft(viewer: number): void;
  /** Takes the agent's input if it is for a page in a subframe. */
  input(viewer: number, payload: Uint8Array): boolean;
  /** Control has ended. */
  release(): void;
}

interface OnRequestOptions {
  /** Undefined where the site names no origins. */
  wanted: SubframesOptions | undefined;
  parts: SubframeParts;
  /** What is hidden now. */
  policy(): PrivacyPolicy;
  /** Puts it to work. */
  arrived(subframes: Subframes): void;
  onError(error: unknown): void;
}

/** The place of what mirrors subframes: its script is fetched as capture starts. */
export class SubframesOnRequest {
  readonly #options: OnRequestOptions;
  #now: Subframes | undefined;
  #paused = false;

  constructor(options: OnRequestOptions) {
    this.#options = options;
  }

  get now(): Subframes | undefined {
    return this.#now;
  }

  start(): void {
    const { wanted, onError } = this.#options;
    if (wanted) this.#load(wanted).catch(onError);
  }

  setPaused(on: boolean): void {
    this.#paused = on;
    this.#now?.setPaused(on);
  }

  async #load({ load, ...wanted }: SubframesOptions): Promise<void> {
    const { parts, policy, arrived } = this.#options;
    const { SubframeHost } = await load();
    if (parts.signal.aborted) return;
    const subframes = new SubframeHost(parts, { ...wanted, policy });
    subframes.setPaused(this.#paused);
    this.#now = subframes;
    arrived(subframes);
  }
}
