import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { chromiumArgs, findChromium } from "../../scripts/lib/chromium.mjs";

/** A headless Chromium that reaches nothing but this machine, so that no test depends on the internet. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium found: set COPANE_CHROMIUM or run npm test once.");
  return chromium.launch({
    executablePath,
    args: [
      ...chromiumArgs,
      "--force-color-profile=srgb",
      "--font-render-hinting=none",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
}

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
