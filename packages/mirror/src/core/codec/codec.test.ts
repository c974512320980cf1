import { MalformedFrameError } from "@copane/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFeedback, encodeFeedback, type Feedback } from "../flow/feedback.ts";
import * as Item from "./item.ts";
import { RareWriter } from "./rare-writer.ts";
import { MirrorReader, type MirrorVisitor } from "./reader.ts";
import { Asset } from "./types.ts";
import { MirrorWriter } from "./writer.ts";

type Call = [name: string, ...args: unknown[]];

/** Records every call of a visitor or a writer as data. */
function recorder(): { visitor: MirrorVisitor; calls: Call[] } {
  const calls: Call[] = [];
  const visitor = new Proxy({} as MirrorVisitor, {
    get:
      (_target, name: string) =>
      (...args: unknown[]) => {
        calls.push([name, ...args]);
      },
  });
  return { visitor, calls };
}

const id = fc.integer({ min: 1, max: 1_000_000 });
const pixels = fc.integer({ min: -100_000, max: 100_000 });
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constant("\uFEFFmarked"),
  fc.constant("x".repeat(41)),
);
const cents = fc.integer({ min: -1_000, max: 1_000 }).map((n) => (n === 0 ? 0 : n / 100));

const font = fc.record({ family: text, style: text, weight: text, stretch: text, unicodeRange: text });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

const operation: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(fc.constant("remove"), id),
  fc.tuple(fc.constant("setAttribute"), id, text, text),
  fc.tuple(fc.constant("removeAttribute"), id, text),
  fc.tuple(fc.constant("text"), id, text),
  fc.tuple(fc.constant("knownText"), id, fc.oneof(hash, fc.constant(""))),
  fc.tuple(fc.constant("value"), id, text),
  fc.tuple(fc.constant("checked"), id, fc.boolean(), fc.boolean()),
  fc.tuple(fc.constant("selected"), id, fc.array(fc.nat())),
  fc.tuple(fc.constant("scroll"), id, pixels, pixels),
  fc.tuple(fc.constant("viewport"), fc.nat(), fc.nat(), fc.nat()),
  fc.tuple(fc.constant("cursor"), pixels, pixels),
  fc.tuple(fc.constant("pseudo"), fc.integer({ min: 1, max: 5 }), id),
  fc.tuple(fc.constant("selection"), id, fc.nat(), id, fc.nat()),
  fc.tuple(fc.constant("page"), text, text, text),
  fc.tuple(fc.constant("sheetText"), id, text),
  fc.tuple(fc.constant("sheetInsert"), id, fc.nat(), text),
  fc.tuple(fc.constant("sheetDelete"), id, fc.nat()),
  fc.tuple(fc.constant("sheetState"), id, fc.boolean(), text),
  fc.tuple(fc.constant("adopt"), id, fc.array(id)),
  fc.tuple(fc.constant("image"), id, fc.nat(), fc.nat(), text, fc.uint8Array()),
  fc.tuple(
    fc.constant("pixels"),
    id,
    fc.record({
      width: fc.nat(),
      height: fc.nat(),
      left: fc.nat(),
      top: fc.nat(),
      partWidth: fc.nat(),
      partHeight: fc.nat(),
      over: fc.boolean(),
      bytes: fc.uint8Array(),
    }),
  ),
  fc.tuple(fc.constant("topLayer"), id, fc.integer({ min: 0, max: 3 })),
  fc.tuple(fc.constant("font"), fc.array(font, { maxLength: 3 }), fc.uint8Array()),
  fc.tuple(fc.constant("knownFont"), fc.array(font, { maxLength: 3 }), hash),
  fc.tuple(fc.constant("ready")),
  fc.tuple(fc.constant("environment"), fc.integer({ min: 0, max: 4095 })),
  fc.tuple(fc.constant("controlState"), id, fc.integer({ min: 0, max: 15 })),
  fc.tuple(fc.constant("define"), text),
  fc.tuple(fc.constant("sheetAside"), id, text),
  fc.tuple(fc.constant("asset"), id, fc.integer({ min: 1, max: 4 }), text, fc.boolean(), fc.uint8Array()),
  fc.tuple(
    fc.constant("media"),
    id,
    fc.record({
      paused: fc.boolean(),
      muted: fc.boolean(),
      loop: fc.boolean(),
      positionMs: fc.nat(),
      rate: cents,
      volume: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
    }),
  ),
  fc.tuple(fc.constant("animation"), id, fc.nat(), fc.integer({ min: 0, max: 3 }), pixels, cents, text),
  fc.tuple(fc.constant("states"), id, fc.array(text)),
  fc.tuple(fc.constant("fidelity"), fc.nat(), fc.nat()),
  fc.tuple(fc.constant("compare"), id),
  fc.tuple(
    fc.constant("frame"),
    id,
    fc.integer({ min: 1, max: 127 }),
    fc.record({
      flags: fc.nat(7),
      page: fc.nat(),
      epoch: fc.nat(),
      seq: fc.nat(),
      payload: fc.uint8Array(),
    }),
  ),
);

function write(writer: MirrorWriter, calls: readonly Call[]): Uint8Array {
  const rare = new RareWriter(writer);
  writer.beginFrame();
  for (const [name, ...args] of calls) {
    const owner = (name in writer ? writer : rare) as unknown as Record<string, (...args: unknown[]) => void>;
    owner[name]?.(...args);
  }
  return writer.endFrame();
}

test("every operation is read as it was written, over several frames with shared strings", () => {
  fc.assert(
    fc.property(fc.array(fc.array(operation, { maxLength: 20 }), { maxLength: 4 }), (frames) => {
      const writer = new MirrorWriter();
      const reader = new MirrorReader();
      for (const calls of frames) {
        const read = recorder();
        const payload = write(writer, calls);
        reader.read(payload, read.visitor);
        expect(read.calls).toEqual(calls);
      }
    }),
  );
});

test("a placed subtree is read back with its ids, attributes and text", () => {
  const writer = new MirrorWriter();
  writer.beginFrame();
  writer.startPlace(1, 0);
  writer.element(Item.html, 2, "ul", ["class", "list"], true);
  writer.element(Item.html, 3, "li", ["class", "list", "id", "a"], "one");
  writer.element(Item.html, 9, "my-card", [], true);
  writer.shadowRoot(10);
  writer.textNode(11, "inside");
  writer.end();
  writer.end();
  writer.move(40);
  writer.end();
  writer.end();
  const read = recorder();
  new MirrorReader().read(writer.endFrame(), read.visitor);
  expect(read.calls).toEqual([
    ["startPlace", 1, 0],
    ["element", Item.html, 2, "ul", ["class", "list"], true],
    ["element", Item.html, 3, "li", ["class", "list", "id", "a"], true],
    ["textNode", 4, "one"],
    ["end"],
    ["element", Item.html, 9, "my-card", [], true],
    ["shadowRoot", 10],
    ["textNode", 11, "inside"],
    ["end"],
    ["end"],
    ["move", 40],
    ["end"],
    ["end"],
  ]);
});

test("a repeated string crosses the wire once", () => {
  const writer = new MirrorWriter();
  const name = "a-rather-long-class-name another-rather-long-class-name";
  const once = write(writer, [["setAttribute", 5, "class", name]]).length;
  const again = write(writer, [["setAttribute", 5, "class", name]]).length;
  expect(once).toBeGreaterThan(name.length);
  expect(again).toBeLessThan(10);
});

test("feedback is read as it was written", () => {
  const asset = fc.constantFrom(...Object.values(Asset));
  const feedback: fc.Arbitrary<Feedback> = fc.oneof(
    fc.record({
      kind: fc.constant("fonts" as const),
      wanted: fc.array(fc.record({ key: font, has: fc.array(hash, { maxLength: 4 }) }), { maxLength: 5 }),
    }),
    fc.record({ kind: fc.constant("assets" as const), wanted: fc.array(fc.record({ id, asset })) }),
    fc.record({
      kind: fc.constant("check" as const),
      epoch: fc.nat(),
      seq: fc.nat(),
      parts: fc.array(fc.record({ id, deep: fc.boolean(), hash: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }), {
        maxLength: 20,
      }),
    }),
    fc.record({
      kind: fc.constant("frame" as const),
      number: fc.integer({ min: 1, max: 127 }),
      payload: fc.uint8Array(),
    }),
  );
  fc.assert(
    fc.property(feedback, (given) => {
      expect(decodeFeedback(encodeFeedback(given))).toEqual(given);
    }),
  );
});

test("random bytes are refused as malformed or read, and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        new MirrorReader().read(bytes, recorder().visitor);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrameError);
      }
    }),
    { numRuns: 2_000 },
  );
});
