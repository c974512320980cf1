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
import type { Attachment, Refusal, SessionHooks, SessionService } from "../sessions/index.ts";
import type { Link } from "./link.ts";
import { parseMessage } from "./message.ts";
import { Bucket } from "./rate.ts";
import type { Peer, Room } from "./room.ts";

export interface ConnectionContext {
  sessions: Pick<SessionService, "attach">;
  /** What types of frames there are. */
  frames: FrameTable;
  /** The room of a session, made when the first participant enters. */
  room(sessionId: string): Room<Connection>;
  /** The room may go when nobody is left. */
  left(sessionId: string): void;
  hooks: SessionHooks;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
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

/** A client waits for the welcome; one that does not may send so much before. */
const MOST_EARLY = 64;

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
  /** What came between hello and welcome; undefined at any other time. */
  #early: (() => void)[] | undefined;
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
    this.send({ t: "privacy", policy: this.#context.privacy() });
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
    if (this.#postpone(() => this.#read(data))) return;
    this.#read(data);
  }

  #read(data: string): void {
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
    else void this.#hello(message);
  }

  /** A content frame from the client. The bytes are relayed, and their peer may be rewritten. */
  frame(bytes: Uint8Array): void {
    if (this.#ended || this.#postpone(() => this.frame(bytes))) return;
    const attachment = this.#attachment;
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
    this.#context.hooks.emit("frame", this.#role, bytes.length);
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

  /** Keeps what came too early until the welcome. False when there is nothing to wait for. */
  #postpone(work: () => void): boolean {
    if (!this.#early) return false;
    this.#early.push(work);
    if (this.#early.length > MOST_EARLY) this.close(SocketClose.overloaded, "too much before the welcome");
    return true;
  }

  async #hello(message: ClientMessage): Promise<void> {
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
      await this.#attach(message);
    } catch (error) {
      this.#refuse(error);
      const name = error instanceof CataloguedError ? error.name : undefined;
      const code = refusedHello.get(name) ?? SocketClose.unauthorized;
      this.close(code, "hello refused");
    }
  }

  async #attach(hello: Extract<ClientMessage, { t: "hello" }>): Promise<void> {
    clearTimeout(this.#helloTimer);
    const early: (() => void)[] = [];
    this.#early = early;
    const attachment = await this.#context.sessions.attach(hello, this.#role, {
      event: (event, by, session) => {
        if (!this.#attachment) return;
        this.send({ t: "event", event, ...(by === undefined ? {} : { by }), session });
        // Who left alone is told so like everybody, and has no more business here.
        const left = event === "agent.left" && by === this.#attachment?.number;
        if (event !== "session.closed" && !left) return;
        const down = session.closeReason?.code === "server_shutdown";
        this.close(down ? SocketClose.shuttingDown : SocketClose.sessionClosed, "session closed");
      },
    });
    this.#early = undefined;
    if (this.#ended) {
      this.#guard(() => attachment.detach());
      return;
    }
    if (attachment.view().state === "closed") throw new CataloguedError("SESSION_CLOSED");
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
    for (const work of early) if (!this.#ended) work();
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
        if (this.#role === "customer") attachment.visited(message.path);
        return;
      case "hello":
        this.#refuse(new CataloguedError("UNKNOWN_MESSAGE"));
        return;
    }
    try {
      if (message.t === "invite.create") {
        void this.#invite(attachment, message);
        return;
      }
      if (message.t === "fidelity") {
        attachment.compared(message);
      } else attachment.command(message);
      this.send({ t: "ok", n: message.n });
    } catch (error) {
      this.#refuse(error, message.n);
    }
  }

  async #invite(
    attachment: Attachment,
    { n, part, silent }: Extract<ClientMessage, { t: "invite.create" }>,
  ): Promise<void> {
    try {
      const invite = await attachment.invite(part, silent === true);
      this.send({ t: "ok", n, invite });
    } catch (error) {
      this.#refuse(error, n);
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
