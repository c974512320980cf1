import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AvayaWorld, type Tab } from "../support/avaya.ts";
import { eventually } from "../support/wait.ts";

let world: AvayaWorld;
let customer: Tab;
let agent: Tab;

beforeAll(async () => {
  // The site wants consent: calling a join gives it.
  world = await AvayaWorld.start({ consent: ["view", "control"] });
});
afterAll(() => world.close());
beforeEach(async () => {
  [customer, agent] = await Promise.all([world.sample("customer"), world.sample("agent")]);
});
afterEach(async () => {
  const errors = [...customer.errors, ...agent.errors];
  await Promise.all([customer.context.close(), agent.context.close()]);
  expect(errors).toEqual([]);
});

test("pages written for the SDK work unchanged: the customer shares, the agent joins, works and leaves", async () => {
  await customer.reads("cobrowse-state", "Not shared");
  await customer.press("begin");
  const key = await customer.reads("cobrowse-key", /^\d{4} \d{4}$/);
  await agent.page.locator("#key").fill(key.replace(" ", ""));
  await agent.press("live");
  await agent.reads("state", "Connected with Ada O'Neill");
  await customer.reads("cobrowse-agent", "Robin");
  await agent.replica.getByText("Your household policy").waitFor();
  const seen = await agent.replica.locator("body").innerHTML();
  expect(seen).not.toContain("Scoring notes");
  expect(seen).not.toContain("4711-0815");

  await agent.press("ask");
  await customer.press("grant");
  await agent.reads("state", "In control");
  await agent.replica.locator("input[name=street]").waitFor();
  const street = await agent.replica.locator("input[name=street]").boundingBox();
  if (!street) throw new Error("the field is not to be seen");
  await agent.page.mouse.click(street.x + street.width / 2, street.y + street.height / 2);
  await eventually("the agent's cursor at the customer", () =>
    customer.page.locator("[data-copane] .pointer").isVisible(),
  );
  await agent.page.keyboard.press("End");
  await agent.page.keyboard.type("2", { delay: 20 });
  await eventually(
    "the street changed",
    async () => (await customer.page.locator("input[name=street]").inputValue()) === "Quay 42",
  );
  await customer.press("revoke");
  await agent.reads("state", "Control taken back");
  await agent.press("leave");
  await customer.reads("cobrowse-closed", "Closed by the agent. Good bye");
  await agent.reads("state", "Ended");
});

test("pages written for the SDK work unchanged: the agent makes a key, the customer goes to the next page", async () => {
  await agent.press("make");
  const key = await agent.reads("made", /^\d{4} \d{4}$/);
  await agent.press("enter");
  await agent.reads("state", /Waiting|Connected/);
  await customer.page.locator("#key").fill(key);
  await customer.press("join");
  await customer.reads("cobrowse-state", "Active");
  await agent.replica.getByText("Your household policy").waitFor();
  await customer.page.getByRole("link", { name: "Claim" }).click();
  await customer.reads("cobrowse-state", "Active");
  await customer.reads("cobrowse-agent", "Robin");
  await customer.reads("cobrowse-key", key);
  await agent.replica.getByText("Tell us what happened.").waitFor();
  await customer.press("pause");
  await agent.reads("state", "Paused");
  await customer.press("resume");
  await agent.reads("state", "Resumed");
  await customer.press("leave");
  await agent.reads("state", "Closed: customer_left:Thank you");
});
