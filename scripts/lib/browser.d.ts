import { type Browser } from "playwright-core";
/** A headless Chromium with our flags and the given ones. Rejects where there is none. */
export declare function launchChromium(args?: readonly string[]): Promise<Browser>;
/** The one Chromium of this test process, which ends with it. The flags are those of the first call. */
export declare function sharedChromium(args?: readonly string[]): Promise<Browser>;
/** Closes every page, so that the next test file finds the browser idle. */
export declare function closeAllPages(browser: Browser | undefined): Promise<void>;
