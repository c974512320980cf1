import {
  CataloguedError,
  type ClientMessage,
  decodeFrame,
  type Frame,
  type FrameRow,
  type FrameTable,
  limits,
  MOST_HEADER_BYTES,
  PROTOCOL_VERSION,
  type Role,
  type ServerMessage,
  type SitePrivacy,
  SocketClose,
} from "@copane/protocol";
import type { Attachment, Refusal, SessionService } from "../sessions/index.ts";
import type { Link } from "./link.ts";
import { parseMessage } from "./message.ts";
import { Bucket } from "./rate.ts";
import type { Peer, Room } from "./room.ts";

/** Told of what passes, never of what it says. */
export interface TrafficWatch {
  /** A frame of so many bytes came from a participant. */
  frame(role: Role, bytes: number): void;
  /** The customer's page shows this path now. */
  page(sessionId: string, path: string): void;
  /** So many more parts of the picture were compared, and repaired. */
  fidelity(sessionId: string, more: { compared: number; repaired: number }): void;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
}

export interface ConnectionContext {
  sessions: Pick<SessionService, "attach">;
  /** What types of frames there are. */
  frames: FrameTable;
  /** The room of a session, made when the first participant enters. */
  room(sessionId: string): Room<Connection>;
  /** The room may go when nobody is left. */
  left(sessionId: string): void;
  /** What the operator wants to know of the traffic. */
  watch: TrafficWatch;
  log: { warn(data: object, message: string): void };
  helloMs: number;
}

const MEGABYTE = 1024 * 1024;

/** Close codes of a hello that is refused for something else than its token. */
const refusedHello: ReadonlyMap<string | undefined, SocketClose> = new Map([
  ["SESSION_CLOSED", SocketClose.sessionClosed],
  ["PAGE_UNKNOWN", SocketClose.protocolError],
  ["CUSTOMER_ONLY", SocketClose.protocolError],
]);

/** A participant's input and pointer count as its activity, but not each of them. */
const ACTIVITY_EVERY_MS = 1_000;

/** One participant's socket, from before its hello to its end. Never throws into the transport. */
export class Connection implements Peer {
  readonly #link: Link;
  readonly #role: Role;
  readonly #context: ConnectionContext;
  readonly #helloTimer: ReturnType<typeof setTimeout>;
  readonly #messages = new Bucket(50, 200, Date.now());
  readonly #frames = new Bucket(2_000, 6_000, Date.now());
  /** Inflated: a line that carries little can still make the server work. More than any page has at once. */
  readonly #bytes = new Bucket(32 * MEGABYTE, 256 * MEGABYTE, Date.now());
  /** Chat, whispers and proposals: a person's pace. The customer's page repeats the agents' lines. */
  readonly #talk: Bucket;
  #attachment: Attachment | undefined;
  #room: Room<Connection> | undefined;
  #ended = false;
  #activeAt = 0;

  constructor(link: Link, role: Role, context: ConnectionContext) {
    this.#link = link;
    this.#role = role;
    this.#context = context;
    this.#talk = role === "customer" ? new Bucket(20, 60, Date.now()) : new Bucket(2, 12, Date.now());
    this.#helloTimer = setTimeout(() => this.close(SocketClose.unauthorized, "no hello"), context.helloMs);
    this.#helloTimer.unref();
  }

  get buffered(): number {
    return this.#link.buffered;
  }

  send(message: ServerMessage): void {
    if (!this.#ended) this.#link.sendText(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array): void {
    if (!this.#ended) this.#link.sendFrame(frame);
  }

  /** Tells the customer's page what the site hides. */
  privacy(): void {
    this.send({ t: "privacy", policy: this.#context.watch.privacy() });
  }

  close(code: SocketClose, reason: string): void {
    if (this.#ended) return;
    this.ended();
    this.#link.close(code, reason);
  }

  /** The transport is gone. */
  ended(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#helloTimer);
    const attachment = this.#attachment;
    if (!attachment) return;
    this.#room?.leave(attachment.number, this);
    this.#guard(() => attachment.detach());
    this.#context.left(attachment.sessionId);
  }

  /** A text message from the client. */
  text(data: string): void {
    if (this.#ended) return;
    if (data.length > limits.messageBytes) {
      this.close(SocketClose.tooLarge, "message too large");
      return;
    }
    if (!this.#messages.take(Date.now())) {
      this.close(SocketClose.overloaded, "too many messages");
      return;
    }
    let message: ClientMessage;
    try {
      message = parseMessage(data);
    } catch (error) {
      this.#refuse(error);
      if (!this.#attachment || (error as CataloguedError).name === "MALFORMED_JSON") {
        this.close(SocketClose.protocolError, "malformed message");
      }
      return;
    }
    if (this.#attachment) this.#message(this.#attachment, message);
    else this.#hello(message);
  }

  /** A content frame from the client. The bytes are relayed, and their peer may be rewritten. */
  frame(bytes: Uint8Array): void {
    const attachment = this.#attachment;
    if (this.#ended) return;
    if (!attachment) {
      this.close(SocketClose.protocolError, "hello expected");
      return;
    }
    if (bytes.length > limits.frameBytes + MOST_HEADER_BYTES) {
      this.#refuse(new CataloguedError("FRAME_TOO_LARGE"));
      this.close(SocketClose.tooLarge, "frame too large");
      return;
    }
    const now = Date.now();
    if (!this.#frames.take(now) || !this.#bytes.take(now, bytes.length)) {
      this.close(SocketClose.overloaded, "too many frames");
      return;
    }
    this.#context.watch.frame(this.#role, bytes.length);
    const frame = decodeFrame(bytes);
    const row = frame && this.#context.frames.get(frame.type);
    const route = row?.from[this.#role];
    if (!frame || !row || !route) {
      this.close(SocketClose.protocolError, frame ? "unknown frame type" : "malformed frame");
      return;
    }
    // Whoever has a page speaks of that one only.
    if (attachment.page !== undefined && frame.page !== attachment.page) {
      this.close(SocketClose.protocolError, "a frame of another page");
      return;
    }
    const refusal = this.#bounds(row, frame) ?? attachment.refusal(route, frame.flags);
    if (refusal === "drop") return;
    if (refusal !== undefined) {
      this.#refuse(new CataloguedError(refusal));
      return;
    }
    if (row.command && !this.#command(attachment, row.command)) return;
    if (row.activity) this.#active(attachment);
    this.#room?.relay({ bytes, header: frame, row, to: route.to }, attachment.number);
  }

  /** Whether a frame keeps to its type's size and rate. */
  #bounds(row: FrameRow, { payload }: Frame): Refusal | undefined {
    if (payload.length > row.most) return "FRAME_TOO_LARGE";
    if (row.rate === "talk" && !this.#talk.take(Date.now())) return "RATE_LIMITED";
    return undefined;
  }

  /** A proposal is an act of the rules; only what is proposed stays between the two sides. */
  #command(attachment: Attachment, t: NonNullable<FrameRow["command"]>): boolean {
    try {
      attachment.command({ t });
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  #hello(message: ClientMessage): void {
    if (message.t !== "hello") {
      this.#refuse(new CataloguedError("HELLO_EXPECTED"));
      this.close(SocketClose.protocolError, "hello expected");
      return;
    }
    if (message.version !== PROTOCOL_VERSION) {
      this.#refuse(new CataloguedError("VERSION_MISMATCH"));
      this.close(SocketClose.protocolError, "version mismatch");
      return;
    }
    try {
      this.#attach(message);
    } catch (error) {
      this.#refuse(error);
      const name = error instanceof CataloguedError ? error.name : undefined;
      const code = refusedHello.get(name) ?? SocketClose.unauthorized;
      this.close(code, "hello refused");
    }
  }

  #attach(hello: Extract<ClientMessage, { t: "hello" }>): void {
    clearTimeout(this.#helloTimer);
    const attachment = this.#context.sessions.attach(hello, this.#role, {
      event: (event, by, session) => {
        this.send({ t: "event", event, ...(by === undefined ? {} : { by }), session });
        // Who left alone is told so like everybody, and has no more business here.
        const left = event === "agent.left" && by === this.#attachment?.number;
        if (event !== "session.closed" && !left) return;
        const down = session.closeReason?.code === "server_shutdown";
        this.close(down ? SocketClose.shuttingDown : SocketClose.sessionClosed, "session closed");
      },
    });
    this.#attachment = attachment;
    this.#room = this.#context.room(attachment.sessionId);
    const { number, page } = attachment;
    this.send({
      t: "welcome",
      version: PROTOCOL_VERSION,
      you: number,
      ...(page === undefined ? {} : { page }),
      session: attachment.view(),
    });
    // Before the page is asked for anything: what is to be hidden must be known by then.
    if (this.#role === "customer") this.privacy();
    this.#room.enter(number, this);
  }

  #message(attachment: Attachment, message: ClientMessage): void {
    switch (message.t) {
      case "ping":
        this.send({ t: "pong" });
        return;
      case "activity":
        this.#active(attachment);
        return;
      case "page":
        if (this.#role === "customer") this.#context.watch.page(attachment.sessionId, message.path);
        return;
      case "hello":
        this.#refuse(new CataloguedError("UNKNOWN_MESSAGE"));
        return;
    }
    try {
      if (message.t === "invite.create") {
        this.send({
          t: "ok",
          n: message.n,
          invite: attachment.invite(message.part, message.silent === true),
        });
        return;
      }
      if (message.t === "fidelity") {
        // All agents hear the same counts; the one who leads tells them.
        const leads = attachment.view().lead === attachment.number;
        if (leads) this.#context.watch.fidelity(attachment.sessionId, message);
      } else attachment.command(message);
      this.send({ t: "ok", n: message.n });
    } catch (error) {
      this.#refuse(error, message.n);
    }
  }

  #active(attachment: Attachment): void {
    const now = Date.now();
    if (now - this.#activeAt < ACTIVITY_EVERY_MS) return;
    this.#activeAt = now;
    this.#guard(() => attachment.command({ t: "activity" }));
  }

  #refuse(error: unknown, n?: number): void {
    const known =
      error instanceof CataloguedError ? error : new CataloguedError("INTERNAL", { cause: error });
    if (known !== error) this.#context.log.warn({ err: error }, "socket message failed");
    this.send({ t: "error", ...(n === undefined ? {} : { n }), error: known.toBody() });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      // The session ended in between: nothing is owed any more.
      if (!(error instanceof CataloguedError))
        this.#context.log.warn({ err: error }, "socket clean-up failed");
    }
  }
}
