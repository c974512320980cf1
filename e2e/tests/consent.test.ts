import { expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { elapse } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ consent: ["view", "control", "recording"] });

test("nothing of the page leaves the browser before the customer agrees, nor after they think better of it", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  const key = await customer.start();
  await desk.giveKey(key);
  await customer.screen("askView");
  await desk.says("to agree to be seen");
  expect(await customer.page.locator("[data-copane] .edge").isVisible()).toBe(false);
  await customer.page.getByLabel("Category").selectOption("bags");
  await elapse(500);
  expect(customer.wire.mirrorBytes).toBe(0);
  expect(await desk.page.getByRole("button", { name: "Request control" }).isDisabled()).toBe(true);

  // Both are asked together; who does not tick recording says yes to being seen only.
  const recording = customer.page.locator("[data-copane]").getByRole("checkbox");
  expect(await recording.isChecked()).toBe(false);
  await customer.press("Allow");
  await customer.screen("sharing");
  await desk.ready();
  await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
  await customer.page.locator("[data-copane]").getByText("Recording is not allowed").waitFor();

  // The consent is the session's: the next page does not ask again.
  await customer.page.reload();
  await customer.screen("sharing");
  await desk.press("Request control");
  await customer.screen("control");
  await customer.context.close();
  await desk.close();
});

test("a customer who does not agree is not seen, and may change their mind", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  const key = await customer.start();
  await desk.giveKey(key);
  await customer.screen("askView");
  await customer.press("Do not allow");
  await customer.screen("hidden");
  await desk.says("does not want the page to be seen");
  expect(customer.wire.mirrorBytes).toBe(0);
  await customer.press("Share this page");
  await desk.ready();
  await customer.context.close();
  await desk.close();
});
