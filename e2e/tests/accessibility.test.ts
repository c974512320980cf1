import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { still } from "../support/still.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ silentObservers: true });

/** What axe finds wrong, each with the first element it found; the replica shows somebody else's page. */
async function violations(page: Page, within?: string): Promise<string[]> {
  // Colours in motion have no contrast yet.
  await still(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (scope) => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const found = await run.run(
      { ...(scope ? { include: [scope] } : {}), exclude: ["[data-stage] iframe"] },
      { iframes: false },
    );
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
  }, within);
}

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test("every screen of desk and widget passes axe", async () => {
    const { browser, stack } = world;
    const desk = await Desk.open(browser, stack, { colorScheme, bypassCSP: true });
    const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, { colorScheme });
    const found: Record<string, string[]> = {};
    const look = async (screen: string) => {
      found[screen] = [
        ...(await violations(desk.page)),
        ...(await violations(customer.page, "[data-copane]")),
      ];
    };
    await desk.page.getByLabel("Sign-in code").waitFor();
    await customer.page.locator("[data-copane] button").waitFor();
    await look("sign-in and launcher");
    await desk.signIn();
    await customer.page.locator("[data-copane] button").click();
    await look("home and consent");
    await desk.makeKey();
    await customer.press("I have a key from the agent");
    await look("waiting for the customer and typing the key");
    await desk.press("Cancel");
    await desk.page.locator("[data-close-code]").waitFor();
    await look("cancelled");
    await desk.press("Back to the desk");
    const key = await customer.start();
    await look("key to read out");
    await desk.joinByKey(key);
    await look("live");
    await desk.press("Draw a rectangle");
    await customer.press("Draw");
    await customer.page.locator("[data-copane] [data-tool=done]").waitFor();
    await look("drawing");
    await desk.press("Point at elements and text");
    await customer.press("Done");
    await customer.page.locator("[data-copane] .pill").click();
    await desk.press("People and chat");
    await desk.page.getByText("Invite a colleague").click();
    await desk.press("Make an invitation");
    await desk.page.getByLabel("Message to the customer").fill("See https://example.com/help");
    await desk.page.keyboard.press("Enter");
    await customer.page.locator("[data-copane]").getByRole("button", { name: "Chat, 1 new" }).click();
    await look("people and chat");
    await desk.suggest();
    await look("suggestion being made");
    await desk.page.getByRole("dialog").getByRole("button", { name: "Suggest", exact: true }).click();
    await customer.page.locator("[data-copane]").getByRole("button", { name: "Accept (F2)" }).waitFor();
    await look("suggestion made");
    await customer.answer("Escape");
    await desk.more("Limited control…");
    await look("limits of control");
    await desk.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await desk.press("People and chat");
    await desk.press("Request control");
    await customer.screen("control");
    await look("control asked");
    await customer.press("Allow");
    await desk.says("You can click and type");
    await look("controlled");
    await customer.press("Take back control (Esc)");
    await customer.press("Pause");
    await desk.says("Paused by");
    await look("paused");
    await customer.press("Stop sharing");
    await desk.page.locator("[data-close-code]").waitFor();
    await look("ended");
    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
    await desk.close();
    await customer.context.close();
  });

  test("every screen of a supervisor passes axe", async () => {
    const { browser, stack } = world;
    const desk = await Desk.open(browser, stack, { colorScheme, bypassCSP: true });
    const { page } = desk;
    await page.getByLabel("Sign in as").selectOption({ label: "Supervisor" });
    await desk.signIn("Sam");
    await page.getByText("There is none right now.").waitFor();
    const found: Record<string, string[]> = { "no sessions": await violations(page) };
    const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
    const agent = await AgentView.open(browser, stack);
    await agent.join(await customer.start());
    await desk.press("Look again");
    const join = page.getByRole("button", { name: "Join Test customer" });
    await join.waitFor();
    found.sessions = await violations(page);
    await page.getByLabel("Not shown to the customer").check();
    found["in silence"] = await violations(page);
    await join.click();
    await desk.ready();
    found.watching = await violations(page);
    await desk.press("People and chat");
    await page.getByRole("button", { name: "Show yourself to the customer" }).waitFor();
    found["people, unseen"] = await violations(page);
    await desk.press("Show yourself to the customer");
    await customer.says("Sam");
    found["people, seen"] = await violations(page);
    await agent.page.evaluate(() => window.agentView.leave());
    await page.locator("[data-close-code]").waitFor();
    found.ended = await violations(page);
    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
    await desk.close();
    await agent.context.close();
    await customer.context.close();
  });
});

test.each(["index", "product", "cart", "checkout", "account", "help"])(
  "the sample page %s passes axe",
  async (name) => {
    const { browser, stack } = world;
    const customer = await Customer.open(browser, stack, `${stack.server}/sample/${name}.html`);
    expect(await violations(customer.page)).toEqual([]);
    await customer.context.close();
  },
);
