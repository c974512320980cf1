import type { Browser, Page } from "playwright-core";
import { openContext } from "./browser.ts";
import { type Stack, signInCode } from "./stack.ts";

/** The administration in a tab of its own, signed in as its own form does it. */
export async function openAdmin(
  browser: Browser,
  stack: Pick<Stack, "server">,
  role: string,
  view: string,
  look: { colorScheme?: "light" | "dark"; width?: number } = {},
): Promise<Page> {
  const { colorScheme = "light", width = 1440 } = look;
  const context = await openContext(browser, {
    colorScheme,
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(`${stack.server}/desk/#/admin/${view}`);
  await page.getByLabel("Your name").fill("Lin");
  await page.getByLabel("Sign-in code").fill(signInCode);
  await page.getByLabel("Sign in as").selectOption({ label: role });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Views of the administration" }).waitFor();
  return page;
}
