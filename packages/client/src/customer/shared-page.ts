import type { Capture, CaptureOptions, PrivacyPolicy, SubframesOptions } from "@copane/mirror/capture";
import { encodeNotice, type Notice } from "@copane/mirror/control";
import type { FrameHeader } from "@copane/protocol";
import * as types from "@copane/protocol/frame-type";
import { fetched } from "../fetched.ts";
import type { Engine, LoadCapture } from "./options.ts";
import { Recovery } from "./recovery.ts";
import type { Sharing } from "./sharing.ts";

/** The type of a frame, and what else its header says. Without a `peer` it goes to all viewers. */
type FrameStart = Partial<FrameHeader> & Pick<FrameHeader, "type">;

export interface SharedPageOptions
  extends Pick<
    CaptureOptions,
    "early" | "ignore" | "intervalMs" | "motionIntervalMs" | "loadFeatures" | "onWindow"
  > {
  /** Gives what mirrors the page. */
  loadCapture: LoadCapture;
  /** What this page hides now. */
  policy(): PrivacyPolicy;
  /** Exact origins whose pages are mirrored in iframes of this page, and what loads the script for it. */
  subframes?: Pick<SubframesOptions, "origins" | "load"> | undefined;
  /** Hands a frame to the connection. */
  send(header: FrameStart, payload: Uint8Array): void;
  /** The page can be operated from now on. */
  onBegin(capture: Capture): void;
  /** It cannot any more. */
  onEnd(): void;
  /** An agent's input reached an element of an iframe. */
  onTouch(viewer: number, element: Element): void;
  /** The engine failed, and beginning anew did not help: nothing more leaves. */
  onFailure(cause: unknown): void;
}

/**
 * The customer's page as agents get it. This is the one place that starts, freezes and stops capture, and the one way
 * by which frames with content of the page leave. A capture with a fault is stopped at once: it would stand still, or
 * show what is not so. A new one begins with a new picture; if that does not help, `onFailure` hears of it.
 */
export class SharedPage {
  readonly #options: SharedPageOptions;
  #sharing: Sharing = "off";
  /** The capture under way. What an earlier one still sends or reports counts for nothing. */
  #run: object | undefined;
  #capture: Capture | undefined;
  readonly #recovery: Recovery;

  constructor(options: SharedPageOptions) {
    this.#options = options;
    this.#recovery = new Recovery(() => this.#start(), options.onFailure);
  }

  get sharing(): Sharing {
    return this.#sharing;
  }

  /** The capture, while agents have a picture. */
  get capture(): Capture | undefined {
    return this.#capture;
  }

  /** Puts the decision into effect. Never throws. */
  apply(sharing: Sharing): void {
    const before = this.#sharing;
    if (sharing === before) return;
    this.#sharing = sharing;
    if (sharing === "off" || before === "off") this.#recovery.reset();
    if (sharing === "off") this.#stop();
    else if (before === "off") this.#start();
    else this.#try(() => (sharing === "frozen" ? this.#capture?.pause() : this.#capture?.resume()));
  }

  /** Hides by another policy from now on: the agents' pictures begin anew. */
  setPolicy(policy: PrivacyPolicy): void {
    this.#try(() => this.#capture?.setPolicy(policy));
  }

  /** Sends something of the page, unless nothing may leave now. */
  send(header: FrameStart, payload: Uint8Array): void {
    if (this.#sharing === "on") this.#options.send(header, payload);
  }

  /** Tells a viewer, or all (0), what the page refused or shows. */
  notify(viewer: number, notice: Notice): void {
    this.send({ type: types.notice, peer: viewer }, encodeNotice(notice));
  }

  #start(): void {
    const run = {};
    this.#run = run;
    this.#try(() => {
      const engine = this.#options.loadCapture();
      if ("createCapture" in engine) this.#begin(run, engine);
      else void this.#wait(run, engine);
    });
  }

  /** The engine is on its way; what was decided meanwhile holds when it comes. */
  async #wait(run: object, engine: Promise<Engine>): Promise<void> {
    let first: Promise<Engine> | undefined = engine;
    // What does not come the first time is fetched again.
    const load = async () => {
      const coming = first ?? this.#options.loadCapture();
      first = undefined;
      return coming;
    };
    try {
      const come = await this.#script(load);
      if (run === this.#run) this.#try(() => this.#begin(run, come));
    } catch {
      // It was told, and nothing is shared.
    }
  }

  #begin(run: object, { createCapture }: Engine): void {
    const { policy, send: _, onBegin, loadFeatures, loadCapture: __, ...options } = this.#options;
    const capture = createCapture({
      ...options,
      window,
      policy: policy(),
      onError: (error) => this.#fault(run, error),
      loadFeatures: () => this.#script(loadFeatures),
      subframes: this.#subframesWanted(),
      send: (frame) => {
        if (run === this.#run) this.send({ type: types.mirror, ...frame }, frame.payload);
      },
    });
    this.#capture = capture;
    onBegin(capture);
    if (this.#sharing === "frozen") capture.pause();
    capture.start();
  }

  #stop(): void {
    const capture = this.#capture;
    this.#run = undefined;
    this.#capture = undefined;
    try {
      this.#options.onEnd();
      capture?.stop();
    } catch (error) {
      // It was ended by a fault perhaps: what it works with need not work any more.
      report(error);
    }
  }

  #try(work: () => void): void {
    const run = this.#run;
    try {
      work();
    } catch (error) {
      this.#fault(run, error);
    }
  }

  /** The one way that every fault of the engine takes. */
  #fault(run: object | undefined, error: unknown): void {
    if (!run || run !== this.#run) return;
    report(error);
    this.#stop();
    this.#recovery.fault(error);
  }

  /** Fetches a script of the engine's. Without it the picture would lack things that the page shows. */
  async #script<T>(load: () => Promise<T>): Promise<T> {
    const run = this.#run;
    try {
      return await fetched(load);
    } catch (error) {
      if (run && run === this.#run) {
        report(error);
        this.#stop();
        this.#options.onFailure(error);
      }
      throw error;
    }
  }

  #subframesWanted(): SubframesOptions | undefined {
    const { subframes, onTouch } = this.#options;
    return (
      subframes && {
        origins: subframes.origins,
        load: () => this.#script(subframes.load),
        onTouch,
        onRefused: (viewer, reason) => this.notify(viewer, { kind: "refused", reason }),
      }
    );
  }
}

/** A fault of ours must not break the page, but whoever looks for it should find it. */
function report(error: unknown): void {
  console.warn("copane: the mirror met an error", error);
}
