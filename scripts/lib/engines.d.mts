/** Path of the browser; for WebKit the paths of the browser, its driver and a screen. */
export function findEngine(
  name: "chromium" | "firefox" | "webkit",
): string | { browser: string; driver: string; screen: string };
