import { type Browser, chromium } from "playwright-core";
import { chromiumArgs, findChromium } from "./chromium.mjs";

interface Kind {
  /**
   * One with windows, though nobody sees them: as people have it, and it knows where a mouse comes from. A page of its
   * own takes four times as long.
   */
  windowed?: boolean;
}

/** A headless Chromium with our flags and the given ones. Rejects where there is none. */
export async function launchChromium(args: readonly string[] = [], kind: Kind = {}): Promise<Browser> {
  const executablePath = findChromium(kind);
  if (!executablePath) throw new Error("No Chromium found: set COPANE_CHROMIUM or run npm test once.");
  return chromium.launch({ executablePath, args: [...chromiumArgs, ...args] });
}

let shared: Promise<Browser> | undefined;

/** The one Chromium of this test process, which ends with it. The flags are those of the first call. */
export async function sharedChromium(args: readonly string[] = [], kind: Kind = {}): Promise<Browser> {
  const usable = await shared?.then((browser) => browser.isConnected()).catch(() => false);
  // One that has crashed is not given to the next file.
  if (!usable) shared = launchChromium(args, kind);
  return shared as Promise<Browser>;
}

/** Closes every page, so that the next test file finds the browser idle. */
export async function closeAllPages(browser: Browser | undefined): Promise<void> {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
}
