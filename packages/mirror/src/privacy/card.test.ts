import { expect, test } from "vitest";
import { beginsCardNumber, holdsCardNumber } from "./card.ts";

// Numbers that the networks publish for tests.
const cards =
  "4111111111111111|4111 1111 1111 1111|4111-1111-1111-1111|5555555555554444|2223003122003222|378282246310005|3782 822463 10005|6011111111111117|3530111333300000|30569309025904|38520000023237|6200000000000005|4222222222222|my card: 4012 8888 8888 1881, thanks|6759649826438453";

test.each(cards.split("|"))("%s is a card", (text) => expect(holdsCardNumber(text)).toBe(true));

const others =
  "4111111111111112|1234567890123|0000000000000000|+49 151 23456789|9400111899223197428490|12/12/2026 10:30|111-222-333|a4111|4111 1111 1111|";

test.each(others.split("|"))("%s is none", (text) => expect(holdsCardNumber(text)).toBe(false));

test("what can become a card is known from its eighth digit on, and nothing else is", () => {
  expect(beginsCardNumber("4111 1111")).toBe(true);
  expect(beginsCardNumber("411111111111111")).toBe(true);
  for (const text of ["4111111", "12345678", "20261130", "+491512345", "4111 abcd 1111"])
    expect(beginsCardNumber(text)).toBe(false);
});
