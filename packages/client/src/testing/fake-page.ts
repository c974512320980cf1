import type { Capture, CaptureOptions } from "@copane/mirror/capture";
import { vi } from "vitest";

/** A capture that never heeds a pause: what keeps its frames back is not the capture. */
export class FakeCapture {
  /** Every capture of the test, the oldest first. */
  static readonly all: FakeCapture[] = [];
  readonly calls: string[] = [];
  /** Whether new captures fail when they start. */
  static broken = false;
  readonly #options: CaptureOptions;
  #stopped = false;

  constructor(options: CaptureOptions) {
    this.#options = options;
    FakeCapture.all.push(this);
  }

  /** Something changed in the page: every capture that was not stopped sends it. */
  static mutate(): void {
    for (const capture of FakeCapture.all)
      if (!capture.#stopped)
        capture.#options.send({ flags: 0, epoch: 1, seq: 0, payload: new Uint8Array([1]) });
  }

  /** The engine meets an error, in an observer or a timer. */
  fail(): void {
    this.#options.onError?.(new Error("the page broke it"));
  }

  /** Something of the page calls for the script on request. */
  needFeatures(): void {
    this.#options.loadFeatures().catch(() => {});
  }

  stop(): void {
    this.#stopped = true;
    this.calls.push("stop");
  }

  static create(options: CaptureOptions): Capture {
    const fake = new FakeCapture(options);
    const note = (name: string) => () => {
      fake.calls.push(name);
    };
    return {
      start: () => {
        fake.calls.push("start");
        if (FakeCapture.broken) throw new Error("the page broke it");
        options.onWindow?.(options.window, new AbortController().signal);
      },
      resync: note("resync"),
      pause: note("pause"),
      resume: note("resume"),
      feedback: note("feedback"),
      viewerLeft: note("viewerLeft"),
      setPolicy: note("setPolicy"),
      operableNode: () => undefined,
      operable: () => false,
      markableNode: () => undefined,
      nearestId: () => 0,
      holdsMasked: () => false,
      subframes: undefined,
      stop: () => fake.stop(),
    };
  }
}

/** What of a browser a participant's session needs. */
export function stubBrowser(fetch: (url: string) => Promise<Response>, WebSocket: unknown): void {
  const kept = new Map<string, string>();
  const view = Object.assign(new EventTarget(), { location: { pathname: "/" } });
  vi.stubGlobal("window", Object.assign(view, { parent: view }));
  vi.stubGlobal("top", view);
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal("fetch", fetch);
  vi.stubGlobal("WebSocket", WebSocket);
}
