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
import { expect, test } from "vitest";
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

test("a viewer gets the mirror from a keyframe on", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  const agent = new FakePeer();
  relay.enter(0, customer);
  relay.enter(1, agent);
  change(relay);
  expect(agent.frames).toHaveLength(0);
  keyframe(relay);
  change(relay);
  expect(agent.frames).toHaveLength(2);
});

test("the page hears of the first viewer, of more, and of those who go", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  const [first, second] = [new FakePeer(), new FakePeer()];
  relay.enter(0, customer);
  expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: false }]);
  relay.enter(1, first);
  expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
  relay.enter(2, second);
  expect(customer.take()).toEqual([{ t: "mirror.resync", viewer: 2 }]);
  relay.leave(1, first);
  expect(customer.take()).toEqual([{ t: "mirror.left", viewer: 1 }]);
  relay.leave(2, second);
  expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: false }]);
});

test("a page that comes after its viewers is asked for the mirror at once", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  relay.enter(1, new FakePeer());
  relay.enter(0, customer);
  expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
});

test("another page of the customer's begins with a keyframe for all", () => {
  const relay = new SessionRelay(MOST);
  const agent = new FakePeer();
  relay.enter(0, new FakePeer());
  relay.enter(1, agent);
  keyframe(relay);
  relay.enter(0, new FakePeer());
  change(relay);
  expect(agent.frames).toHaveLength(1);
  keyframe(relay);
  expect(agent.frames).toHaveLength(2);
});

test("a participant's new connection takes the place of the one before", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  const [before, after] = [new FakePeer(), new FakePeer()];
  relay.enter(0, customer);
  relay.enter(1, before);
  customer.take();
  relay.enter(1, after);
  expect(before.closed).toBe(SocketClose.replaced);
  expect(customer.take()).toEqual([{ t: "mirror.wanted", wanted: true }]);
  // The end of the old connection is heard late, and changes nothing.
  relay.leave(1, before);
  expect(customer.take()).toEqual([]);
  keyframe(relay);
  expect([before.frames.length, after.frames.length]).toEqual([0, 1]);
});

test("what agents send the customer carries their number, and a whisper never reaches it", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  const [sender, colleague] = [new FakePeer(), new FakePeer()];
  relay.enter(0, customer);
  relay.enter(1, sender);
  relay.enter(2, colleague);
  send(relay, "agent", 1, FrameType.chat, 77);
  expect(customer.frames.map((frame) => decodeFrame(frame)?.peer)).toEqual([1]);
  send(relay, "agent", 1, FrameType.whisper);
  expect(colleague.frames.map((frame) => decodeFrame(frame)?.peer)).toEqual([1]);
  expect([customer.frames.length, sender.frames.length]).toEqual([1, 0]);
});

test("a frame for one viewer reaches that one alone", () => {
  const relay = new SessionRelay(MOST);
  const [one, two] = [new FakePeer(), new FakePeer()];
  relay.enter(0, new FakePeer());
  relay.enter(1, one);
  relay.enter(2, two);
  send(relay, "customer", 0, FrameType.notice, 2);
  expect([one.frames.length, two.frames.length]).toEqual([0, 1]);
});

test("a viewer that does not keep up is cut off, and resynchronised once it has drained", async () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  const slow = new FakePeer();
  relay.enter(0, customer);
  relay.enter(1, slow);
  keyframe(relay);
  customer.take();
  slow.buffered = MOST + 1;
  change(relay);
  keyframe(relay);
  expect(slow.frames).toHaveLength(1);
  slow.buffered = 0;
  await expect.poll(() => customer.messages).toEqual([{ t: "mirror.resync", viewer: 1 }]);
  change(relay);
  expect(slow.frames).toHaveLength(1);
  keyframe(relay);
  expect(slow.frames).toHaveLength(2);
  relay.close();
});

test("a customer who does not keep up is cut off", () => {
  const relay = new SessionRelay(MOST);
  const customer = new FakePeer();
  relay.enter(0, customer);
  relay.enter(1, new FakePeer());
  customer.buffered = MOST + 1;
  send(relay, "agent", 1, FrameType.chat);
  expect(customer.closed).toBe(SocketClose.overloaded);
  expect(customer.frames).toHaveLength(0);
});
