import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { launchChromium, sharedChromium } from "../../scripts/lib/browser.ts";

/** It reaches nothing but this machine, so that no test depends on the internet; letters look alike everywhere. */
const args = [
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** A headless Chromium that the caller closes. */
export const launchBrowser = (): Promise<Browser> => launchChromium(args);

/** The one Chromium of the test process. */
export const sharedBrowser = (): Promise<Browser> => sharedChromium(args);

/** Size of both browsers' pages in comparisons, so that the agent's picture has scale 1. */
const viewport = { width: 1280, height: 800 };

/** A fresh profile with one window size for all. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, ...options });
  // tsx marks the functions that we send into pages with a helper that no page has.
  await context.addInitScript({
    content: 'Object.defineProperty(globalThis, "__name", { value: (it) => it, configurable: true });',
  });
  return context;
}
