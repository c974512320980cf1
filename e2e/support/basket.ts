import type { Customer } from "./customer.ts";
import type { Desk } from "./desk.ts";
import { eventually } from "./wait.ts";

/** The agent, in control, follows the sample shop's link to the basket, and sees the page come. */
export async function goToBasket(desk: Desk, customer: Customer): Promise<void> {
  await desk.clickInReplica("nav a[href='cart.html']");
  await customer.page.waitForURL("**/cart.html");
  await eventually("the basket page at the agent", () =>
    desk.replica
      .getByRole("heading", { name: /basket/i })
      .first()
      .isVisible(),
  );
}
