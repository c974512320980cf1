import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, mirroredPage } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A page, what to read of its document and of the replica's (`document`), and what is done to it before. */
const cases: [name: string, html: string, look: string, act?: string][] = [
  [
    "a frame without a doctype is in the mode that it is in",
    `<iframe srcdoc="<p>one</p>"></iframe><iframe></iframe>`,
    `[...document.querySelectorAll("body iframe")].map((one) => one.contentDocument.compatMode).join()`,
  ],
];

test.each(cases)("%s", async (_name, html, look, act = "") => {
  const page = await mirroredPage(browser, html);
  const later = "const later = () => new Promise((resolve) => setTimeout(resolve, 300));";
  await page.evaluate(`(async () => { ${later} ${act}; await later(); await mirror.settle(); })()`);
  const [here, there] = (await page.evaluate(`[window, mirror.replica.frame.contentWindow].map((view) => {
    const { document } = view;
    const style = (selector) => view.getComputedStyle(document.querySelector(selector));
    const { getComputedStyle } = view;
    return ${look};
  })`)) as [unknown, unknown];
  expect(there).toEqual(here);
  await page.close();
});
