import {
  CUSTOMER_NUMBER,
  encodeFrame,
  FrameFlag,
  type FrameRow,
  FrameType,
  frameRows,
  limits,
  SocketClose,
} from "@copane/protocol";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { FakeSession, type Line } from "../testing/line.ts";

/** Frames of the fuzz; more of them by hand. */
const FUZZED = Number(process.env.COPANE_FUZZ_FRAMES ?? 10_000);

const page = 1;
const keyframe = () =>
  encodeFrame({ type: FrameType.mirror, flags: FrameFlag.keyframe, page, epoch: 1 }, new Uint8Array([7]));
const types = ({ link }: Line) => link.frames.map(({ type }) => type);

let now = 0;
beforeEach(() => {
  now = 1_000_000;
  vi.spyOn(Date, "now").mockImplementation(() => now);
});

test("who connects again while nobody else is there is found by who comes later", async () => {
  const session = new FakeSession();
  const before = await session.connect(CUSTOMER_NUMBER);
  const customer = await session.connect(CUSTOMER_NUMBER);
  expect(before.link.closed).toBe(SocketClose.replaced);
  const agent = await session.connect(1);
  const frame = { type: FrameType.mirror, flags: FrameFlag.keyframe, page: 2, epoch: 1 };
  customer.connection.frame(encodeFrame(frame, new Uint8Array([7])));
  expect(types(agent)).toEqual([FrameType.mirror]);
});

describe("a new type of frame", () => {
  const gesture = 200;
  const row: FrameRow = {
    name: "gesture",
    type: gesture,
    from: {
      customer: { to: "viewers", needs: "show", whilePaused: "drop" },
      agent: { to: "customer", needs: "point", whilePaused: "refuse" },
    },
    most: 4,
    rate: "live",
    activity: true,
    waitsForKeyframe: true,
  };
  const made = (payload = [1], peer = 0, flags = 0) =>
    encodeFrame({ type: gesture, peer, flags, page }, new Uint8Array(payload));
  const open = async () => {
    const session = new FakeSession([...frameRows, row]);
    return { session, customer: await session.connect(CUSTOMER_NUMBER), agent: await session.connect(1) };
  };

  test("is one row: it is relayed to whom the row says, with the sender's number", async () => {
    const { customer, agent } = await open();
    agent.connection.frame(made([1], 77));
    expect(customer.link.frames).toMatchObject([{ type: gesture, peer: 1, page }]);
    customer.connection.frame(made([2], 1, FrameFlag.keyframe));
    expect(agent.link.frames.map(({ payload }) => [...payload])).toEqual([[2]]);
  });

  test("is bound by the row's permission, its pause, its size and the keyframe", async () => {
    const { session, customer, agent } = await open();
    customer.connection.frame(made());
    expect(agent.link.frames).toEqual([]);
    agent.connection.frame(made([1, 2, 3, 4, 5]));
    expect(agent.link.error).toBe("FRAME_TOO_LARGE");
    session.does({ t: "session.pause", by: CUSTOMER_NUMBER });
    agent.connection.frame(made());
    expect(agent.link.error).toBe("SESSION_PAUSED");
    customer.connection.frame(made([2], 0, FrameFlag.keyframe));
    expect([...customer.link.frames, ...agent.link.frames]).toEqual([]);
    expect([customer.link.closed, agent.link.closed]).toEqual([undefined, undefined]);
  });

  test("is refused by a server whose table does not have it", async () => {
    const session = new FakeSession();
    const agent = await session.connect(1);
    agent.connection.frame(made());
    expect(agent.link.closed).toBe(SocketClose.protocolError);
  });
});

describe("each type of the table", () => {
  const everyone = frameRows.flatMap((row) => [["customer", row] as const, ["agent", row] as const]);

  test.each(everyone)("from a %s: $name goes where its row says, or closes the socket", async (role, row) => {
    const session = new FakeSession();
    const customer = await session.connect(CUSTOMER_NUMBER);
    const agent = await session.connect(1);
    session.does({ t: "invite.create", by: 1, key: "1", part: "agent", silent: false });
    session.does({ t: "invite.join", key: "1", name: "Robin", agentId: "r" });
    const colleague = await session.connect(2);
    session.does({ t: "control.request", by: 1 });
    session.does({ t: "control.grant", by: CUSTOMER_NUMBER });
    const sender = role === "customer" ? customer : agent;
    const flags = row.waitsForKeyframe ? FrameFlag.keyframe : 0;
    sender.connection.frame(encodeFrame({ type: row.type, flags, page }, new Uint8Array(row.most && 1)));
    // What is an act of the rules goes on once it is stored.
    await new Promise(setImmediate);
    const to = row.from[role]?.to;
    expect(sender.link.closed).toBe(to ? undefined : SocketClose.protocolError);
    expect(types(customer)).toEqual(to === "customer" ? [row.type] : []);
    expect(types(agent)).toEqual(to === "viewers" ? [row.type] : []);
    expect(types(colleague)).toEqual(to === "viewers" || to === "agents" ? [row.type] : []);
  });

  test.each(frameRows)(
    "$name may be as large as its row says, and no larger",
    async ({ type, most, from }) => {
      const session = new FakeSession();
      const sender = await session.connect(from.customer ? CUSTOMER_NUMBER : 1);
      if (!from.customer) await session.connect(CUSTOMER_NUMBER);
      session.does({ t: "control.request", by: 1 });
      session.does({ t: "control.grant", by: CUSTOMER_NUMBER });
      sender.connection.frame(encodeFrame({ type, page }, new Uint8Array(most)));
      expect(sender.link.error).toBeUndefined();
      sender.connection.frame(encodeFrame({ type, page }, new Uint8Array(most + 1)));
      expect(sender.link.error).toBe("FRAME_TOO_LARGE");
    },
  );

  test("talk keeps to the pace of people, and nothing else does", async () => {
    for (const { type, rate, from, most } of frameRows) {
      if (!from.agent || type === FrameType.propose) continue;
      const agent = await new FakeSession().connect(1);
      for (let i = 0; i < 30; i++)
        agent.connection.frame(encodeFrame({ type, page }, new Uint8Array(most && 1)));
      expect([
        type,
        agent.link.messages.some((m) => m.t === "error" && m.error.name === "RATE_LIMITED"),
      ]).toEqual([type, rate === "talk"]);
    }
  });
});

test("a viewer who does not keep up is cut off from the stream alone, until a keyframe", async () => {
  const session = new FakeSession();
  const customer = await session.connect(CUSTOMER_NUMBER);
  const agent = await session.connect(1);
  customer.connection.frame(keyframe());
  agent.link.buffered = 5_000;
  const change = () => encodeFrame({ type: FrameType.mirror, page, epoch: 1, seq: 1 }, new Uint8Array([8]));
  customer.connection.frame(change());
  agent.link.buffered = 0;
  customer.connection.frame(change());
  customer.connection.frame(encodeFrame({ type: FrameType.chat, page }, new Uint8Array([1])));
  expect(types(agent)).toEqual([FrameType.mirror, FrameType.chat]);
});

test("whatever bytes come as frames, the server lives and its other participants are served", async () => {
  const session = new FakeSession();
  const open = { customer: await session.connect(CUSTOMER_NUMBER), agent: await session.connect(1) };
  const number = fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const framed = fc
    .record({
      header: fc.record({
        type: fc.oneof(fc.constantFrom(...frameRows.map(({ type }) => type)), fc.nat(255)),
        peer: fc.nat(255),
        flags: fc.nat(255),
        page: number,
        epoch: number,
        seq: number,
      }),
      payload: fc.uint8Array({ maxLength: 40 }),
    })
    .map(({ header, payload }) => encodeFrame(header, payload));
  const mutated = fc
    .tuple(framed, fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 4 }), fc.nat(60))
    .map(([bytes, changes, end]) => {
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes.subarray(0, end);
    });
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), framed, mutated);
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("customer" as const, "agent" as const), bytes, async (role, frame) => {
      now += 20;
      open[role].connection.frame(Buffer.from(frame));
      if (open[role].link.closed === undefined) return;
      opened++;
      open[role] = await session.connect(role === "customer" ? CUSTOMER_NUMBER : 1);
    }),
    { numRuns: FUZZED },
  );
  expect(opened).toBeGreaterThan(FUZZED / 20);
  const customer = await session.connect(CUSTOMER_NUMBER);
  const { agent } = open;
  agent.link.frames.length = 0;
  const honest = {
    type: FrameType.mirror,
    flags: FrameFlag.keyframe,
    page: session.record.nextPage - 1,
    epoch: 1,
  };
  customer.connection.frame(encodeFrame(honest, new Uint8Array(100)));
  expect(agent.link.frames).toMatchObject([honest]);
});

test("a frame beyond all limits closes its socket", async () => {
  const agent = await new FakeSession().connect(1);
  agent.connection.frame(new Uint8Array(limits.frameBytes + 100));
  expect(agent.link.closed).toBe(SocketClose.tooLarge);
});
