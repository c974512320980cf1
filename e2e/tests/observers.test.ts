import { describe, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import type { Stack } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld, type World } from "../support/world.ts";

/** A session under way, and a supervisor who sees it in their list. */
async function watched({ browser, stack }: World) {
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const agent = await Desk.open(browser, stack);
  await agent.signIn();
  await agent.joinByKey(await customer.start());
  await customer.screen("sharing");
  const supervisor = await openSupervisor({ browser, stack });
  const { page } = supervisor;
  // Sessions of earlier tests may still be listed, with more people in them.
  const join = page.getByRole("button", { name: "Join Test customer, Robin", exact: true });
  await join.waitFor();
  return {
    customer,
    agent,
    supervisor,
    join: () => join.click(),
    end: async () => {
      await customer.context.close();
      await agent.close();
      await supervisor.close();
    },
  };
}

async function openSupervisor({ browser, stack }: { browser: World["browser"]; stack: Stack }) {
  const supervisor = await Desk.open(browser, stack);
  await supervisor.page.getByLabel("Sign in as").selectOption({ label: "Supervisor" });
  await supervisor.signIn("Sam");
  return supervisor;
}

/** All that the customer could read or hear of it, and what their page knows. */
async function told(customer: Customer): Promise<string> {
  const widget = await customer.page
    .locator("[data-copane]")
    .evaluate((host) => host.shadowRoot?.textContent ?? "");
  return widget + JSON.stringify(customer.received);
}

describe("where the site allows silent observers", () => {
  const world = setUpWorld({ silentObservers: true });

  test("the customer is told of one in no way until it shows itself; colleagues are", async () => {
    const { customer, agent, supervisor, join, end } = await watched(world);
    await supervisor.page.getByLabel("Not shown to the customer").check();
    await join();
    await supervisor.ready();
    await supervisor.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    await agent.press("People and chat");
    const people = agent.page.getByRole("list", { name: "In this session" });
    await people.getByText("Sam").waitFor();
    await people.getByText("not shown to the customer").waitFor();
    // It sees what the customer does from now on, and cannot do anything itself.
    await customer.page.getByLabel("Category").selectOption("bags");
    await eventually("the catalogue at the supervisor", async () => {
      return (await supervisor.replica.locator(".card h2").allTextContents()).join().startsWith("Harbour");
    });
    expect(await supervisor.page.getByRole("button", { name: "Request control" }).count()).toBe(0);
    await customer.says("Robin sees this page");
    expect(await told(customer)).not.toContain("Sam");

    await supervisor.press("People and chat");
    await supervisor.press("Show yourself to the customer");
    await customer.says("Robin, Sam see this page");
    expect(await told(customer)).toContain("Sam");
    await end();
  });

  test("one who goes again was never there for the customer, and the others go on", async () => {
    const { customer, agent, supervisor, join, end } = await watched(world);
    await supervisor.page.getByLabel("Not shown to the customer").check();
    await join();
    await supervisor.ready();
    await supervisor.close();
    await customer.page.getByLabel("Category").selectOption("bags");
    await eventually("the catalogue at the agent", async () => {
      return (await agent.replica.locator(".card h2").allTextContents()).join().startsWith("Harbour");
    });
    await customer.says("Robin sees this page");
    expect(await told(customer)).not.toContain("Sam");
    await end();
  });
});

describe("where it does not", () => {
  const world = setUpWorld({ silentObservers: false });

  test("a supervisor is not offered silence and comes in seen, and an invitation in silence is refused", async () => {
    const { customer, agent, supervisor, join, end } = await watched(world);
    expect(await supervisor.page.getByLabel("Not shown to the customer").count()).toBe(0);
    await join();
    await supervisor.ready();
    await customer.says("Robin, Sam see this page");

    await agent.press("People and chat");
    await agent.page.getByText("Invite a colleague").click();
    const as = agent.page.getByRole("complementary").getByLabel("As");
    // What the site forbids is not offered.
    expect(await as.locator("option").allTextContents()).toEqual(["Agent", "Observer"]);
    await end();
  });
});
