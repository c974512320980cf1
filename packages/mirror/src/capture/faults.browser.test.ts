import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

/**
 * What the engine's own callbacks throw reaches the engine's owner, and never the page: an error that nobody hears of
 * is a mirror that stands still while the screens say that the page is shared.
 */

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** How the page breaks what the engine uses, and what it does then. */
const faults: [string, () => void, () => void][] = [
  [
    "an observer",
    () => {
      Object.defineProperty(MutationRecord.prototype, "type", { get: () => broken() });
    },
    () => document.body.append("text"),
  ],
  [
    "a listener of scrolling",
    () => {
      Object.defineProperty(Event.prototype, "target", { get: () => broken() });
    },
    () => document.getElementById("s")?.dispatchEvent(new Event("scroll")),
  ],
  [
    "a listener of what loads",
    () => {
      Object.defineProperty(Event.prototype, "target", { get: () => broken() });
    },
    () => document.getElementById("i")?.dispatchEvent(new Event("load")),
  ],
  [
    "the clock of the flow control",
    () => {
      performance.now = broken;
    },
    () => document.body.append("text"),
  ],
];

declare global {
  function broken(): never;
}

const html = `<div id=s style="height:20px;overflow:auto"><p style="height:90px">text</p></div><input id=i>`;

async function brokenPage(act: () => void, use: () => void): Promise<{ page: Page; uncaught: string[] }> {
  const page = await mirroredPage(browser, html);
  const uncaught: string[] = [];
  page.on("pageerror", (error) => uncaught.push(error.message));
  await page.evaluate(() => {
    Object.assign(window, {
      broken: () => {
        throw new Error("the page broke it");
      },
    });
  });
  await page.evaluate(act);
  await page.evaluate(use);
  return { page, uncaught };
}

test.each(faults)("a fault in %s is told", async (_, act, use) => {
  const { page, uncaught } = await brokenPage(act, use);
  await page.waitForFunction(() => window.mirror.errors.some((error) => error.includes("the page broke it")));
  expect(uncaught).toEqual([]);
});

test("what a viewer sends wrongly is no fault of the engine", async () => {
  const page = await mirroredPage(browser, html);
  const errors = await page.evaluate(async () => {
    const { feedback, settle } = window.mirror;
    for (const payload of [[1], [3, 255], [4, 255, 255], [5, 255], [99], []])
      feedback(1, new Uint8Array(payload));
    await settle();
    return window.mirror.errors;
  });
  expect(errors).toEqual([]);
});
