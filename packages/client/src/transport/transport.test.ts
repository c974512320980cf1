import {
  decodeFrame,
  encodeFrame,
  FrameType,
  frameRows,
  type Role,
  type SessionView,
} from "@copane/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Transport } from "./transport.ts";

/** A socket whose other end is the test. */
class FakeSocket {
  static all: FakeSocket[] = [];
  readonly sent: (string | Uint8Array)[] = [];
  readonly extensions = "";
  readonly bufferedAmount = 0;
  onopen = () => {};
  onmessage = (_event: { data: string | ArrayBuffer }) => {};
  onclose = (_event: { code: number }) => {};

  constructor() {
    FakeSocket.all.push(this);
  }

  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }

  close(): void {}

  /** Opens, and welcomes the participant. */
  welcome(page?: number): void {
    this.onopen();
    const session: Partial<SessionView> = { id: "s" };
    this.onmessage({ data: JSON.stringify({ t: "welcome", version: 2, you: 0, page, session }) });
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.onmessage({ data: bytes.buffer });
  }

  get hello(): { page?: number } {
    return JSON.parse(this.sent[0] as string);
  }

  get frames() {
    return this.sent.flatMap((data) => (typeof data === "string" ? [] : (decodeFrame(data) ?? [])));
  }
}

let open: Transport[] = [];
beforeEach(() => {
  FakeSocket.all = [];
  open = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  for (const transport of open) transport.close();
  vi.unstubAllGlobals();
});

async function connect(role: Role): Promise<Transport> {
  const reconnect = { delayMs: () => 0 };
  const transport = new Transport({ server: "http://site.test", role, token: "t", reconnect });
  open.push(transport);
  transport.connect();
  await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  return transport;
}
const socket = () => FakeSocket.all.at(-1) as FakeSocket;

test.each(["customer", "agent"] as const)(
  "a %s sends the types that are its own, and no others",
  async (role) => {
    const transport = await connect(role);
    socket().welcome(role === "customer" ? 1 : undefined);
    for (const { type, from } of frameRows)
      expect([type, transport.sendFrame({ type }, new Uint8Array())]).toEqual([
        type,
        from[role] !== undefined,
      ]);
    const own = frameRows.filter(({ from }) => from[role]).map(({ type }) => type);
    expect(socket().frames.map(({ type }) => type)).toEqual(own);
  },
);

test("a page keeps the number it was given when its connection is lost, and its frames carry it", async () => {
  const transport = await connect("customer");
  socket().welcome(7);
  expect(socket().hello.page).toBeUndefined();
  transport.sendFrame({ type: FrameType.mirror, epoch: 2, seq: 3 }, new Uint8Array([1]));
  expect(socket().frames).toMatchObject([{ page: 7, epoch: 2, seq: 3 }]);
  socket().onclose({ code: 1006 });
  await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(2));
  socket().onopen();
  expect(socket().hello.page).toBe(7);
});

test("what is meant for another page of the session does not reach this one", async () => {
  const transport = await connect("customer");
  const heard: number[] = [];
  transport.on("frame", ({ page }) => heard.push(page));
  socket().welcome(7);
  for (const page of [6, 7, 8, 0]) socket().receive(encodeFrame({ type: FrameType.input, page }));
  expect(heard).toEqual([7, 0]);
});

test("an agent hears of every page", async () => {
  const transport = await connect("agent");
  const heard: number[] = [];
  transport.on("frame", ({ page }) => heard.push(page));
  socket().welcome();
  for (const page of [1, 2]) socket().receive(encodeFrame({ type: FrameType.mirror, page, epoch: 1 }));
  expect(heard).toEqual([1, 2]);
});

test("bytes that are no frame are nothing", async () => {
  const transport = await connect("agent");
  const heard: number[] = [];
  transport.on("frame", ({ type }) => heard.push(type));
  socket().welcome();
  socket().receive(new Uint8Array([1, 0, 0, 0x80]));
  socket().receive(encodeFrame({ type: FrameType.mirror }));
  expect(heard).toEqual([FrameType.mirror]);
});

test("a line on which nothing comes is said to be silent, then given up and made anew", async () => {
  vi.useFakeTimers();
  try {
    const states: string[] = [];
    const transport = new Transport({ server: "http://site.test", role: "agent", token: "t" });
    open.push(transport);
    transport.on("state", (state) => states.push(state));
    transport.connect();
    socket().welcome();
    vi.advanceTimersByTime(4_900);
    expect(states).toEqual(["connecting", "connected", "silent"]);
    socket().onmessage({ data: '{"t":"pong"}' });
    expect(states.at(-1)).toBe("connected");
    vi.advanceTimersByTime(20_000);
    expect(states.slice(-2)).toEqual(["silent", "reconnecting"]);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
    const [first] = FakeSocket.all;
    const { length } = states;
    // What the old line says at last is not about this one.
    first?.onclose({ code: 4000 });
    first?.onmessage({ data: '{"t":"pong"}' });
    expect(states).toHaveLength(length);
  } finally {
    vi.useRealTimers();
  }
});
