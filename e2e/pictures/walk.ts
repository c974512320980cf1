import type { Browser, Page } from "playwright-core";
import { openContext } from "../support/browser.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { type Stack, signInCode } from "../support/stack.ts";
import { still } from "../support/still.ts";
import type { Look } from "./looks.ts";
import { wordsIn } from "./words.ts";

/** Takes a picture of a page, once it stands still, under a name. */
export type Take = (page: Page, name: string) => Promise<void>;

/** Goes through a session as customer, agent and administrator, and has a picture taken of each screen. */
export async function walk(browser: Browser, stack: Stack, look: Look, shoot: Take): Promise<void> {
  const said = await wordsIn(look.language);
  const press = (page: Page, label: string) =>
    page
      .getByRole("button", { name: said(label) })
      .first()
      .click();
  const take: Take = async (page, name) => {
    await still(page);
    await shoot(page, name);
  };

  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, look.context);
  await customer.page.locator("[data-copane] button").first().waitFor();
  await customer.page.evaluate((locale) => window.copane?.init({ locale }), look.language);
  await take(customer.page, "customer-launcher");
  await customer.page.evaluate(() => window.copane?.start());
  await customer.page.locator("[data-copane] [data-screen]").waitFor();
  await take(customer.page, "customer-offer");
  await customer.page.evaluate(() => window.copane?.start({ name: "Ada Lovelace", now: true }));
  const key = await customer.passphrase();
  await take(customer.page, "customer-key");

  const desk = await Desk.open(browser, stack, look.context);
  await desk.page.locator("form").waitFor();
  await take(desk.page, "desk-sign-in");
  await signIn(desk.page, said, "Robin");
  await desk.page.getByLabel(said("Session key")).waitFor();
  await take(desk.page, "desk-home");
  await desk.page.getByLabel(said("Session key")).fill(key);
  await desk.ready();
  await customer.screen("sharing");
  await take(desk.page, "desk-live");
  await take(customer.page, "customer-sharing");

  await press(desk.page, "Request control");
  await customer.screen("control");
  await take(customer.page, "customer-control");
  await customer.page.locator("[data-copane] [data-answer]:not([aria-disabled])").first().waitFor();
  await customer.page
    .locator("[data-copane]")
    .getByRole("button", { name: said("Allow") })
    .click();
  await customer.screen("controlled");
  await take(customer.page, "customer-controlled");
  await take(desk.page, "desk-controls");

  await customer.page.evaluate(() => window.copane?.stop());
  await customer.screen("ended");
  await take(customer.page, "customer-ended");
  await take(desk.page, "desk-ended");
  for (const { page } of [customer, desk]) await page.context().close();

  const context = await openContext(browser, look.context);
  const page = await context.newPage();
  await page.goto(`${stack.server}/desk/#/admin/live`);
  await signIn(page, said, "Lin", "admin");
  for (const view of ["live", "history", "reports", "policy"]) {
    await page.goto(`${stack.server}/desk/#/admin/${view}`);
    await page.getByRole("navigation").first().waitFor();
    await page.locator("main h1, main h2").first().waitFor();
    await take(page, `admin-${view}`);
  }
  await context.close();
}

async function signIn(
  page: Page,
  said: (english: string) => RegExp,
  name: string,
  role?: string,
): Promise<void> {
  await page.getByLabel(said("Your name")).fill(name);
  await page.getByLabel(said("Sign-in code")).fill(signInCode);
  if (role) await page.locator("form select").selectOption(role);
  await page.getByRole("button", { name: said("Sign in") }).click();
}
