import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { openContext } from "../support/browser.ts";
import { html } from "../support/http.ts";
import { startProxy } from "../support/proxy.ts";
import { setUpWorld } from "../support/world.ts";

/** What a customer sees, and a site's developer, when the server is not there or does not know the site. */

const world = setUpWorld({ allowedOrigins: ["self"] });

let page: Page;
afterEach(() => page.context().close());

/** Opens a page of a site with the script of `server`. */
async function open(server: string, attributes = ""): Promise<string[]> {
  const { browser, stack } = world;
  const site = await stack.serve({
    "/": html(
      `<!doctype html><html lang="en"><title>Site</title><script src="${server}/sdk/copane.js" async ${attributes}></script>`,
    ),
  });
  const logged: string[] = [];
  page = await (await openContext(browser)).newPage();
  page.on("console", (message) => logged.push(message.text()));
  await page.goto(site.origin);
  return logged;
}

test("without a server the button says so at once, and tries again", async () => {
  const line = await startProxy(world.stack.server, "");
  await open(line.origin);
  const widget = page.locator("[data-copane]");
  const button = widget.getByRole("button", { name: "Get help on this page" });
  await button.waitFor();
  line.cut(true);
  await button.click();
  const again = widget.getByRole("button", { name: "Help cannot be reached. Try again" });
  await again.waitFor();
  await again.click();
  await again.waitFor();
  line.cut(false);
  await again.click();
  await widget.getByRole("heading", { name: "Help on this page" }).waitFor();
  await line.close();
});

test("a server that went away meanwhile is said to be away, and the customer can try again", async () => {
  const line = await startProxy(world.stack.server, "");
  await open(line.origin);
  const widget = page.locator("[data-copane]");
  await widget.getByRole("button", { name: "Get help on this page" }).click();
  await widget.getByRole("button", { name: "Share this page" }).waitFor();
  line.cut(true);
  await widget.getByRole("button", { name: "Share this page" }).click();
  await widget.getByRole("alert").getByText("cannot be reached").waitFor();
  await widget.getByRole("button", { name: "Share this page" }).waitFor();
  await line.close();
});

test("a site that the server does not know is told the name of the setting", async () => {
  const logged = await open(world.stack.server);
  const widget = page.locator("[data-copane]");
  await widget.getByRole("button", { name: "Get help on this page" }).click();
  await widget.getByRole("button", { name: "Share this page" }).click();
  await widget.getByRole("alert").getByText("COPANE_ALLOWED_ORIGINS").waitFor();
  const { origin } = new URL(page.url());
  expect(logged.some((line) => line.includes("COPANE_ALLOWED_ORIGINS") && line.includes(origin))).toBe(true);
});

test("a name is asked for only where the site wants one", async () => {
  await open(world.stack.server);
  const widget = page.locator("[data-copane]");
  await widget.getByRole("button", { name: "Get help on this page" }).click();
  await widget.getByRole("button", { name: "Share this page" }).waitFor();
  expect(await widget.getByLabel("Your name").count()).toBe(0);
  await page.context().close();
  await open(world.stack.server, "data-ask-name");
  await page.locator("[data-copane] button").click();
  await page.locator("[data-copane]").getByLabel("Your name").waitFor();
});
