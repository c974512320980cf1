import { expect, test } from "vitest";
import { sessionKeyText } from "./session-key.ts";

test("a key that is a number has all its digits again; a text stays as it is", () => {
  expect(sessionKeyText(1_234_567)).toBe("01234567");
  expect(sessionKeyText(12_345_678)).toBe("12345678");
  expect(sessionKeyText("1234 5678")).toBe("1234 5678");
  expect(sessionKeyText("123")).toBe("123");
});
