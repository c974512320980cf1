import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Op from "../core/codec/operations.ts";
import { closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

test("a page of the replica handles every operation, each in one place", async () => {
  const page = await mirroredPage(browser, "<p>text</p>");
  const handled = await page.evaluate(() => window.mirror.handled());
  expect(handled.sort()).toEqual(Object.values(Op).sort());
});
