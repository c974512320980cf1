import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import type { Stack } from "../support/stack.ts";
import { still } from "../support/still.ts";

const folder = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

/** Both sides of one session, as the README shows them. */
export async function takeReadmePictures(browser: Browser, stack: Stack): Promise<void> {
  await mkdir(folder, { recursive: true });
  const viewport = { width: 1200, height: 760 };
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, { viewport });
  const desk = await Desk.open(browser, stack, { viewport });
  await desk.signIn("Robin");
  await desk.joinByKey(await customer.start());
  await customer.page.hover(".card >> nth=1");
  await desk.replica.locator(".card >> nth=1").waitFor();
  await still(desk.page);
  await customer.page.screenshot({ path: `${folder}customer.png` });
  await desk.page.screenshot({ path: `${folder}agent.png` });
}
