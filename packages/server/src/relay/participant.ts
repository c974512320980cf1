import {
  CataloguedError,
  type ClientMessage,
  decodeFrame,
  type Frame,
  type FrameRow,
  type FrameTable,
  type LoadPolicy,
  PROTOCOL_VERSION,
  type Role,
  SocketClose,
} from "@copane/protocol";
import type { Attachment, Refusal } from "../sessions/index.ts";
import type { Peer } from "./peer.ts";
import type { Rates } from "./rates.ts";
import { quietly, quietlyDone, refuse, type WarnLog } from "./refuse.ts";
import type { RelayedFrame } from "./relayed-frame.ts";
import type { SessionRelay } from "./session-relay.ts";

export interface ParticipantOptions {
  role: Role;
  peer: Peer;
  attachment: Attachment;
  relay: SessionRelay;
  /** What types of frames there are. */
  frames: FrameTable;
  rates: Rates;
  log: WarnLog;
}

/** Messages that ask nothing of the session's rules, or that have an answer of their own. */
type NotOfTheRules = "ping" | "activity" | "page" | "hello" | "invite.create";

/** A participant's input and pointer count as its activity, but not each of them. */
const ACTIVITY_EVERY_MS = 1_000;

/** A participant who has been welcomed: what its messages and frames bring about. */
export class Participant {
  readonly #options: ParticipantOptions;
  #activeAt = 0;

  constructor(options: ParticipantOptions) {
    this.#options = options;
  }

  get attachment(): Attachment {
    return this.#options.attachment;
  }

  /** Answers the hello. From here on frames may flow. */
  welcome(loads?: LoadPolicy): void {
    const { peer, attachment } = this.#options;
    const { number: you, page } = attachment;
    const session = attachment.view();
    const version = PROTOCOL_VERSION;
    peer.send({
      t: "welcome",
      version,
      you,
      ...(page === undefined ? {} : { page }),
      session,
      ...(loads === undefined ? {} : { loads }),
    });
  }

  enter(): void {
    const { relay, attachment, peer } = this.#options;
    relay.enter(attachment.number, peer);
  }

  /** The connection is gone. */
  leave(): void {
    const { relay, attachment, peer, log } = this.#options;
    relay.leave(attachment.number, peer);
    quietly(() => attachment.detach(), log);
  }

  message(message: ClientMessage): void {
    const { peer, attachment, role, log } = this.#options;
    switch (message.t) {
      case "ping":
        peer.send({ t: "pong" });
        return;
      case "activity":
        this.#active();
        return;
      case "page":
        if (role === "customer") attachment.visited(message.path);
        return;
      case "hello":
        refuse(peer, new CataloguedError("UNKNOWN_MESSAGE"), log);
        return;
      case "invite.create":
        void this.#invite(message);
        return;
    }
    void this.#does(message);
  }

  /** Relays a content frame as far as the table and the session's rules allow. Its peer may be rewritten. */
  frame(bytes: Uint8Array): void {
    const { role, frames, attachment, peer, log } = this.#options;
    const frame = decodeFrame(bytes);
    const row = frame && frames.get(frame.type);
    const route = row?.from[role];
    if (!frame || !row || !route) {
      peer.close(SocketClose.protocolError, frame ? "unknown frame type" : "malformed frame");
      return;
    }
    // Whoever has a page speaks of that one only.
    if (attachment.page !== undefined && frame.page !== attachment.page) {
      peer.close(SocketClose.protocolError, "a frame of another page");
      return;
    }
    const refusal = this.#bounds(row, frame) ?? attachment.refusal(route, frame.flags);
    if (refusal === "drop") return;
    if (refusal !== undefined) {
      refuse(peer, new CataloguedError(refusal), log);
      return;
    }
    if (row.activity) this.#active();
    const relayed = { bytes, header: frame, row, to: route.to };
    if (row.command) void this.#proposes(row.command, relayed);
    else this.#relay(relayed);
  }

  #relay(frame: RelayedFrame): void {
    const { relay, attachment } = this.#options;
    relay.relay(frame, attachment.number);
  }

  /** Whether a frame keeps to its type's size and rate. */
  #bounds(row: FrameRow, { payload }: Frame): Refusal | undefined {
    if (payload.length > row.most) return "FRAME_TOO_LARGE";
    return this.#options.rates.ofType(row.rate) ? undefined : "RATE_LIMITED";
  }

  async #does(message: Exclude<ClientMessage, { t: NotOfTheRules }>): Promise<void> {
    const { peer, attachment, log } = this.#options;
    try {
      if (message.t === "fidelity") attachment.compared(message);
      else await attachment.command(message);
      peer.send({ t: "ok", n: message.n });
    } catch (error) {
      refuse(peer, error, log, message.n);
    }
  }

  /** A proposal is an act of the rules; only what is proposed stays between the two sides. */
  async #proposes(t: NonNullable<FrameRow["command"]>, frame: RelayedFrame): Promise<void> {
    const { attachment, peer, log } = this.#options;
    try {
      await attachment.command({ t });
      this.#relay(frame);
    } catch (error) {
      refuse(peer, error, log);
    }
  }

  async #invite({ n, part, silent }: Extract<ClientMessage, { t: "invite.create" }>): Promise<void> {
    const { attachment, peer, log } = this.#options;
    try {
      const invite = await attachment.invite(part, silent === true);
      peer.send({ t: "ok", n, invite });
    } catch (error) {
      refuse(peer, error, log, n);
    }
  }

  #active(): void {
    const { attachment, log } = this.#options;
    const now = Date.now();
    if (now - this.#activeAt < ACTIVITY_EVERY_MS) return;
    this.#activeAt = now;
    void quietlyDone(attachment.command({ t: "activity" }), log);
  }
}
