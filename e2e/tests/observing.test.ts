import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openAdmin } from "../support/admin.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

async function session() {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  await desk.joinByKey(await customer.start());
  return { customer, desk };
}
const watched = (page: Page) =>
  page
    .frameLocator("[data-stage] iframe:not([style*='visibility: hidden'])")
    .getByRole("heading", { name: "Made for weather" })
    .waitFor();
const toldOf = (customer: Customer) =>
  customer.page.locator("[data-copane] [data-screen]").getByText("Lin").count();

async function savePolicy(admin: Page): Promise<void> {
  await admin.getByRole("button", { name: "Save policy" }).click();
  await admin.getByText("Saved. It is in force.").waitFor();
}

describe("a session under way, observed from the administration", () => {
  test("shows the page, is told to both sides, leaves them alone again, and stands in the audit", async () => {
    const { browser, stack } = world;
    const { customer, desk } = await session();
    const lin = await openAdmin(browser, stack, "Supervisor", "live");
    await lin.getByRole("button", { name: "Observe the session of Test customer" }).first().click();
    const dialog = lin.getByRole("dialog");
    await dialog.getByText("The customer and every agent see that you are there.").waitFor();
    expect(await dialog.getByRole("radio").count()).toBe(0);
    await dialog.getByRole("button", { name: "Start observing" }).click();
    await watched(lin);
    await customer.says("Lin");
    await lin.getByRole("button", { name: "Leave session", exact: true }).click();
    await lin.getByRole("dialog").getByRole("button", { name: "Leave session", exact: true }).click();
    await lin.getByRole("button", { name: "Back to the administration" }).click();
    // The session goes on without the observer.
    await lin.getByRole("button", { name: "Observe the session of Test customer" }).first().waitFor();
    await customer.page.evaluate(() => document.querySelector("h1")?.append(" still"));
    await desk.replica.getByText("still").waitFor();
    await lin.getByRole("link", { name: "History" }).click();
    await lin.getByRole("link", { name: "Test customer" }).first().click();
    await lin.locator(".admin-timeline").getByText("as a supervisor").waitFor();
    await customer.context.close();
    for (const page of [desk.page, lin]) await page.context().close();
  });

  test("may be unseen by the customer while the policy says so, and not a moment longer", async () => {
    const { browser, stack } = world;
    const { customer, desk } = await session();
    const admin = await openAdmin(browser, stack, "Administrator", "policy");
    await admin.getByLabel("Observers may stay unseen").check();
    await savePolicy(admin);
    const lin = await openAdmin(browser, stack, "Supervisor", "live");
    await lin.getByRole("button", { name: "Observe the session of Test customer" }).first().click();
    await lin.getByLabel("The agents only, not the customer").check();
    await lin.getByRole("button", { name: "Start observing" }).click();
    await watched(lin);
    await desk.page.getByRole("button", { name: /People/ }).click();
    await desk.page.getByText("Supervisor · not shown to the customer").waitFor();
    expect(await toldOf(customer)).toBe(0);
    await admin.getByLabel("Observers may stay unseen").uncheck();
    await savePolicy(admin);
    await customer.says("Lin");
    await customer.context.close();
    for (const page of [desk.page, lin, admin]) await page.context().close();
  });

  test("is not for auditors, nor for agents", async () => {
    const { browser, stack } = world;
    for (const role of ["Auditor", "Agent"]) {
      const page = await openAdmin(browser, stack, role, "live");
      await page.getByText("Your role does not open this view.").waitFor();
      await page.context().close();
    }
  });
});

test("what the policy asks customers for holds on a page that is being shared", async () => {
  const { browser, stack } = world;
  const { customer, desk } = await session();
  await desk.press("Request control");
  await customer.screen("control");
  await customer.press("Allow");
  await customer.screen("controlled");
  const admin = await openAdmin(browser, stack, "Administrator", "policy");
  await admin.getByLabel("the page is seen").check();
  await savePolicy(admin);
  await customer.screen("askView");
  await desk.says("to agree to be seen");
  const { mirrorBytes } = customer.wire;
  await customer.page.evaluate(() => document.querySelector("h1")?.append(" unseen"));
  await customer.press("Do not allow");
  await customer.screen("hidden");
  expect(customer.wire.mirrorBytes).toBe(mirrorBytes);
  await customer.press("Share this page");
  await desk.replica.getByText("unseen").waitFor();

  // Without being asked for it, a request for control is granted at once.
  await admin.getByLabel("an agent takes control").uncheck();
  await admin.getByLabel("Agents may suggest a step").uncheck();
  await savePolicy(admin);
  await desk.press("Request control");
  await customer.screen("controlled");
  await customer.context.close();
  for (const page of [desk.page, admin]) await page.context().close();
});
