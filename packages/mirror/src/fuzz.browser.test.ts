import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, mirroredPage } from "./testing/browser.ts";
import { maskedSteps, type Step, steps } from "./testing/steps.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Sequences that once went wrong, shortest form. */
const once: Step[][] = [];

async function holds(page: Page, played: readonly Step[]): Promise<void> {
  const sides = await page.evaluate((given) => window.mirror.fuzz(given as never), played);
  expect(sides.errors).toEqual([]);
  expect(sides.mirror).toBe(sides.page);
}

test.skipIf(once.length === 0).each(once)("a sequence that once went wrong", async (...played) => {
  const page = await mirroredPage(browser, "");
  await holds(page, played);
  await page.close();
});

test("whatever a page does to itself, the replica is the page", { timeout: 300_000 }, async () => {
  const page = await mirroredPage(browser, "");
  await fc.assert(
    fc.asyncProperty(steps, (played) => holds(page, played)),
    { numRuns: 400, seed: 20_261_124, endOnFailure: false },
  );
  await page.close();
});

test("whatever is masked in whatever order, no secret leaves", { timeout: 300_000 }, async () => {
  const page = await mirroredPage(browser, "");
  await fc.assert(
    fc.asyncProperty(maskedSteps, async (played) => {
      const sides = await page.evaluate((given) => window.mirror.fuzz(given as never, true), played);
      expect(sides.errors).toEqual([]);
      expect(await page.evaluate(() => window.mirror.leaks())).toBe(0);
    }),
    { numRuns: 150, seed: 20_261_124 },
  );
  await page.close();
});
