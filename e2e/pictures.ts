import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.mjs";
import { launchBrowser } from "./support/browser.ts";
import { Customer } from "./support/customer.ts";
import { Desk } from "./support/desk.ts";
import { startStack } from "./support/stack.ts";
import { still } from "./support/still.ts";

/** The README's pictures, taken of the real thing: `npm run pictures`. */
const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

await build({ all: false });
await mkdir(folder, { recursive: true });
const stack = await startStack();
const browser = await launchBrowser();
try {
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
} finally {
  await browser.close();
  await stack.close();
}
