import { PROTOCOL_VERSION, paths, type Role, type Ticket } from "@copane/protocol";
import { WebSocket } from "ws";
import { signInCode } from "../support/stack.ts";

/** What nobody catches in this process, the server's too, is noted. Gives what ends that. */
export function noteUncaught(through: string[]): () => void {
  const note = (error: unknown) => through.push(`uncaught: ${error instanceof Error ? error.stack : error}`);
  const events = ["uncaughtException", "unhandledRejection"];
  for (const event of events) process.on(event, note);
  return () => {
    for (const event of events) process.off(event, note);
  };
}

export interface Answer {
  status: number;
  name: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: attacks read whatever came
  body: any;
}

export interface Ask {
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
}

/** A request to the server, answered with its status and the name of its error. */
export async function ask(
  server: string,
  method: string,
  path: string,
  { body, token, headers }: Ask = {},
): Promise<Answer> {
  const answer = await fetch(server + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  let read: { error?: { name?: string } } = {};
  try {
    read = JSON.parse(text);
  } catch {
    // Not every answer is JSON.
  }
  return { status: answer.status, name: read.error?.name, body: read };
}

export async function signIn(server: string, headers: Record<string, string> = {}): Promise<string> {
  const body = { name: "Robin", code: signInCode };
  return (await ask(server, "POST", paths.agentSignIn, { body, headers })).body.token;
}

export async function startSession(server: string, headers: Record<string, string> = {}): Promise<Ticket> {
  return (await ask(server, "POST", paths.customerRequest, { body: { name: "Ada" }, headers })).body;
}

/** A session with both in it: their tickets. */
export async function startBoth(server: string): Promise<Record<Role, Ticket>> {
  const customer = await startSession(server);
  const body = { name: "Robin", passphrase: customer.passphrase };
  const agent = await ask(server, "POST", paths.agentLiveJoin, { body, token: await signIn(server) });
  return { customer, agent: agent.body };
}

export const hello = (token: string): string =>
  JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token });

/** A socket of a participant. `seen` has the names of what came as text. */
export class Line {
  readonly seen: string[] = [];
  frames = 0;
  closed: number | undefined;
  readonly #socket: WebSocket;
  readonly opened: Promise<boolean>;
  readonly ended: Promise<number>;

  constructor(server: string, role: Role, headers: Record<string, string> = {}) {
    const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
    this.#socket = new WebSocket(`${server.replace("http", "ws")}${path}/websocket`, { headers });
    this.opened = new Promise((resolve) => {
      this.#socket.on("open", () => resolve(true));
      this.#socket.on("error", () => resolve(false));
    });
    this.ended = new Promise((resolve) => {
      this.#socket.on("close", (code) => {
        this.closed = code;
        resolve(code);
      });
    });
    this.#socket.on("message", (data: Buffer, binary) => {
      if (binary) this.frames++;
      else this.seen.push((JSON.parse(data.toString()) as { t: string }).t);
    });
  }

  /** Sends, and waits once much is queued. */
  async send(data: string | Uint8Array): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data);
    while (this.#socket.readyState === WebSocket.OPEN && this.#socket.bufferedAmount > 1_000_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Whether something came before the time was over, in milliseconds. */
  async comes(name: string, within = 5_000): Promise<boolean> {
    for (const end = Date.now() + within; Date.now() < end && this.closed === undefined; ) {
      if (this.seen.includes(name)) return true;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.seen.includes(name);
  }

  end(): void {
    this.#socket.terminate();
  }
}

/** Whether an honest pair can still begin, connect and be welcomed; says what went wrong. */
export async function honestPair(server: string): Promise<string | undefined> {
  const both = await startBoth(server);
  if (!both.customer.token || !both.agent.token) return `an honest pair is refused: ${JSON.stringify(both)}`;
  const lines = (["customer", "agent"] as const).map((role) => {
    const line = new Line(server, role);
    void line.opened.then(() => line.send(hello(both[role].token)));
    return line;
  });
  const welcomed = await Promise.all(lines.map((line) => line.comes("welcome", 10_000)));
  for (const line of lines) line.end();
  return welcomed.every(Boolean) ? undefined : "an honest pair is not welcomed";
}

/** Numbers that are the same each time, from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
