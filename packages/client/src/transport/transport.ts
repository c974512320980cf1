import {
  type CommandMessage,
  CopaneError,
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameHeader,
  finalCloses,
  NO_PICTURE,
  PROTOCOL_VERSION,
  plainJson,
  type Role,
  SENT_BY_AGENT,
  SENT_BY_CUSTOMER,
  type ServerMessage,
  SocketClose,
} from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { Emitter } from "../emitter.ts";
import { unanswered } from "../errors.ts";
import { type CommandAnswer, Commands, type Done } from "./commands.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Opener } from "./opener.ts";
import { defaultReconnectPolicy, type ReconnectPolicy } from "./reconnect.ts";
import type { LoadSockJs, Socket, SocketEvents } from "./socket.ts";

/**
 * How the connection stands. `silent`: the line is open, but nothing comes from the server; what is sent may arrive or
 * not. `reconnecting`: it was lost and is made anew. `lost`: that was given up.
 */
export type ConnectionState = "connecting" | "connected" | "silent" | "reconnecting" | "lost";

export interface TransportOptions {
  /** The server's base URL. */
  server: string;
  role: Role;
  token: string;
  /** Loads the way by SockJS; only called when no WebSocket passes. */
  loadSockJs?: LoadSockJs | undefined;
  reconnect?: ReconnectPolicy | undefined;
}

interface TransportEvents {
  state: ConnectionState;
  answer: CommandAnswer;
  message: ServerMessage;
  frame: Frame;
  /** The connection ended for good; `code` as in the protocol's close codes. */
  ended: { code: number };
}

/** Those who are sent to the next server at once come there within this. */
const SPREAD_MS = 1_000;

/** One attempt to connect; `socket` once it is made. Events of another line than the present one count for nothing. */
interface Line {
  socket?: Socket;
}

type State =
  | { is: "new" | "ended" }
  /** Until the welcome. */
  | { is: "opening"; line: Line }
  | { is: "welcomed"; line: Line; socket: Socket }
  /** For the next attempt. */
  | { is: "waiting"; timer: ReturnType<typeof setTimeout> };

/**
 * A participant's connection: opens, says hello, comes back after a loss, falls back from WebSocket to
 * SockJS. Content frames are dropped while it is away: whoever comes back gets a fresh snapshot.
 */
export class Transport extends Emitter<TransportEvents> {
  readonly #options: TransportOptions;
  readonly #reconnect: ReconnectPolicy;
  readonly #opener: Opener;
  readonly #commands = new Commands((answer) => this.emit("answer", answer));
  readonly #heartbeat: Heartbeat;
  #state: State = { is: "new" };
  /** Attempts that failed since the connection last stood. */
  #failed = 0;
  #everWelcomed = false;
  /** The number of this page, once the server has given one: to customers alone. */
  #page: number | undefined;

  constructor(options: TransportOptions) {
    super();
    const { server, role } = options;
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    this.#options = options;
    this.#reconnect = options.reconnect ?? defaultReconnectPolicy;
    this.#opener = new Opener(server.replace(/\/+$/, "") + path, options.loadSockJs);
    this.#heartbeat = new Heartbeat({
      ask: () => this.#socket?.sendText('{"t":"ping"}'),
      buffered: () => this.buffered,
      onSilent: () => this.#tellSilence("silent"),
      onAnswer: () => this.#tellSilence("connected"),
      onDead: () => this.#dead(),
    });
  }

  /** Bytes handed over but not yet sent. */
  get buffered(): number {
    return this.#socket?.buffered ?? 0;
  }

  connect(): void {
    globalThis.addEventListener?.("online", this.#hurry);
    globalThis.addEventListener?.("pageshow", this.#hurry);
    this.emit("state", "connecting");
    this.#open();
  }

  /** Closes for good, without a word to the server. */
  close(): void {
    this.#end(1000);
  }

  /**
   * Sends a command; resolves with the answer when the server has done it. Rejects with CopaneError.
   * @param onSent hears the command's number once it has gone out; never without a connection
   */
  request(command: CommandMessage, onSent?: (n: number) => void): Promise<Done> {
    const state = this.#state;
    if (state.is !== "welcomed") return Promise.reject(unanswered("Not connected. Try again in a moment."));
    return this.#commands.request(command, (text) => state.socket.sendText(text), onSent);
  }

  /** Tells that the person did something. */
  activity(): void {
    if (this.#state.is === "welcomed") this.#state.socket.sendText('{"t":"activity"}');
  }

  /** Tells which page the customer is on. */
  page(path: string): void {
    if (this.#state.is === "welcomed") this.#state.socket.sendText(JSON.stringify({ t: "page", path }));
  }

  /**
   * Sends a frame; from a customer it is about this page. Returns false when it was not sent: for want of a connection,
   * or because this role may not send its type.
   */
  sendFrame(header: Partial<FrameHeader> & Pick<FrameHeader, "type">, payload: Uint8Array): boolean {
    const own = this.#options.role === "customer" ? SENT_BY_CUSTOMER : SENT_BY_AGENT;
    if (this.#state.is !== "welcomed" || !(own & (1 << header.type))) return false;
    const bytes = encodeFrame({ page: this.#page ?? NO_PICTURE.page, ...header }, payload);
    this.#state.socket.sendFrame(bytes);
    this.#heartbeat.sent(bytes.length);
    return true;
  }

  get #line(): Line | undefined {
    return "line" in this.#state ? this.#state.line : undefined;
  }

  get #socket(): Socket | undefined {
    return this.#line?.socket;
  }

  #open(): void {
    const line: Line = {};
    this.#state = { is: "opening", line };
    const events = this.#events(line);
    this.#opener.open(events, (socket) => {
      if (line === this.#line) line.socket = socket;
      else socket.close();
    });
  }

  #events(line: Line): SocketEvents {
    const isCurrent = () => line === this.#line;
    return {
      open: () => {
        if (isCurrent()) this.#hello(line);
      },
      text: (text) => {
        if (isCurrent()) this.#text(text);
      },
      frame: (bytes) => {
        if (isCurrent()) this.#frame(bytes);
      },
      closed: (code, opened) => {
        if (isCurrent()) this.#closed(code, opened);
      },
    };
  }

  #hello({ socket }: Line): void {
    const { token } = this.#options;
    socket?.sendText(plainJson({ t: "hello", version: PROTOCOL_VERSION, token, page: this.#page }));
    this.#heartbeat.start();
  }

  /** A frame about this page, or no page in particular. Agents have no page: all frames are for them. */
  #frame(bytes: Uint8Array): void {
    this.#heartbeat.heard();
    const frame = decodeFrame(bytes);
    const isMine = this.#page === undefined || frame?.page === this.#page || frame?.page === NO_PICTURE.page;
    if (frame && isMine) this.emit("frame", frame);
  }

  #text(text: string): void {
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      return;
    }
    this.#heartbeat.heard(message.t === "pong");
    switch (message.t) {
      case "welcome":
        this.#page = message.page;
        this.#welcome();
        break;
      case "ok":
        this.#commands.done(message);
        return;
      case "error":
        if (message.n === undefined) break;
        this.#commands.refused(message.n, new CopaneError(message.error));
        return;
      case "pong":
        return;
    }
    this.emit("message", message);
  }

  #welcome(): void {
    const line = this.#line;
    if (!line?.socket) return;
    this.#state = { is: "welcomed", line, socket: line.socket };
    this.#everWelcomed = true;
    this.#failed = 0;
    this.emit("state", "connected");
  }

  /** Before the welcome nothing has said yet that the connection stands. */
  #tellSilence(state: "silent" | "connected"): void {
    if (this.#state.is === "welcomed") this.emit("state", state);
  }

  /** The line is given up; that it says so itself can take a minute more. */
  #dead(): void {
    const socket = this.#socket;
    this.#closed(1006, true);
    socket?.close();
  }

  #closed(code: number, opened: boolean): void {
    const wasWelcomed = this.#state.is === "welcomed";
    this.#heartbeat.stop();
    this.#state = { is: "new" };
    this.#commands.lost();
    if (finalCloses.has(code)) {
      this.#end(code);
      return;
    }
    // A WebSocket that never opens, while the page itself was loaded, is blocked on the way.
    if (!opened && !this.#everWelcomed && this.#opener.fallBack()) {
      this.#open();
      return;
    }
    const delay = this.#reconnect.delayMs(this.#failed++);
    if (delay === undefined) {
      this.emit("state", "lost");
      this.#end(1006);
      return;
    }
    // Who is sent away by a server that stops is one of many.
    const spread = code === SocketClose.shuttingDown ? Math.random() * SPREAD_MS : 0;
    this.#state = { is: "waiting", timer: setTimeout(this.#hurry, delay + spread) };
    if (wasWelcomed) this.emit("state", "reconnecting");
  }

  /** The next attempt is made now. */
  readonly #hurry = (): void => {
    if (this.#state.is !== "waiting") return;
    clearTimeout(this.#state.timer);
    this.#open();
  };

  #end(code: number): void {
    if (this.#state.is === "ended") return;
    const socket = this.#socket;
    if (this.#state.is === "waiting") clearTimeout(this.#state.timer);
    this.#state = { is: "ended" };
    globalThis.removeEventListener?.("online", this.#hurry);
    globalThis.removeEventListener?.("pageshow", this.#hurry);
    this.#heartbeat.stop();
    this.#commands.lost();
    socket?.close();
    this.emit("ended", { code });
  }
}
