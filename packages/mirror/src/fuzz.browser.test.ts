import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "./testing/browser.ts";
import { maskedSteps, type Step, steps } from "./testing/steps.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** Sequences that once went wrong, in their shortest form. */
const once: [what: string, played: Step[]][] = [
  [
    "a rule inserted while an epoch waits for its turn",
    [{ do: "resync" }, { do: "rule", node: 0, index: 0, rule: 2 }, { do: "wrap", node: 8 }],
  ],
  [
    "a style element whose text is parsed anew after a rule was inserted",
    [{ do: "rule", node: 0, index: 0, rule: 0 }, { do: "reverse", node: 31 }, { do: "wait" }],
  ],
  [
    "a sheet that is parsed anew in the turn in which it lost a rule",
    [
      { do: "insert", parent: 13, before: 0, what: 0, text: "one" },
      { do: "insert", parent: 0, before: 0, what: 0, text: "one" },
      { do: "shadow", node: 12, html: 3 },
      { do: "unrule", node: 0, index: 0 },
      { do: "insert", parent: 38, before: 0, what: 0, text: "one" },
      { do: "value", node: 0, value: "one" },
    ],
  ],
  [
    "a list without a choice that loses an option",
    [{ do: "choose", node: 11, option: 2 }, { do: "wait" }, { do: "remove", node: 10 }],
  ],
  [
    "an svg element that is called like a field",
    [
      { do: "html", node: 24, html: 8 },
      { do: "html", node: 26, html: 5 },
    ],
  ],
  [
    "a style with a rule of a script, in a part that is sent anew because it had drifted",
    [
      { do: "rule", node: 0, index: 0, rule: 0 },
      { do: "wrap", node: 20 },
      { do: "move", node: 0, parent: 14, before: 0 },
      { do: "html", node: 9, html: 0 },
      { do: "insert", parent: 0, before: 0, what: 8, text: "one" },
      { do: "reverse", node: 0 },
    ],
  ],
];

const seed = 20_261_124;

/** As many runs as fit; a slow machine plays fewer. `npm run fuzz:mirror` plays as many as it is told. */
const within = (ms: number) => ({ interruptAfterTimeLimit: ms, markInterruptAsFailure: false });

async function holds(page: Page, played: readonly Step[]): Promise<void> {
  const sides = await page.evaluate((given) => window.mirror.fuzz(given as never), played);
  expect(sides.errors).toEqual([]);
  expect(sides.mirror).toBe(sides.page);
}

test.each(once)("what once went wrong goes well: %s", async (_what, played) => {
  const page = await mirroredPage(browser, "", {}, { secure: true });
  await holds(page, played);
  await page.close();
});

test("whatever a page does to itself, the replica is the page", { timeout: 300_000 }, async () => {
  const page = await mirroredPage(browser, "", {}, { secure: true });
  await fc.assert(
    fc.asyncProperty(steps, (played) => holds(page, played)),
    { numRuns: 1_000, seed, ...within(90_000) },
  );
  await page.close();
});

test("whatever is masked in whatever order, no secret leaves", { timeout: 300_000 }, async () => {
  const page = await mirroredPage(browser, "", {}, { secure: true });
  await fc.assert(
    fc.asyncProperty(maskedSteps, async (played) => {
      const sides = await page.evaluate((given) => window.mirror.fuzz(given as never, true), played);
      expect(sides.errors).toEqual([]);
      expect(await page.evaluate(() => window.mirror.leaks())).toBe(0);
    }),
    { numRuns: 300, seed, ...within(40_000) },
  );
  await page.close();
});
