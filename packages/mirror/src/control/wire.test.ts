import { MalformedFrameError } from "@copane/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeNotice, encodeNotice, NOTICE_TEXT_LENGTH, type Notice } from "./notice.ts";
import { type AgentInputEvent, decodeInput, encodeInput } from "./wire.ts";

const id = fc.nat();
const part = fc.constantFrom(0, 0.25, 0.5, 1);
const bits = fc.nat({ max: 15 });
const pixels = fc.integer({ min: -100_000, max: 100_000 });

const inputs: fc.Arbitrary<AgentInputEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("pointer" as const),
    phase: fc.constantFrom(
      "down" as const,
      "move" as const,
      "up" as const,
      "cancel" as const,
      "hold" as const,
    ),
    pointer: fc.constantFrom("mouse" as const, "touch" as const),
    id,
    x: part,
    y: part,
    button: fc.nat({ max: 4 }),
    modifiers: bits,
    clicks: fc.nat({ max: 255 }),
  }),
  fc.record({
    kind: fc.constant("key" as const),
    phase: fc.constantFrom("up" as const, "down" as const, "repeat" as const),
    key: fc.constantFrom("a", "Enter", "ß", "😀"),
    code: fc.constantFrom("KeyA", "Enter", ""),
    modifiers: bits,
  }),
  fc.record({
    kind: fc.constant("text" as const),
    pasted: fc.boolean(),
    text: fc.string({ unit: "grapheme" }),
  }),
  fc.record({ kind: fc.constant("select" as const), id, indices: fc.array(fc.nat({ max: 500 })) }),
  fc.record({
    kind: fc.constant("value" as const),
    id,
    value: fc.string({ unit: "grapheme" }),
    done: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("scroll" as const), id, left: pixels, top: pixels }),
  fc.record({
    kind: fc.constant("wheel" as const),
    id,
    x: part,
    y: part,
    dx: pixels,
    dy: pixels,
    modifiers: bits,
  }),
  fc.record({
    kind: fc.constant("history" as const),
    go: fc.constantFrom("back" as const, "forward" as const, "reload" as const),
  }),
);

test("what the agent does arrives as it was sent", () => {
  fc.assert(
    fc.property(inputs, (event) => {
      expect(decodeInput(encodeInput(event))).toEqual(event);
    }),
  );
});

test("every notice arrives as it was sent, and a dialog's text is cut", () => {
  const notices: Notice[] = [
    ...(["gone", "protected", "reserved", "submit", "file", "customerTyping"] as const).map(
      (reason) => ({ kind: "refused", reason }) as const,
    ),
    { kind: "dialog", dialog: "confirm", text: "Sure?" },
    { kind: "dialogClosed" },
  ];
  for (const notice of notices) expect(decodeNotice(encodeNotice(notice))).toEqual(notice);
  const long = decodeNotice(encodeNotice({ kind: "dialog", dialog: "alert", text: "x".repeat(999) }));
  expect(long).toEqual({ kind: "dialog", dialog: "alert", text: "x".repeat(NOTICE_TEXT_LENGTH) });
});

test.each([
  ["input", decodeInput],
  ["notice", decodeNotice],
])("random bytes are refused as a malformed %s or read, and nothing else", (_name, decode) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrameError);
      }
    }),
    { numRuns: 2_000 },
  );
});
