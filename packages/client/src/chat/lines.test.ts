import * as limits from "@copane/protocol/limits";
import fc from "fast-check";
import { expect, test } from "vitest";
import { batches, ChatLines } from "./lines.ts";
import { type ChatLine, encodeChat } from "./wire.ts";

const line = (id: string, text = "hello"): ChatLine => ({ id, by: 1, name: "Robin", text, at: 0 });

test("a line that comes twice stands once", () => {
  const lines = new ChatLines();
  expect(lines.add([line("a")])).toBe(true);
  expect(lines.add([line("a")])).toBe(false);
  expect(lines.all).toHaveLength(1);
});

test("the oldest lines make room", () => {
  const lines = new ChatLines();
  for (let i = 0; i < limits.chatLines + 5; i++) lines.add([line(String(i))]);
  expect(lines.all).toHaveLength(limits.chatLines);
  expect(lines.all[0]?.id).toBe("5");
});

test("every batch fits into a frame, and together they are all lines", () => {
  const text = fc.string({ maxLength: limits.chatLength, unit: "binary" });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const lines = texts.map((one, i) => line(String(i), one.slice(0, limits.chatLength)));
      const cut = [...batches(lines)];
      expect(cut.flat()).toEqual(lines);
      for (const batch of cut) expect(encodeChat(batch).length).toBeLessThanOrEqual(limits.talkBytes);
    }),
  );
});
