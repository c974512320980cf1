import { decodeFrame, type Frame, PROTOCOL_VERSION, paths, type ServerMessage } from "@copane/protocol";
import SockJS from "sockjs-client";
import { WebSocket } from "ws";

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever came
  body: any;
  headers: Headers;
}

/** A request to the server at `base`. */
export async function call(
  base: string,
  method: string,
  path: string,
  { body, token, headers = {} }: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers };
}

/** A participant's socket with everything it received. */
export class Peer {
  readonly messages: ServerMessage[] = [];
  readonly frames: Uint8Array[] = [];
  closed: number | undefined;
  /** A WebSocket is open. */
  opened: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<() => void>();
  send: (data: string | Uint8Array) => void = () => {};
  end: () => void = () => {};

  static webSocket(base: string, role: "customer" | "agent", token?: string): Peer {
    const peer = new Peer();
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    const socket = new WebSocket(`${base.replace("http", "ws")}${path}/websocket`);
    peer.send = (data) => socket.send(data);
    peer.end = () => socket.terminate();
    peer.opened = new Promise((resolve) => {
      socket.on("open", () => {
        if (token) peer.hello(token);
        resolve();
      });
    });
    socket.on("message", (data: Buffer, binary) =>
      peer.#take(binary ? new Uint8Array(data) : data.toString()),
    );
    socket.on("close", (code) => peer.#close(code));
    socket.on("error", () => {});
    return peer;
  }

  static sockJs(base: string, role: "customer" | "agent", token: string, transport: string): Peer {
    const peer = new Peer();
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    const socket = new SockJS(base + path, null, { transports: [transport] });
    peer.send = (data) =>
      socket.send(typeof data === "string" ? data : `b${Buffer.from(data).toString("base64")}`);
    peer.end = () => socket.close();
    socket.onopen = () => peer.hello(token);
    socket.onmessage = ({ data }: { data: string }) =>
      peer.#take(data.startsWith("b") ? Buffer.from(data.slice(1), "base64") : data);
    socket.onclose = ({ code }: { code: number }) => peer.#close(code);
    return peer;
  }

  hello(token: string, page?: number): void {
    this.send(JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token, page }));
  }

  /** The frames received so far, read. */
  decoded(): Frame[] {
    return this.frames.flatMap((bytes) => decodeFrame(bytes) ?? []);
  }

  /** Their payloads. */
  payloads(): number[][] {
    return this.decoded().map(({ payload }) => [...payload]);
  }

  command(t: string, n = 1, args: object = {}): void {
    this.send(JSON.stringify({ t, n, ...args }));
  }

  async until<T>(look: () => T | undefined | false, withinMs = 5_000): Promise<T> {
    for (const end = Date.now() + withinMs; Date.now() < end; ) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        setTimeout(resolve, 50);
      });
    }
    throw new Error(`waited in vain; received ${JSON.stringify(this.messages)} closed ${this.closed}`);
  }

  message<T extends ServerMessage["t"]>(
    t: T,
    where: (m: Extract<ServerMessage, { t: T }>) => boolean = () => true,
  ) {
    return this.until(() =>
      this.messages.find((m): m is Extract<ServerMessage, { t: T }> => m.t === t && where(m as never)),
    );
  }

  event(event: string) {
    return this.message("event", (m) => m.event === event);
  }

  error(name: string) {
    return this.message("error", (m) => m.error.name === name);
  }

  #take(data: string | Uint8Array): void {
    if (typeof data === "string") this.messages.push(JSON.parse(data));
    else this.frames.push(data);
    this.#wake();
  }

  #close(code: number): void {
    this.closed = code;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
