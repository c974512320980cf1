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
} from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { Emitter } from "../emitter.ts";
import { unanswered } from "../errors.ts";
import { defaultReconnectPolicy, type ReconnectPolicy } from "./reconnect.ts";
import { type LoadSockJs, openWebSocket, type Socket, type SocketEvents } from "./socket.ts";

export type ConnectionState = "connecting" | "connected" | "reconnecting" | "lost";

export interface TransportOptions {
  /** The server's base URL. */
  server: string;
  role: Role;
  token: string;
  /** Loads the way by SockJS; only called when no WebSocket passes. */
  loadSockJs?: LoadSockJs | undefined;
  reconnect?: ReconnectPolicy | undefined;
}

/** The server's answer to command `n`; it may come after the sender has given up waiting. */
export interface CommandAnswer {
  n: number;
  error?: CopaneError;
}

interface TransportEvents {
  state: ConnectionState;
  answer: CommandAnswer;
  message: ServerMessage;
  frame: Frame;
  /** The connection ended for good; `code` as in the protocol's close codes. */
  ended: { code: number };
}

/** A command that is not answered by then has failed. */
const ANSWER_MS = 10_000;
/** A connection that is silent for so long after a ping is dead. */
const PING_MS = 15_000;
const PONG_MS = 8_000;
/** Where the tab remembers that WebSockets do not pass. */
const FALLBACK_KEY = "copane.fallback";

type Done = Extract<ServerMessage, { t: "ok" }>;

interface Waiting {
  resolve(answer: Done): void;
  reject(error: CopaneError): void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * A participant's connection: opens, says hello, comes back after a loss, falls back from WebSocket to
 * SockJS. Content frames are dropped while it is away: whoever comes back gets a fresh snapshot.
 */
export class Transport extends Emitter<TransportEvents> {
  readonly #options: TransportOptions;
  readonly #reconnect: ReconnectPolicy;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #welcomed = false;
  #everWelcomed = false;
  #fallback = remembersFallback();
  #attempt = 0;
  #ended = false;
  /** The number of this page, once the server has given one: to customers alone. */
  #page: number | undefined;
  #nextN = 1;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #hurry = () => this.#retryNow();

  constructor(options: TransportOptions) {
    super();
    this.#options = options;
    this.#reconnect = options.reconnect ?? defaultReconnectPolicy;
  }

  /** Bytes handed over but not yet sent. */
  get buffered(): number {
    return this.#socket?.buffered ?? 0;
  }

  /** Whether what is sent is deflated on the way. */
  get deflates(): boolean {
    return this.#socket?.deflates ?? false;
  }

  connect(): void {
    globalThis.addEventListener?.("online", this.#hurry);
    globalThis.addEventListener?.("pageshow", this.#hurry);
    this.emit("state", "connecting");
    void this.#open();
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
    if (!this.#welcomed || !this.#socket) {
      return Promise.reject(unanswered("Not connected. Try again in a moment."));
    }
    const n = this.#nextN++;
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(n);
        reject(unanswered("The server did not answer."));
      }, ANSWER_MS);
      this.#waiting.set(n, { resolve, reject, timer });
      socket.sendText(plainJson({ ...command, n }));
      onSent?.(n);
    });
  }

  /** Tells that the person did something. */
  activity(): void {
    if (this.#welcomed) this.#socket?.sendText('{"t":"activity"}');
  }

  /** Tells which page the customer is on. */
  page(path: string): void {
    if (this.#welcomed) this.#socket?.sendText(JSON.stringify({ t: "page", path }));
  }

  /**
   * Sends a frame; from a customer it is about this page. Returns false when it was not sent: for want of a connection,
   * or because this role may not send its type.
   */
  sendFrame(header: Partial<FrameHeader> & Pick<FrameHeader, "type">, payload: Uint8Array): boolean {
    const own = this.#options.role === "customer" ? SENT_BY_CUSTOMER : SENT_BY_AGENT;
    if (!this.#welcomed || !this.#socket || !(own & (1 << header.type))) return false;
    this.#socket.sendFrame(encodeFrame({ page: this.#page ?? NO_PICTURE.page, ...header }, payload));
    return true;
  }

  async #open(): Promise<void> {
    const { server, role } = this.#options;
    const url = server.replace(/\/+$/, "") + (role === "customer" ? paths.customerSocket : paths.agentSocket);
    const events = this.#events();
    try {
      if (this.#fallback && this.#options.loadSockJs) {
        const { openSockJs } = await this.#options.loadSockJs();
        if (!this.#ended) this.#socket = openSockJs(url, events);
      } else this.#socket = openWebSocket(`${url}/websocket`, events);
    } catch {
      // The script did not load, or the address is refused: the network may be better later.
      events.closed(1006, false);
    }
  }

  #events(): SocketEvents {
    let gone = false;
    return {
      open: () => {
        const { token } = this.#options;
        const page = this.#page;
        this.#socket?.sendText(plainJson({ t: "hello", version: PROTOCOL_VERSION, token, page }));
      },
      text: (text) => {
        if (!gone) this.#text(text);
      },
      frame: (bytes) => {
        this.#alive();
        const frame = gone ? undefined : decodeFrame(bytes);
        if (frame && this.#isFor(frame)) this.emit("frame", frame);
      },
      closed: (code, opened) => {
        if (gone) return;
        gone = true;
        this.#closed(code, opened);
      },
    };
  }

  /** Whether a frame is about this page, or no page in particular. Agents have no page: all frames are for them. */
  #isFor({ page }: Frame): boolean {
    return this.#page === undefined || page === this.#page || page === NO_PICTURE.page;
  }

  #text(text: string): void {
    this.#alive();
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      return;
    }
    switch (message.t) {
      case "welcome":
        this.#page = message.page;
        this.#welcome();
        break;
      case "ok":
        this.emit("answer", { n: message.n });
        this.#answer(message.n)?.resolve(message);
        return;
      case "error":
        if (message.n === undefined) break;
        this.#refused(message.n, new CopaneError(message.error));
        return;
      case "pong":
        return;
    }
    this.emit("message", message);
  }

  #refused(n: number, error: CopaneError): void {
    this.emit("answer", { n, error });
    this.#answer(n)?.reject(error);
  }

  #welcome(): void {
    this.#welcomed = true;
    this.#everWelcomed = true;
    this.#attempt = 0;
    clearInterval(this.#pingTimer);
    this.#pingTimer = setInterval(() => this.#ping(), PING_MS);
    this.emit("state", "connected");
  }

  #closed(code: number, opened: boolean): void {
    const wasWelcomed = this.#welcomed;
    this.#socket = undefined;
    this.#welcomed = false;
    clearInterval(this.#pingTimer);
    clearTimeout(this.#pongTimer);
    for (const n of [...this.#waiting.keys()]) {
      this.#answer(n)?.reject(unanswered("The connection was lost."));
    }
    if (this.#ended) return;
    if (finalCloses.has(code)) {
      this.#end(code);
      return;
    }
    // A WebSocket that never opens, while the page itself was loaded, is blocked on the way.
    if (!opened && !this.#everWelcomed && this.#options.loadSockJs && !this.#fallback) {
      this.#fallback = true;
      rememberFallback();
      void this.#open();
      return;
    }
    const delay = this.#reconnect.delayMs(this.#attempt++);
    if (delay === undefined) {
      this.emit("state", "lost");
      this.#end(1006);
      return;
    }
    if (wasWelcomed) this.emit("state", "reconnecting");
    this.#retryTimer = setTimeout(() => this.#retryNow(), delay);
  }

  #retryNow(): void {
    if (this.#retryTimer === undefined || this.#ended) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    void this.#open();
  }

  #ping(): void {
    this.#socket?.sendText('{"t":"ping"}');
    this.#pongTimer ??= setTimeout(() => {
      this.#pongTimer = undefined;
      this.#socket?.close();
    }, PONG_MS);
  }

  #alive(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
  }

  #answer(n: number): Waiting | undefined {
    const waiting = this.#waiting.get(n);
    this.#waiting.delete(n);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    globalThis.removeEventListener?.("online", this.#hurry);
    globalThis.removeEventListener?.("pageshow", this.#hurry);
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pingTimer);
    clearTimeout(this.#pongTimer);
    this.#socket?.close();
    this.#socket = undefined;
    this.#welcomed = false;
    this.emit("ended", { code });
  }
}

function remembersFallback(): boolean {
  try {
    return sessionStorage.getItem(FALLBACK_KEY) === "1";
  } catch {
    return false;
  }
}

function rememberFallback(): void {
  try {
    sessionStorage.setItem(FALLBACK_KEY, "1");
  } catch {
    // Blocked storage: the next page finds out again.
  }
}
