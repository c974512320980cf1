import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, sharedChromium } from "../testing/browser.ts";
import { bundled } from "../testing/bundle.ts";
import { forgedStream } from "../testing/replica-fuzz.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** `npm run fuzz:replica` plays thousands, damaged ones of a real page among them, and says how long they took. */
test("whatever a stream says, the replica goes on", async () => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundled("in-page-forged.ts") });
  await page.evaluate(() => {
    window.forged = window.startForged();
  });
  await fc.assert(
    fc.asyncProperty(forgedStream, async (payloads) => {
      const { errors } = await page.evaluate((given) => window.forged.playBytes(given), payloads);
      expect(errors).toEqual([]);
    }),
    { numRuns: 150, seed: 20_261_130, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
  await page.close();
});
