import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, sharedChromium } from "../testing/browser.ts";
import { bundled } from "../testing/bundle.ts";
import { cheapStreams, forgedStreams } from "../testing/forged-streams.ts";
import type { Outcome, startForged } from "../testing/in-page-forged.ts";

declare global {
  interface Window {
    startForged: typeof startForged;
    forged: ReturnType<typeof startForged>;
  }
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await sharedChromium();
  page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  await page.addScriptTag({ content: await bundled("in-page-forged.ts") });
  await page.evaluate(() => {
    window.forged = window.startForged();
  });
});
afterAll(() => closeAllPages(browser));

test.each(Object.keys(forgedStreams()))("a stream is refused, and the page goes on: %s", async (name) => {
  const outcome = await play(name);
  expect(outcome.errors).toEqual([]);
  expect(outcome.ended).toBeTruthy();
});

test.each(Object.keys(cheapStreams()))("a stream is applied at little cost: %s", async (name) => {
  const outcome = await play(name);
  expect(outcome).toMatchObject({ ended: undefined, errors: [] });
});

test("what ended is empty, and begins anew when it is asked to", async () => {
  const seen = await page.evaluate(() => window.forged.again("3,000 nested elements", "20,000 animations"));
  expect(seen).toEqual({ ended: "depth", frames: 1, nodes: 0, resyncs: 1, again: true });
});

test("100,000 nodes are shown", async () => {
  const outcome = await page.evaluate(() => window.forged.large(100_000));
  expect(outcome).toMatchObject({ ended: undefined, errors: [] });
});

async function play(name: string): Promise<Outcome> {
  const outcome = await page.evaluate((given) => window.forged.play(given), name);
  if (process.env.COPANE_SHOW_TIMES) console.log(name, JSON.stringify(outcome));
  return outcome;
}
