import { expect, test } from "vitest";
import { describeDetail } from "./detail.ts";

const names = new Map([
  [1, "Robin"],
  [2, "Kim"],
]);

test.each([
  ["part=observer silent=1", "as an observer, unseen by the customer"],
  ["level=full forMs=600000 scoped=1", "Click and type, for 10:00, in one form or field"],
  ["to=2", "to Kim"],
  ["from=1", "from Robin"],
  ["what=recording", "Recording"],
  ["awayMs=4000", "after 00:04"],
  ["/account?x", "/account?x"],
  ["dev:Lin", "dev:Lin"],
  ["level=full later=1", "level=full later=1"],
  ["constructor=1", "constructor=1"],
])("the audit's %j reads %j", (detail, words) => {
  expect(describeDetail(detail, names)).toBe(words);
});
