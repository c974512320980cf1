import type { Browser, Page } from "playwright-core";
import { bundled } from "./bundle.ts";
import type { startMirror } from "./in-page.ts";

export { closeAllPages, launchChromium, sharedChromium } from "../../../../scripts/lib/browser.ts";

declare global {
  interface Window {
    startMirror: typeof startMirror;
    mirror: ReturnType<typeof startMirror>;
  }
}

/** A page with the given body whose mirror runs in the page itself, as `window.mirror`; `secure` where it has TLS. */
export async function mirroredPage(
  browser: Browser,
  html: string,
  policy: object = {},
  { start = true, elsewhere = false, secure = false } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.route("*://site.test/**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><html><body>${html}</body></html>` }),
  );
  await page.goto(`${secure ? "https" : "http"}://site.test/shop/page?secret=1`);
  if (start) await mirror(page, policy, elsewhere);
  else await page.addScriptTag({ content: await bundled("in-page.ts") });
  return page;
}

/** Mirrors a page that is open already. */
export async function mirror(page: Page, policy: object = {}, elsewhere = false): Promise<void> {
  await page.addScriptTag({ content: await bundled("in-page.ts") });
  await page.evaluate(
    ([given, apart]) => {
      window.mirror = window.startMirror(given, { elsewhere: apart });
    },
    [policy, elsewhere] as const,
  );
  await page.evaluate(() => window.mirror.settle());
}

/** Both sides as text, after everything is quiet, and the engine's own errors. */
export async function bothSides(page: Page): Promise<{ page: string; mirror: string; errors: string[] }> {
  return page.evaluate(async () => {
    await window.mirror.settle();
    return { page: window.mirror.page(), mirror: window.mirror.mirror(), errors: window.mirror.errors };
  });
}

/** All that was sent so far, as text, after everything is quiet. */
export function sentText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    await window.mirror.settle();
    return (await window.mirror.sentTexts()).join("");
  });
}

/** A secret to look for: letters only, so that no encoding changes them; one for each place. */
export function canary(place: number): string {
  return `canary${String.fromCharCode(97 + Math.floor(place / 26), 97 + (place % 26))}qzvxk`;
}
