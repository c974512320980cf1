import { describe, expect, test } from "vitest";
import { goToBasket } from "../support/basket.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** Customer and agent in different engines; tests of one engine run in each with the same files. */
const pairs = [
  { customer: "chromium", agent: "firefox" },
  { customer: "firefox", agent: "chromium" },
  { customer: "chromium", agent: "webkit" },
  { customer: "webkit", agent: "firefox" },
] as const;

describe.each(pairs)("a customer in $customer and an agent in $agent", (engines) => {
  const world = setUpWorld({}, engines);

  test("go through a session from its key to its end", async () => {
    const { browser, stack } = world;
    const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
    const desk = await Desk.open(browser, stack);
    await desk.signIn();
    await customer.page.locator("[data-copane] button").click();
    await customer.screen("consent");
    await customer.press("Share this page");
    await desk.joinByKey(await customer.passphrase());
    await customer.screen("sharing");

    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    await customer.page.getByLabel("Category").selectOption("bags");
    await eventually("the filtered catalogue at the agent", async () => {
      const names = await desk.replica.locator(".card h2").allTextContents();
      return names.join() === "Harbour satchel,Market tote,Pine duffel";
    });
    await customer.page.getByLabel("Category").selectOption("");

    await desk.press("Request control");
    await customer.press("Allow");
    await desk.says("You can click and type");
    await desk.clickInReplica("input[name=stock]");
    await eventually("the box checked", () => customer.page.locator("input[name=stock]").isChecked());
    await desk.clickInReplica("input[name=query]");
    await desk.page.keyboard.type("coat");
    await eventually("the search typed", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "coat";
    });
    await eventually("the catalogue filtered by the shop's own script", async () => {
      return (await desk.replica.locator(".card").count()) === 1;
    });

    await goToBasket(desk, customer);
    await customer.press("Take back control (Esc)");
    await customer.screen("sharing");
    await customer.press("Pause");
    await desk.says("Paused by");
    await customer.press("Resume");
    await customer.screen("sharing");
    await customer.press("Stop sharing");
    await desk.page.locator("[data-close-code=customer_left]").waitFor();
    expect(customer.errors).toEqual([]);
    await customer.context.close();
    await desk.close();
  });
});
