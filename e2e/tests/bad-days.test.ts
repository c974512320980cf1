import { afterEach, beforeEach, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
let customer: Customer;
let agent: AgentView;

beforeEach(async () => {
  const { browser, stack } = world;
  customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
});
afterEach(async () => {
  await customer.context.close();
  await agent.context.close();
});

const pictures = () => agent.page.evaluate(() => window.agentView.pictures());
const closed = () => agent.page.evaluate(() => window.agentView.session()?.state === "closed");

async function same(): Promise<void> {
  const states = await settledStates(customer, agent, 15_000);
  expect(states.agent).toEqual(states.customer);
}

test("an agent who is offline for 30 seconds comes back to the newest page", {
  timeout: 120_000,
}, async () => {
  await agent.context.setOffline(true);
  await customer.page.getByLabel("Category").selectOption("bags");
  await elapse(30_000);
  await customer.page.getByLabel("Sort by").selectOption("high");
  await agent.context.setOffline(false);
  await eventually(
    "the agent's connection",
    () => agent.page.evaluate(() => window.agentView.connection() === "connected"),
    { timeoutMs: 40_000 },
  );
  await same();
  expect(await closed()).toBe(false);
});

test("a customer who reloads three times in a row stays in the session", async () => {
  for (let i = 0; i < 3; i++) {
    await customer.page.reload({ waitUntil: "commit" });
    // The browser takes no command for a page that has just been swapped for another.
    await elapse(150);
  }
  await customer.screen("sharing");
  await same();
});

test("a session goes on after the customer went to another site and came back", async () => {
  const before = await pictures();
  await customer.page.goto("about:blank");
  await eventually("that the customer is away", () =>
    agent.page.evaluate(() =>
      window.agentView.session()?.participants.some((one) => one.role === "customer" && !one.connected),
    ),
  );
  await customer.page.goto(`${world.stack.server}/sample/help.html`);
  await customer.screen("sharing");
  await agent.picture(before);
  await same();
});

test("both sides come back when both were offline", { timeout: 120_000 }, async () => {
  await customer.context.setOffline(true);
  await agent.context.setOffline(true);
  await elapse(5_000);
  await customer.page.evaluate(() => document.querySelector("h1")?.append(" and wind"));
  await agent.context.setOffline(false);
  await customer.context.setOffline(false);
  await eventually("the change made offline", async () => (await agent.state()).text.includes("and wind"), {
    timeoutMs: 40_000,
  });
  await same();
});
