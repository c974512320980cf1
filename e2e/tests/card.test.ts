import type { BrowserContextOptions } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** The customer's panel as a card: where it stands, how much it covers, how it looks and speaks. */

const world = setUpWorld();

const open: { context: { close(): Promise<void> } }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
});

const page = {
  "/": html(`<!doctype html><html lang="en"><title>Form</title><meta name=viewport content="width=device-width">
    <style>body { margin: 0; height: 100vh } input { position: fixed; right: 30px; width: 120px }</style>
    <input id=top style="top: 40px"><input id=bottom style="bottom: 60px">`),
};

async function customerOn(options: BrowserContextOptions = {}): Promise<Customer> {
  const site = await world.stack.serve(page);
  const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`, options);
  open.push(customer);
  return customer;
}

async function shared(customer: Customer): Promise<AgentView> {
  const agent = await AgentView.open(world.browser, world.stack);
  open.push(agent);
  await agent.join(await customer.start());
  await customer.screen("sharing");
  return agent;
}

async function openPanel({ page: tab }: Customer): Promise<void> {
  await tab.waitForFunction(() => window.copane !== undefined);
  await tab.evaluate(() => window.copane?.start());
  await tab.locator("[data-copane] [data-screen=consent]").waitFor();
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(customer: Customer, selector: string): Promise<Box> {
  const box = await customer.page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  return box;
}

const card = (customer: Customer) => boxOf(customer, "[data-copane] .card");

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe("the card", () => {
  test("is taken by its head to another place, and stands there on the site's next page", async () => {
    const customer = await customerOn();
    await shared(customer);
    const { mouse } = customer.page;
    await customer.page.locator("[data-copane] .grip").waitFor();
    const before = await card(customer);
    await mouse.move(before.x + 60, before.y + 24);
    await mouse.down();
    await mouse.move(before.x - 300, 60, { steps: 4 });
    await mouse.up();
    const after = await card(customer);
    expect(after.x).toBeLessThan(before.x - 300);
    expect(after.y).toBeLessThan(60);
    await customer.page.reload();
    await customer.screen("sharing");
    await eventually("the same place", async () => {
      const { x, y } = await card(customer);
      return Math.abs(x - after.x) < 3 && Math.abs(y - after.y) < 3;
    });
  });

  test("is moved by arrow keys, and a press on the line that it is when small still opens it", async () => {
    const customer = await customerOn();
    await shared(customer);
    const grip = customer.page.locator("[data-copane]").getByRole("button", { name: "Move this panel" });
    const before = await card(customer);
    await grip.focus();
    for (const key of ["ArrowUp", "ArrowUp", "ArrowLeft"]) await customer.page.keyboard.press(key);
    const after = await card(customer);
    expect(after.y).toBeLessThan(before.y);
    expect(after.x).toBeLessThan(before.x);
    await customer.press("Make small");
    await customer.page.locator("[data-copane] .pill").click();
    await customer.screen("sharing");
  });

  test("makes way for what has the focus, and goes back", async () => {
    const customer = await customerOn();
    await shared(customer);
    await customer.page.locator("[data-copane] .grip").waitFor();
    const home = await card(customer);
    const field = await boxOf(customer, "#bottom");
    expect(meet(home, field)).toBe(true);
    await customer.page.locator("#bottom").focus();
    await eventually("way made", async () => !meet(await card(customer), field));
    await customer.page.locator("#top").focus();
    await eventually("the corner again", async () => (await card(customer)).y === home.y);
  });

  test("stays under the hand that presses a button of it, wherever it has gone", async () => {
    const customer = await customerOn();
    await shared(customer);
    await customer.page.locator("[data-copane] .grip").waitFor();
    const field = await boxOf(customer, "#bottom");
    await customer.page.locator("#bottom").focus();
    await eventually("way made", async () => !meet(await card(customer), field));
    await customer.press("Stop sharing");
    await customer.screen("ended");
  });

  test("stays usable where nothing can be kept", async () => {
    const customer = await customerOn();
    await customer.page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("no storage", "SecurityError");
          },
        });
    });
    await customer.page.reload();
    await shared(customer);
    const before = await card(customer);
    await customer.page.locator("[data-copane] .grip").focus();
    await customer.page.keyboard.press("ArrowUp");
    expect((await card(customer)).y).toBeLessThan(before.y);
    expect(customer.errors).toEqual([]);
  });
});

test("on a phone it covers a seventh of the height when small and a third when open, in control too", async () => {
  const height = 844;
  const customer = await customerOn({ viewport: { width: 390, height }, hasTouch: true, isMobile: true });
  const agent = await shared(customer);
  const widget = customer.page.locator("[data-copane]");
  const part = async () => (await card(customer)).height / height;
  await widget.locator(".grip").waitFor({ state: "attached" });
  expect(await part()).toBeLessThanOrEqual(0.35);
  // Nobody is told of keys that are not there.
  expect(await widget.getByText("F6").count()).toBe(0);
  await agent.page.evaluate(() => window.agentView.say("Hello"));
  await widget.getByRole("button", { name: "Chat, 1 new" }).click();
  await widget.getByLabel("Message").waitFor();
  expect(await part()).toBeLessThanOrEqual(0.35);
  await widget.getByRole("button", { name: "Chat", exact: true }).click();
  await customer.press("Make small");
  await widget.locator(".pill").waitFor();
  expect(await part()).toBeLessThanOrEqual(0.15);
  await agent.page.evaluate(() => window.agentView.requestControl());
  await customer.screen("control");
  expect(await part()).toBeLessThanOrEqual(0.35);
  await customer.press("Allow");
  await customer.screen("controlled");
  expect(await part()).toBeLessThanOrEqual(0.35);
  await customer.press("Make small");
  await widget.locator(".pill").waitFor();
  expect(await part()).toBeLessThanOrEqual(0.15);
  await customer.press("Take back control");
  await widget.getByRole("button", { name: "Sharing. Show" }).waitFor();
});

test("a key that was wrong stays in its field", async () => {
  const customer = await customerOn();
  const widget = customer.page.locator("[data-copane]");
  await openPanel(customer);
  await customer.press("I have a key from the agent");
  const field = widget.getByLabel("Key", { exact: true });
  await field.fill("1234 5679");
  await customer.press("Join with this key");
  await widget.getByRole("alert").waitFor();
  expect(await field.inputValue()).toBe("1234 5679");
});

test("what was read in the chat is not new on the next page", async () => {
  const customer = await customerOn();
  const agent = await shared(customer);
  const widget = customer.page.locator("[data-copane]");
  await agent.page.evaluate(() => window.agentView.say("First"));
  await widget.getByRole("button", { name: "Chat, 1 new" }).click();
  await widget.getByText("First").waitFor();
  await customer.page.reload();
  await customer.screen("sharing");
  await agent.page.evaluate(() => window.agentView.say("Second"));
  await widget.getByRole("button", { name: "Chat, 1 new" }).waitFor();
});

test("a key that waits says how long it works", async () => {
  const customer = await customerOn();
  await customer.start();
  await customer.page
    .locator("[data-copane]")
    .getByRole("timer")
    .filter({ hasText: /for \d?\d:\d\d more/ })
    .waitFor();
});

describe("a site", () => {
  test("has its own words, and the panel its own language and direction", async () => {
    const customer = await customerOn();
    await customer.page.waitForFunction(() => window.copane !== undefined);
    await customer.page.evaluate(() => {
      document.documentElement.dir = "rtl";
      window.copane?.init({
        launcher: true,
        words: { en: { open: "Call us", start: "Show my page", screens: { key: "Code" } } },
      });
    });
    const widget = customer.page.locator("[data-copane]");
    const button = widget.getByRole("button", { name: "Call us" });
    await button.click();
    await widget.getByRole("button", { name: "Show my page" }).waitFor();
    const root = widget.locator(".root");
    expect([await root.getAttribute("lang"), await root.getAttribute("dir")]).toEqual(["en", "ltr"]);
    await customer.press("I have a key from the agent");
    await widget.getByLabel("Code", { exact: true }).waitFor();
    await widget.getByRole("button", { name: "Join with this key" }).waitFor();
  });

  test("gives the panel its colours, and its light or dark", async () => {
    const customer = await customerOn({ colorScheme: "dark" });
    await customer.page.waitForFunction(() => window.copane !== undefined);
    const background = () =>
      customer.page
        .locator("[data-copane] .card")
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    await openPanel(customer);
    // The page says nothing of dark: it is light, and so is the panel.
    expect(await background()).toBe("rgb(255, 255, 255)");
    await customer.page.evaluate(() => {
      document.documentElement.style.colorScheme = "light dark";
    });
    await eventually("dark with the page", async () => (await background()) === "rgb(27, 33, 48)");
    await customer.page.evaluate(() => window.copane?.init({ theme: "light" }));
    await eventually("light as the site chose", async () => (await background()) === "rgb(255, 255, 255)");
    await customer.page.evaluate(() => {
      document.documentElement.style.setProperty("--copane-background", "rgb(1, 2, 3)");
    });
    await eventually("the site's colour", async () => (await background()) === "rgb(1, 2, 3)");
  });
});
