import { FrameFlag, HIGHEST_NUMBER } from "@copane/protocol";
import * as limits from "@copane/protocol/limits";
import type { RefusalReason } from "../control/notice.ts";
import type { CapturedFrame } from "../core/flow/sender.ts";
import type { PrivacyPolicy } from "../privacy/policy.ts";
import type { FromGuest, ToGuest } from "./messages.ts";

/** What may wait to be sent on. A page that keeps to its acknowledgements stays far below. */
const MOST_QUEUED_BYTES = 4 * limits.frameBytes;

/** What a frame in the queue costs beside its payload. */
const OVERHEAD_BYTES = 64;

/** A payload must fit into a frame of the outer page. */
const MOST_PAYLOAD_BYTES = limits.frameBytes - 64 * 1024;

export interface GuestEvents {
  received(): void;
  refused(viewer: number, reason: RefusalReason): void;
  /** It went away, or did what it must not. */
  ended(misbehaved: boolean): void;
}

/** Where a guest is. */
export interface GuestPlace {
  iframe: HTMLIFrameElement;
  window: Window;
  /** Tells it from the other guests of now: its nodes have it in their ids. */
  number: number;
  /** Tells it from all guests that ever were: its frames and their feedback carry it. */
  page: number;
}

/** The page in one subframe, as the page outside knows it: a channel and what came over it. It is not trusted. */
export class Guest implements GuestPlace {
  readonly iframe: HTMLIFrameElement;
  readonly window: Window;
  readonly number: number;
  readonly page: number;
  readonly #port: MessagePort;
  readonly #events: GuestEvents;
  readonly #queue: CapturedFrame[] = [];
  #bytes = 0;
  #turn = 0;
  /** Since `begin` a keyframe came. */
  #keyed = false;
  /** Inputs that may still be refused, by whose they were. */
  readonly #open = new Map<number, number>();

  constructor({ iframe, window, number, page }: GuestPlace, port: MessagePort, events: GuestEvents) {
    this.iframe = iframe;
    this.window = window;
    this.number = number;
    this.page = page;
    this.#port = port;
    this.#events = events;
    port.onmessage = ({ data }) => this.#heard(data as Partial<FromGuest> | null);
    // Where browsers tell of it: the page crashed, or ended without a word.
    port.addEventListener("close", () => events.ended(false));
  }

  send(message: ToGuest): void {
    this.#port.postMessage(message);
  }

  /** Forgets what was not sent on yet; it is to begin a snapshot. */
  begin(policy: PrivacyPolicy, origins: readonly string[]): void {
    this.#empty();
    this.#keyed = false;
    this.send({ t: "epoch", turn: ++this.#turn, policy, origins });
  }

  input(viewer: number, payload: Uint8Array): void {
    this.#open.set(viewer, (this.#open.get(viewer) ?? 0) + 1);
    this.send({ t: "input", viewer, payload });
  }

  /** The oldest frame that was not sent on. */
  get next(): CapturedFrame | undefined {
    return this.#queue[0];
  }

  shift(): void {
    const sent = this.#queue.shift();
    if (sent) this.#bytes -= sent.payload.length + OVERHEAD_BYTES;
  }

  close(): void {
    this.#empty();
    this.send({ t: "end" });
    this.#port.onmessage = null;
    this.#port.close();
  }

  #heard(message: Partial<FromGuest> | null): void {
    switch (message?.t) {
      case "frame":
        this.#received(message);
        break;
      case "refused":
        this.#refused(message);
        break;
      case "bye":
        this.#events.ended(false);
        break;
    }
  }

  #received({ turn, frame }: Partial<Extract<FromGuest, { t: "frame" }>>): void {
    // Written before it heard of the turn: perhaps by a policy that no longer holds.
    if (turn !== this.#turn) return;
    const { epoch, seq, flags, payload }: Partial<CapturedFrame> = frame ?? {};
    const fits =
      payload instanceof Uint8Array &&
      payload.length > 0 &&
      payload.length <= MOST_PAYLOAD_BYTES &&
      isNumber(epoch) &&
      isNumber(seq);
    if (!fits || this.#bytes + payload.length > MOST_QUEUED_BYTES) {
      this.#events.ended(true);
      return;
    }
    const key = (Number(flags) & FrameFlag.keyframe) !== 0;
    if (!key && !this.#keyed) return;
    if (key) this.#empty();
    this.#keyed = true;
    // A copy: what was sent may be a small part of a large buffer.
    this.#queue.push({ epoch, seq, flags: key ? FrameFlag.keyframe : 0, payload: payload.slice() });
    this.#bytes += payload.length + OVERHEAD_BYTES;
    this.#events.received();
  }

  /** No more refusals than there were inputs. */
  #refused({ viewer, reason }: Partial<Extract<FromGuest, { t: "refused" }>>): void {
    const open = viewer === undefined ? 0 : (this.#open.get(viewer) ?? 0);
    if (viewer === undefined || reason === undefined || open === 0) return;
    this.#open.set(viewer, open - 1);
    this.#events.refused(viewer, reason);
  }

  #empty(): void {
    this.#queue.length = 0;
    this.#bytes = 0;
  }
}

/** Whether a header can hold it. */
function isNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= HIGHEST_NUMBER;
}
