import {
  decodeFrame,
  encodeFrame,
  FrameFlag,
  type FrameRoute,
  type FrameRow,
  FrameType,
  frameTable,
  type Role,
  type ServerMessage,
  SocketClose,
} from "@copane/protocol";
import { describe, expect, test } from "vitest";
import { MemoryBus } from "./memory-bus.ts";
import type { Peer } from "./peer.ts";
import { SessionRelay } from "./session-relay.ts";

const MOST = 1_000;

/** A peer that keeps what it is sent. */
class FakePeer implements Peer {
  buffered = 0;
  readonly messages: ServerMessage[] = [];
  readonly frames: Uint8Array[] = [];
  closed: number | undefined;

  send(message: ServerMessage): void {
    this.messages.push(message);
  }

  sendFrame(frame: Uint8Array): void {
    this.frames.push(frame);
  }

  close(code: SocketClose): void {
    this.closed = code;
  }

  /** What it was told since it was asked last. */
  take(): ServerMessage[] {
    return this.messages.splice(0);
  }
}

const table = frameTable();

/** Sends a frame on, as a connection does that has found it in the table. */
function send(relay: SessionRelay, role: Role, sender: number, type: number, peer = 0, flags = 0): void {
  const bytes = encodeFrame({ type, peer, flags, page: 1, epoch: 1 });
  const header = decodeFrame(bytes);
  const row = table.get(type) as FrameRow;
  const { to } = row.from[role] as FrameRoute;
  if (header) relay.relay({ bytes, header, row, to }, sender);
}
const keyframe = (relay: SessionRelay) => send(relay, "customer", 0, FrameType.mirror, 0, FrameFlag.keyframe);
const change = (relay: SessionRelay) => send(relay, "customer", 0, FrameType.mirror);

/** A session's relay at each of so many servers. */
function servers(count: number): SessionRelay[] {
  const bus = new MemoryBus();
  return Array.from({ length: count }, () => new SessionRelay("s", bus, MOST));
}

/** A relay for the customer, and two for agents: the same one, or three. */
function three(apart: boolean): [SessionRelay, SessionRelay, SessionRelay] {
  const [one, two, last] = servers(apart ? 3 : 1) as [SessionRelay, SessionRelay?, SessionRelay?];
  return [one, two ?? one, last ?? one];
}

// The rules hold wherever the peers are connected.
describe.each([
  ["all at one server", false],
  ["each at another server", true],
])("peers %s", (_where, apart) => {
  test("a viewer gets the mirror from a keyframe on", () => {
    const [home, desk] = three(apart);
    const customer = new FakePeer();
    const agent = new FakePeer();
    home.enter(0, customer);
    desk.enter(1, agent);
    change(home);
    expect(agent.frames).toHaveLength(0);
    keyframe(home);
    change(home);
    expect(agent.frames).toHaveLength(2);
  });

  test("the page hears of the first viewer, of more, and of those who go", () => {
    const [home, desk, other] = three(apart);
    const customer = new FakePeer();
    const [first, second] = [new FakePeer(), new FakePeer()];
    home.enter(0, customer);
    expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: false }]);
    desk.enter(1, first);
    expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
    other.enter(2, second);
    expect(customer.take()).toEqual([{ t: "mirror.resync", viewer: 2 }]);
    desk.leave(1, first);
    expect(customer.take()).toEqual([{ t: "mirror.left", viewer: 1 }]);
    other.leave(2, second);
    expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: false }]);
  });

  test("a page that comes after its viewers is asked for the mirror at once", () => {
    const [home, desk] = three(apart);
    const customer = new FakePeer();
    desk.enter(1, new FakePeer());
    home.enter(0, customer);
    expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
  });

  test("another page of the customer's begins with a keyframe for all", () => {
    const [home, desk, other] = three(apart);
    const agent = new FakePeer();
    home.enter(0, new FakePeer());
    desk.enter(1, agent);
    keyframe(home);
    other.enter(0, new FakePeer());
    change(other);
    expect(agent.frames).toHaveLength(1);
    keyframe(other);
    expect(agent.frames).toHaveLength(2);
  });

  test("a participant's new connection takes the place of the one before", () => {
    const [home, desk, other] = three(apart);
    const customer = new FakePeer();
    const [before, after] = [new FakePeer(), new FakePeer()];
    home.enter(0, customer);
    desk.enter(1, before);
    customer.take();
    other.enter(1, after);
    expect(before.closed).toBe(SocketClose.replaced);
    expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
    // The end of the old connection is heard late, and changes nothing.
    desk.leave(1, before);
    expect(customer.take()).toEqual([]);
    keyframe(home);
    expect([before.frames.length, after.frames.length]).toEqual([0, 1]);
  });

  test("what agents send the customer carries their number, and a whisper never reaches it", () => {
    const [home, desk, other] = three(apart);
    const customer = new FakePeer();
    const [sender, colleague] = [new FakePeer(), new FakePeer()];
    home.enter(0, customer);
    desk.enter(1, sender);
    other.enter(2, colleague);
    send(desk, "agent", 1, FrameType.chat, 77);
    expect(customer.frames.map((frame) => decodeFrame(frame)?.peer)).toEqual([1]);
    send(desk, "agent", 1, FrameType.whisper);
    expect(colleague.frames.map((frame) => decodeFrame(frame)?.peer)).toEqual([1]);
    expect([customer.frames.length, sender.frames.length]).toEqual([1, 0]);
  });

  test("a frame for one viewer reaches that one alone", () => {
    const [home, desk, other] = three(apart);
    const [one, two] = [new FakePeer(), new FakePeer()];
    home.enter(0, new FakePeer());
    desk.enter(1, one);
    other.enter(2, two);
    send(home, "customer", 0, FrameType.notice, 2);
    expect([one.frames.length, two.frames.length]).toEqual([0, 1]);
  });

  test("a viewer that does not keep up is cut off, and resynchronised once it has drained", async () => {
    const [home, desk] = three(apart);
    const customer = new FakePeer();
    const slow = new FakePeer();
    home.enter(0, customer);
    desk.enter(1, slow);
    keyframe(home);
    customer.take();
    slow.buffered = MOST + 1;
    change(home);
    keyframe(home);
    expect(slow.frames).toHaveLength(1);
    slow.buffered = 0;
    await expect.poll(() => customer.messages).toEqual([{ t: "mirror.resync", viewer: 1 }]);
    change(home);
    expect(slow.frames).toHaveLength(1);
    keyframe(home);
    expect(slow.frames).toHaveLength(2);
    desk.close();
  });

  test("a customer who does not keep up is cut off", () => {
    const [home, desk] = three(apart);
    const customer = new FakePeer();
    home.enter(0, customer);
    desk.enter(1, new FakePeer());
    customer.buffered = MOST + 1;
    send(desk, "agent", 1, FrameType.chat);
    expect(customer.closed).toBe(SocketClose.overloaded);
    expect(customer.frames).toHaveLength(0);
  });
});

test("where all are at one server, nothing crosses the bus but who is there", () => {
  const bus = new MemoryBus();
  const crossed: string[] = [];
  bus.open("s", ({ t }) => crossed.push(t));
  const relay = new SessionRelay("s", bus, MOST);
  relay.enter(0, new FakePeer());
  relay.enter(1, new FakePeer());
  keyframe(relay);
  send(relay, "agent", 1, FrameType.chat);
  expect(crossed).toEqual(["who", "came", "came"]);
});
