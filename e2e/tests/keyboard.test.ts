import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

/** The accessible words of what has the focus, through shadow roots. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return (active?.getAttribute("aria-label") || active?.textContent || "").trim();
  });
}

/** Goes to a control by the Tab key alone. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if ((await focused(page)) === label) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key never comes to "${label}"`);
}

async function press(page: Page, label: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press("Enter");
}

test("both sides do everything of a session without a mouse", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  await desk.joinByKey(await customer.start());

  // Control: asked for by keys, allowed by keys, taken back by one.
  await press(desk.page, "Request control");
  await customer.screen("control");
  await press(customer.page, "Allow");
  await desk.says("You can click and type");
  await customer.page.keyboard.press("Escape");
  await desk.says("took control back");

  // A suggestion: chosen from a list, accepted by one key.
  await press(desk.page, "Suggest a step…");
  const list = desk.page.getByRole("dialog").getByLabel("Element");
  await list.focus();
  await desk.page.keyboard.type("In stock");
  await press(desk.page, "Suggest");
  await customer.page.locator("[data-copane] .note").waitFor();
  await customer.page.keyboard.press("F2");
  await eventually("the box checked", () => customer.page.locator("input[name=stock]").isChecked());

  // The chat.
  await press(desk.page, "People and chat");
  await tabTo(desk.page, "Message to the customer");
  await desk.page.keyboard.type("Hello");
  await desk.page.keyboard.press("Enter");
  await press(customer.page, "Chat, 1 new");
  await tabTo(customer.page, "Message");
  await customer.page.keyboard.type("Hello too");
  await customer.page.keyboard.press("Enter");
  await desk.page.getByRole("log", { name: "Chat with the customer" }).getByText("Hello too").waitFor();

  // The end.
  await press(customer.page, "Stop sharing");
  await desk.page.locator("[data-close-code=customer_left]").waitFor();
  expect(customer.errors).toEqual([]);
  await customer.context.close();
  await desk.close();
});
