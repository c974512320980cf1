import { decodeFrame } from "@copane/protocol";
import { createCapture } from "../capture/capture.ts";
import type { Capture } from "../capture/types.ts";
import { type Actor, createActor } from "../control/actor.ts";
import type { RefusalReason } from "../control/notice.ts";
import type { ControlPolicy } from "../control/policy.ts";
import * as dom from "../core/dom.ts";
import type { EarlyFinds } from "../core/early-finds.ts";
import { RequestedFeatures } from "../features/on-request.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";
import { unionOf } from "../privacy/policy.ts";
import { SubframeHost } from "./host.ts";
import type { FromGuest, ToGuest } from "./messages.ts";

export interface EmbeddedOptions {
  window: Window & typeof globalThis;
  /** The channel that the page outside gave. */
  port: MessagePort;
  /** Origins of the pages outside that may see this one: all of them, where subframes stand in subframes. */
  parents: readonly string[];
  /** What stays hidden here, whatever the pages outside hide besides. */
  policy?: PrivacyPolicy;
  control?: ControlPolicy;
  early?: EarlyFinds;
  ignore?: (element: Element) => boolean;
  /** Origins of pages that may be mirrored in iframes of this one. */
  frames?: readonly string[];
  onError?: (error: unknown) => void;
}

/**
 * Mirrors this window into the stream of the page that it is a subframe of, and lets the agent act in it. Returns what
 * ends it.
 */
export function joinPage(options: EmbeddedOptions): () => void {
  const embedded = new Embedded(options);
  return () => embedded.end();
}

class Embedded {
  readonly #options: EmbeddedOptions;
  readonly #abort = new AbortController();
  #capture: Capture | undefined;
  #actor: Actor | undefined;
  #policy: PrivacyPolicy = {};
  #policyText = "";
  #turn = 0;
  #paused = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    const { port, window } = options;
    port.onmessage = ({ data }) => {
      try {
        this.#heard(data as ToGuest);
      } catch (error) {
        // What cannot be hidden as asked must not be shown either.
        options.onError?.(error);
        this.end();
      }
    };
    port.addEventListener("close", () => this.end());
    dom.addEventListener(window, "pagehide", () => this.end(), { signal: this.#abort.signal });
  }

  #heard(message: ToGuest): void {
    switch (message.t) {
      case "epoch":
        this.#begin(message);
        break;
      case "pause":
        this.#paused = message.on;
        if (message.on) this.#capture?.pause();
        else this.#capture?.resume();
        break;
      case "feedback": {
        const frame = decodeFrame(message.frame);
        if (frame) this.#capture?.feedback(message.viewer, frame);
        break;
      }
      case "viewerLeft":
        this.#capture?.viewerLeft(message.viewer);
        break;
      case "input":
        if (this.#paused || this.#capture?.subframes?.input(message.viewer, message.payload)) break;
        this.#actor?.input(message.viewer, message.payload);
        break;
      case "release":
        this.#capture?.subframes?.release();
        this.#actor?.release();
        break;
      case "end":
        this.end();
        break;
    }
  }

  #begin({ turn, policy, origins }: Extract<ToGuest, { t: "epoch" }>): void {
    if (!this.#maySee(origins)) {
      this.end();
      return;
    }
    this.#turn = turn;
    const text = JSON.stringify(policy);
    const changed = text !== this.#policyText;
    this.#policyText = text;
    if (changed) this.#policy = unionOf([checked(this.#options.policy ?? {}), checked(policy)]);
    if (!this.#capture) this.#start(origins);
    // At once, where another policy holds; a new snapshot can wait for its turn.
    else if (changed) this.#capture.setPolicy(this.#policy);
    else this.#capture.resync();
  }

  /** A page outside is trusted with what it says of those beyond it; where the browser tells, that counts too. */
  #maySee(origins: readonly string[]): boolean {
    const { parents, window } = this.#options;
    const told = [...(window.location.ancestorOrigins ?? [])];
    return origins.length > 0 && [...origins, ...told].every((origin) => parents.includes(origin));
  }

  #start(origins: readonly string[]): void {
    const { window, control, early, ignore, frames, onError } = this.#options;
    const shared = { window, ...(ignore ? { ignore } : {}), ...(onError ? { onError } : {}) };
    const onRefused = (viewer: number, reason: RefusalReason) => this.#send({ t: "refused", viewer, reason });
    const capture = createCapture({
      ...shared,
      policy: this.#policy,
      compress: false,
      loadFeatures: async () => ({ RequestedFeatures }),
      ...(early ? { early } : {}),
      ...(frames
        ? { subframes: { origins: frames, outer: origins, onRefused, load: async () => ({ SubframeHost }) } }
        : {}),
      send: (frame) => {
        if (!this.#paused) this.#send({ t: "frame", turn: this.#turn, frame });
      },
    });
    this.#capture = capture;
    this.#actor = createActor({
      ...shared,
      capture,
      ...(control ? { policy: control } : {}),
      onNotice: (viewer, notice) => {
        if (notice.kind === "refused") onRefused(viewer, notice.reason);
      },
    });
    if (this.#paused) capture.pause();
    capture.start();
  }

  #send(message: FromGuest): void {
    this.#options.port.postMessage(message);
  }

  end(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#actor?.stop();
    this.#capture?.stop();
    this.#send({ t: "bye" });
    this.#options.port.onmessage = null;
    this.#options.port.close();
  }
}

/** What another page says it hides can be anything: only lists of text are taken. */
function checked(policy: PrivacyPolicy): PrivacyPolicy {
  for (const key of ["mask", "block", "hide", "removeIds"] as const) {
    const list: unknown = policy[key];
    if (list !== undefined && !(Array.isArray(list) && list.every((item) => typeof item === "string")))
      throw new TypeError("the page outside hides something that is not told as text");
  }
  return policy;
}
