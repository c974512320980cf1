import { MalformedFrameError } from "@copane/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  asksForMarks,
  clickMark,
  decodeMarks,
  encodeClick,
  encodeMarks,
  type Mark,
  type MarkGroup,
  type MarkMessage,
  markKinds,
  markLimits,
  NO_MARKS,
} from "./wire.ts";

const id = fc.integer({ min: 1, max: 2 ** 31 });
const owner = fc.integer({ min: 0, max: 8 });
const points = fc
  .array(
    fc.tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: -(2 ** 24), max: 2 ** 24 })),
    {
      maxLength: 40,
    },
  )
  .map((pairs) => pairs.flat());
const group = fc.constantFrom<MarkGroup>("annotations", "markers", "highlights");

const mark: fc.Arbitrary<Mark> = fc
  .record({
    kind: fc.constantFrom(...markKinds),
    owner,
    key: id,
    color: fc.integer({ min: 0, max: 0xffffff }),
    fadeMs: fc.integer({ min: 0, max: markLimits.fadeMs }),
    anchor: id,
    width: fc.integer({ min: 0, max: markLimits.width }),
    points,
    text: fc.string({ unit: "grapheme", maxLength: 20 }),
    start: fc.nat(),
    endAnchor: id,
    end: fc.nat(),
  })
  .map((full) => {
    // Each kind carries only what it means.
    const bare = { width: 0, points: [], text: "", start: 0, endAnchor: 0, end: 0 };
    const { start, endAnchor, end, width, points: stroke, text, ...rest } = full;
    if (full.kind === "element") return { ...rest, ...bare };
    if (full.kind === "marker" || full.kind === "selection")
      return { ...rest, ...bare, start, endAnchor, end };
    return { ...rest, ...bare, width, points: stroke, text };
  });

const message: fc.Arbitrary<MarkMessage> = fc.oneof(
  mark.map((one) => ({ op: "put" as const, mark: one })),
  fc.record({ op: fc.constant("extend" as const), owner, key: id, points }),
  fc.record({ op: fc.constant("remove" as const), owner, key: id }),
  fc.record({ op: fc.constant("clear" as const), owner, group }),
  fc.record({ op: fc.constant("set" as const), marks: fc.array(mark, { maxLength: 5 }) }),
  fc.constant({ op: "want" as const }),
  fc.record({ op: fc.constant("refuse" as const), key: id }),
);

test("every message about marks is read as it was written", () => {
  fc.assert(
    fc.property(message, (sent) => {
      expect(decodeMarks(encodeMarks(sent))).toEqual(sent);
    }),
  );
});

test("random bytes are refused as malformed or read, and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      try {
        decodeMarks(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrameError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each<[string, Partial<Mark>]>([
  ["points", { points: Array.from({ length: markLimits.points * 2 + 2 }, () => 1) }],
  ["text", { kind: "text", text: "x".repeat(markLimits.text + 1) }],
  ["width", { width: markLimits.width + 1 }],
  ["fading", { fadeMs: markLimits.fadeMs + 1 }],
  ["colour", { color: 0x1_00_00_00 }],
])("a mark beyond the limit of its %s is refused", (_name, beyond) => {
  const plain: Mark = {
    kind: "freehand",
    owner: 1,
    key: 1,
    color: 0xff0000,
    fadeMs: 0,
    anchor: 2,
    width: 5,
    points: [0, 0, 1, 1],
    text: "",
    start: 0,
    endAnchor: 0,
    end: 0,
  };
  expect(decodeMarks(encodeMarks({ op: "put", mark: plain }))).toEqual({ op: "put", mark: plain });
  expect(() => decodeMarks(encodeMarks({ op: "put", mark: { ...plain, ...beyond } }))).toThrow(
    MalformedFrameError,
  );
});

test("the empty set and the question for it are told without decoding", () => {
  expect(decodeMarks(NO_MARKS)).toEqual({ op: "set", marks: [] });
  expect(asksForMarks(encodeMarks({ op: "want" }))).toBe(true);
  expect(asksForMarks(encodeMarks({ op: "set", marks: [] }))).toBe(false);
});

test("a click in a few bytes is the mark that it stands for", () => {
  const bytes = encodeClick(300);
  expect(decodeMarks(bytes)).toEqual({ op: "put", mark: clickMark(300) });
  expect(bytes.length).toBeLessThan(encodeMarks({ op: "put", mark: clickMark(300) }).length / 2);
});

test("a stroke costs few bytes a point", () => {
  const stroke = Array.from({ length: 400 }, (_, i) => Math.round(1000 * Math.sin(i / 9) + i * 300));
  const bytes = encodeMarks({ op: "extend", owner: 0, key: 9, points: stroke }).length;
  expect(bytes).toBeLessThan(stroke.length * 2.2);
});
