import type { Page } from "playwright-core";
import { sharedChromium } from "../lib/browser.ts";
import { resultOf, scriptOf, until } from "./script.ts";
import type { Engine, EnginePage } from "./types.ts";

/** The Chromium of this test process, which ends with it. */
export async function startChromium(): Promise<Engine> {
  const browser = await sharedChromium();
  return {
    name: "chromium",
    open: async (url, viewport = { width: 800, height: 600 }) => {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(url);
      return driven(page);
    },
    close: async () => {},
  };
}

function driven(page: Page): EnginePage {
  const evaluate: EnginePage["evaluate"] = async (work, ...args) =>
    resultOf(
      await page.evaluate(`(${scriptOf(String(work))})(${JSON.stringify(JSON.stringify(args))})`),
    ) as never;
  return {
    engine: "chromium",
    evaluate,
    goto: async (url) => {
      await page.goto(url);
    },
    waitFor: (work, ...args) => until(() => evaluate(work, ...args), String(work)) as never,
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    mouse: {
      move: ([x, y]) => page.mouse.move(x, y),
      click: ([x, y], { count = 1, button = "left" } = {}) =>
        page.mouse.click(x, y, { clickCount: count, button }),
      drag: async (from, ...path) => {
        await page.mouse.move(...from);
        await page.mouse.down();
        for (const at of path) {
          await page.mouse.move(...at);
          // Moves within a frame would be joined.
          await page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
          );
        }
        await page.mouse.up();
      },
    },
    screenshot: () => page.screenshot(),
    close: () => page.context().close(),
  };
}
