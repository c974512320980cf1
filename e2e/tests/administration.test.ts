import { signCustomerIdentity } from "@copane/node";
import { paths } from "@copane/protocol";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openAdmin as open } from "../support/admin.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { still } from "../support/still.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const identitySecret = "identities of the end-to-end tests";
const world = setUpWorld({ identitySecret });
const openAdmin = (...asked: Asked) => open(world.browser, world.stack, ...asked);
type Asked = Parameters<typeof open> extends [unknown, unknown, ...infer Rest] ? Rest : never;

async function startSession(name: string, more: object = {}): Promise<{ id: string; token: string }> {
  const made = await fetch(world.stack.server + paths.customerRequest, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, ...more }),
  });
  const { session, token } = (await made.json()) as { session: { id: string }; token: string };
  return { id: session.id, token };
}

async function problems(page: Page): Promise<string[]> {
  await still(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`);
  });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return sideways ? [...found, "the page scrolls sideways"] : found;
}

describe.each([
  ["light", 1440],
  ["light", 390],
  ["dark", 1440],
  ["dark", 390],
] as const)("in %s at %i pixels", (colorScheme, width) => {
  test("every view passes axe, with and without sessions, and never scrolls sideways", async () => {
    const found: Record<string, string[]> = {};
    const page = await openAdmin("Administrator", "live", { colorScheme, width });
    const visit = async (view: string, name = view) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/admin/${view}`);
      await page.locator(`[data-admin-view=${view.split("/")[0]}]`).waitFor();
      found[name] = await problems(page);
    };
    for (const view of ["live", "history", "reports", "policy"]) await visit(view);
    const identity = await signCustomerIdentity(identitySecret, { id: "c-17", metadata: { ticket: "T-17" } });
    const metadata = { basket: 3, page: "/account/orders" };
    const { id } = await startSession("Élodie Haddad-Überlang", { identity, metadata });
    for (const view of ["live", "history", "reports", `history/${id}`])
      await visit(view, `${view} with sessions`);
    await page.getByText("Session started").waitFor();
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    await page.context().close();
  });
});

test("a policy saved in the administration hides at once on a page that is being shared", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  const seen = async () => (await agent.state()).text;
  await eventually("the page", async () => (await seen()).includes("Made for weather"));
  const admin = await openAdmin("Administrator", "policy");
  await admin.getByLabel("Mask").fill("h1, .card\np[");
  await admin.getByRole("button", { name: "Save policy" }).click();
  await admin.getByText("Line 2:").waitFor();
  expect(await seen()).toContain("Made for weather");
  await admin.getByLabel("Mask").fill("h1, .card");
  await admin.getByLabel("Words of consent (en)").fill("Our agent helps you on this page.");
  await admin.getByRole("button", { name: "Save policy" }).click();
  await admin.getByText("Saved. It is in force.").waitFor();
  await eventually("the mask", async () => !(await seen()).includes("Made for weather"));
  expect(await customer.page.locator("h1").textContent()).toContain("Made for weather");
  // The next page of the site hides it from its first byte on.
  const before = customer.wire.mirrorBytes;
  await customer.page.reload();
  await eventually(
    "the page again",
    async () => customer.wire.mirrorBytes > before && (await seen()).length > 50,
  );
  expect(await seen()).not.toContain("Made for weather");

  const next = await Customer.open(browser, stack, `${stack.server}/sample/help.html`);
  await next.page.locator("[data-copane] button").click();
  await next.page.getByText("Our agent helps you on this page.").waitFor();
  await admin.getByLabel("Mask").fill("");
  await admin.getByRole("button", { name: "Save policy" }).click();
  await admin.getByText("Version 2").first().waitFor();
  await eventually("the text again", async () => (await seen()).includes("Made for weather"));
  for (const { context } of [customer, agent, next]) await context.close();
  await admin.context().close();
});

test("a policy is tried on a page before it is saved, not lost by a step aside, and an earlier one comes back", async () => {
  const admin = await openAdmin("Administrator", "policy");
  await admin.getByLabel("Mask").fill("#balance");
  await admin.getByLabel("Block").fill("#pay");
  await admin
    .getByLabel("HTML of the page")
    .fill(
      '<p>Good morning</p><p id="balance">1,234.56</p><div id="pay">Pay now</div><input type="password" value="hush">',
    );
  const agent = admin.getByRole("region", { name: "What an agent would see" }).frameLocator("iframe");
  await agent.getByText("Good morning").waitFor();
  const seen = await agent.locator("body").evaluate((body) => body.innerHTML);
  for (const hidden of ["1,234.56", "Pay now", "hush"]) expect(seen).not.toContain(hidden);

  // Neither a link nor the way back loses it; who stays finds it as it was.
  await admin.getByRole("link", { name: "Reports" }).click();
  await admin.getByText("Leave without saving?").waitFor();
  await admin.getByRole("button", { name: "Stay" }).click();
  expect(await admin.getByLabel("Mask").inputValue()).toBe("#balance");
  expect(new URL(admin.url()).hash).toBe("#/admin/policy");
  await admin.getByRole("button", { name: "Save policy" }).click();
  await admin.getByText("Saved. It is in force.").waitFor();

  await admin.getByRole("button", { name: "Compare with the form: Version 0" }).click();
  await admin.getByRole("row", { name: /Mask.*#balance/ }).waitFor();
  await admin.getByRole("button", { name: "Put into the form" }).click();
  expect(await admin.getByLabel("Mask").inputValue()).toBe("");
  await admin.getByRole("link", { name: "Reports" }).click();
  await admin.getByRole("button", { name: "Leave", exact: true }).click();
  await admin.locator("[data-admin-view=reports]").waitFor();
  await admin.context().close();
});

test("a supervisor ends a session, and the history tells it and the pages visited, without their queries", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/?secret=canary`);
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  await customer.page.evaluate(() => history.pushState(null, "", "/sample/in-page?secret=canary#canary"));
  await customer.page.evaluate(() => document.body.append("moved"));
  await eventually("the change", async () => (await agent.state()).text.includes("moved"));
  const admin = await openAdmin("Supervisor", "live");
  await admin
    .getByRole("row", { name: /Test customer/ })
    .first()
    .waitFor();
  // Found by what the site says of its customer; which page says so stands by it.
  await startSession("Somebody else", { metadata: { ticket: "T-99" } });
  await admin.getByLabel("Search").fill("t-99");
  const other = admin.getByRole("row", { name: /Somebody else/ });
  await other.getByText("Not verified: ticket T-99").waitFor();
  expect(await admin.getByRole("row", { name: /Test customer/ }).count()).toBe(0);
  await admin.getByLabel("Search").fill("");
  await admin.getByRole("button", { name: "End the session of Test customer" }).first().click();
  await admin.getByRole("button", { name: "End session" }).click();
  await customer.screen("ended");
  await admin.getByRole("link", { name: "History" }).click();
  await admin.locator("td[data-column=outcome]").first().waitFor();
  for (const [order, first, second] of [
    ["ascending", "Somebody else", "Test customer"],
    ["descending", "Test customer", "Somebody else"],
  ] as const) {
    await admin.getByRole("button", { name: "Customer", exact: true }).click();
    await admin.locator(`th[aria-sort=${order}]`).waitFor();
    await eventually(`customers by their names, ${order}`, async () => {
      const names = await admin.locator("td[data-column=customer]").allTextContents();
      const at = (wanted: string) => names.findIndex((name) => name.includes(wanted));
      return at(first) >= 0 && at(first) < at(second);
    });
  }
  // The newest first again: others are called so, too.
  await admin.getByRole("button", { name: /^Started \(/ }).click();
  await admin.locator("th[aria-sort=descending]").waitFor();
  await admin.getByRole("button", { name: "Columns" }).click();
  await admin.getByRole("checkbox", { name: "Id" }).uncheck();
  await admin.getByRole("columnheader", { name: "Id" }).waitFor({ state: "detached" });
  await admin.keyboard.press("Escape");
  await admin.getByLabel("Search").fill("test cust");
  await admin.getByRole("link", { name: "Test customer" }).first().click();
  await admin.getByText("Ended from the administration").waitFor();
  const timeline = (await admin.locator(".admin-timeline").textContent()) ?? "";
  expect(timeline).toContain("as an agent");
  expect(timeline).not.toContain("part=");
  expect(timeline).toContain("dev:Lin");
  expect(timeline).toContain("/sample/in-page");
  expect(timeline).not.toContain("canary");
  expect(await admin.getByRole("link", { name: "Site policy" }).count()).toBe(0);
  await customer.context.close();
  await agent.context.close();
  await admin.context().close();
});

test("an agent finds no way into the administration, and none by its address", async () => {
  const page = await openAdmin("Agent", "history");
  await page.getByText("Your role does not open this view.").waitFor();
  await page.getByRole("link", { name: "Back to the desk" }).click();
  await page.getByLabel("Session key").waitFor();
  expect(await page.getByRole("link", { name: "Administration" }).count()).toBe(0);
  await page.context().close();
});
