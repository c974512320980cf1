import {
  CopaneError,
  decodeFrame,
  type ErrorBody,
  type Frame,
  PROTOCOL_VERSION,
  paths,
  type Role,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
  type Ticket,
} from "@copane/protocol";
import { WebSocket } from "ws";

/** What is waited for has to come within this, unless told. */
const WAIT_MS = 10_000;
const ANSWER_MS = 10_000;

/** Asks a server by REST. Rejects with CopaneError. */
export async function ask<T>(
  server: string,
  method: "GET" | "POST",
  path: string,
  { body, token }: { body?: object; token?: string | undefined } = {},
): Promise<T> {
  const answer = await fetch(server + path, {
    method,
    headers: {
      ...(body ? { "content-type": "application/json" } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const given = (await answer.json()) as T & { error?: ErrorBody };
  if (!answer.ok && given.error) throw new CopaneError(given.error, answer.status);
  return given;
}

interface Open {
  resolve(): void;
  reject(error: Error): void;
}

/** Somebody in a session without a browser: has a seat and a socket, and hears all that the server tells. */
export abstract class FakeParticipant {
  /** Bearer token of the seat. */
  readonly token: string;
  /** The number in the session; the customer is 0. */
  readonly you: number;
  /** All that happened in the session since this one came, oldest first. */
  readonly events: SessionEvent[] = [];
  /** The session as last heard of. */
  session: SessionView;
  readonly #server: string;
  readonly #role: Role;
  readonly #socket: WebSocket;
  readonly #open = new Map<number, Open>();
  readonly #waiting = new Set<() => void>();
  #next = 1;

  protected constructor(server: string, role: Role, { session, token, you }: Ticket) {
    this.token = token;
    this.you = you;
    this.session = session;
    this.#server = server;
    this.#role = role;
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    this.#socket = new WebSocket(`${server.replace(/^http/, "ws")}${path}/websocket`);
    this.#socket.on("open", () => this.#send({ t: "hello", version: PROTOCOL_VERSION, token }));
    this.#socket.on("message", (data: Buffer, binary) => this.#take(data, binary));
    this.#socket.on("close", () => this.#closed());
    // A close follows.
    this.#socket.on("error", () => {});
  }

  /** Whether the session is over for this one. */
  get over(): boolean {
    return this.session.state === "closed" || this.#socket.readyState >= WebSocket.CLOSING;
  }

  /** Waits until something is so. Rejects, with what happened meanwhile, when it is not in time. */
  async until(what: string, so: () => boolean, withinMs = WAIT_MS): Promise<void> {
    for (const end = Date.now() + withinMs; !so(); ) {
      const left = end - Date.now();
      if (left <= 0)
        throw new Error(
          `Waited in vain for ${what}; the session is ${this.session.state}: ${this.events.join(", ")}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(woken, left);
        const waiting = this.#waiting;
        waiting.add(woken);
        function woken(): void {
          clearTimeout(timer);
          waiting.delete(woken);
          resolve();
        }
      });
    }
  }

  /** Waits for something to happen that has not happened yet, or has. */
  event(event: SessionEvent, withinMs?: number): Promise<void> {
    return this.until(event, () => this.events.includes(event), withinMs);
  }

  /** Leaves: of the customer, and of the agent who leads, the session ends. */
  async leave(reason?: string): Promise<void> {
    const path = this.#role === "customer" ? paths.customerLogout : paths.agentLogout;
    await ask(this.#server, "POST", path, { body: reason ? { reason } : {}, token: this.token });
  }

  /** Goes without a word, as a tab does that crashes. */
  vanish(): void {
    this.#socket.terminate();
  }

  /** Sends a command of the wire (`docs/protocol.md`). Rejects with CopaneError. */
  async command(t: string, more: object = {}): Promise<void> {
    const n = this.#next++;
    await this.until("the connection", () => this.#socket.readyState !== WebSocket.CONNECTING);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => settle(new Error(`${t} was not answered`)), ANSWER_MS);
      const open = this.#open;
      function settle(error?: Error): void {
        clearTimeout(timer);
        open.delete(n);
        if (error) reject(error);
        else resolve();
      }
      open.set(n, { resolve: () => settle(), reject: settle });
      this.#send({ t, n, ...more });
    });
  }

  protected sendFrame(bytes: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }

  protected abstract onMessage(message: ServerMessage): void;
  protected abstract onFrame(frame: Frame): void;

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #take(data: Buffer, binary: boolean): void {
    if (binary) {
      const frame = decodeFrame(new Uint8Array(data));
      if (frame) this.onFrame(frame);
    } else {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.t === "welcome" || message.t === "event") this.session = message.session;
      if (message.t === "event") this.events.push(message.event);
      if (message.t === "ok") this.#open.get(message.n)?.resolve();
      if (message.t === "error" && message.n !== undefined)
        this.#open.get(message.n)?.reject(new CopaneError(message.error));
      this.onMessage(message);
    }
    this.#wake();
  }

  #closed(): void {
    for (const { reject } of [...this.#open.values()]) reject(new Error("The connection is over."));
    this.#wake();
  }

  #wake(): void {
    for (const woken of [...this.#waiting]) woken();
  }
}
