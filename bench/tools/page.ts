import { openContext, pageState, type Side } from "@copane/e2e";
import type { Browser, Page } from "playwright-core";

/** Opens a page in a fresh profile as `Customer` does, without our script. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const context = await openContext(browser, { bypassCSP: true });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return { page, errors };
}

/** The page as its own user sees it. */
export function sideOf(page: Page, expression = "document"): Side {
  return {
    state: () => pageState(page, expression),
    screenshot: () => page.screenshot({ animations: "disabled" }),
  };
}
