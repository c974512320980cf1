import { expect, test } from "vitest";
import { type PageResult, pairingsMarkdown } from "./pairings.ts";

const same: PageResult = {
  page: "a/one",
  engines: { customer: "firefox", agent: "firefox" },
  seconds: 3,
  pixelDiff: 0.0004,
  textEqual: true,
  formEqual: true,
  scrollEqual: true,
  boxes: null,
  cannot: ["firefox cannot be driven to: tell of long tasks"],
  errors: [],
};
const mixed: PageResult = {
  ...same,
  engines: { customer: "firefox", agent: "webkit" },
  pixelDiff: null,
  formEqual: false,
  boxes: {
    compared: 90,
    missing: [],
    byEngine: ["html/a[1]: 1 and 2"],
    off: ["html/b[1]: 1 1 9 9 and 1 5 9 9"],
  },
  cannot: ["use: firefox cannot be driven to: fly"],
};

test("each pairing has a line, and what is not the same is named with its page", () => {
  const lines = pairingsMarkdown({ at: "2026-12-01T00:00:00Z", results: [mixed, same] }).split("\n");
  expect(lines).toContain(
    "| firefox → firefox | 1 | 1 of 1 | 1 of 1 | 1 of 1 | 0.040 % | 0.040 % |  |  |  |  |",
  );
  expect(lines).toContain("| firefox → webkit | 1 | 1 of 1 | 0 of 1 | 1 of 1 |  |  | 90 | 1 | 1 | 0 |");
  expect(lines.slice(lines.indexOf("## Not the same"))).toEqual([
    "## Not the same",
    "",
    "- a/one, firefox → webkit",
    "  - form",
    "  - off: `html/b[1]: 1 1 9 9 and 1 5 9 9`",
    "",
    "## Steps that a driver cannot do",
    "",
    "- a/one, firefox → webkit",
    "  - use: firefox cannot be driven to: fly",
    "",
  ]);
});

test("a page that could not be shared counts as none, and says why", () => {
  const results = [{ ...same, textEqual: null, pixelDiff: null, errors: ["did not\nend"] }];
  const text = pairingsMarkdown({ at: "2026-12-01T00:00:00Z", results });
  expect(text).toContain("| firefox → firefox | 0 | 0 of 0 |");
  expect(text).toContain("  - error: did not end");
});
