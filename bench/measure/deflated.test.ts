import { expect, test } from "vitest";
import { deflatedBytes } from "./deflated.ts";

const bytes = (text: string) => Buffer.from(text);

test("what messages have in common crosses once when one stream is the better way", async () => {
  const message = bytes(Array.from({ length: 300 }, (_, i) => `word${(i * 7919) % 1000}`).join(" "));
  const one = await deflatedBytes([message]);
  expect(one).toBeLessThan(message.length);
  expect(await deflatedBytes([message, message, message])).toBeLessThan(one * 1.2);
});

test("a message that does not get smaller counts as it is", async () => {
  expect(await deflatedBytes([bytes("a")])).toBe(1);
});

test("nothing is no bytes", async () => {
  expect(await deflatedBytes([])).toBe(0);
});
