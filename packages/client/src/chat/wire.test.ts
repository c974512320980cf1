import * as limits from "@copane/protocol/limits";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chatParts, cleanChat, decodeChat, encodeChat } from "./wire.ts";

const line = { id: "a", by: 1, name: "Robin", text: "hello", at: 5 };

describe("chat", () => {
  test("lines come back as they were sent", () => {
    expect(decodeChat(encodeChat([line, { ...line, id: "b" }]))).toEqual([line, { ...line, id: "b" }]);
  });

  test("no bytes make it throw", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(decodeChat(bytes))));
    fc.assert(fc.property(fc.json(), (json) => Array.isArray(decodeChat(new TextEncoder().encode(json)))));
  });

  test("what is not a line is left out, and a long one is cut", () => {
    const bytes = new TextEncoder().encode(
      JSON.stringify([null, 5, { ...line, text: 7 }, { ...line, text: "x".repeat(5_000) }]),
    );
    expect(decodeChat(bytes).map(({ text }) => text.length)).toEqual([limits.chatLength]);
  });

  test("characters that turn or hide text are taken out", () => {
    expect(cleanChat("pay \u202e moc.elpmaxe\u0000 now")).toBe("pay   moc.elpmaxe  now");
  });

  test.each([
    ["see https://example.com/a?b=1.", "https://example.com/a?b=1"],
    ["(http://example.com/x)", "http://example.com/x"],
  ])("an address in “%s” is a link", (text, shown) => {
    expect(chatParts(text).find(({ href }) => href)?.text).toBe(shown);
    expect(
      chatParts(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "https://bank.example@evil.example/", "ftp://a/b"])(
    "“%s” is not a link",
    (text) => {
      expect(chatParts(text)).toEqual([{ text }]);
    },
  );
});
