import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html } from "../support/http.ts";
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

/** Whether what has the focus is in a toolbar, which is one stop of the Tab key. */
function isInToolbar(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.closest("[role=toolbar]") != null;
  });
}

/** Goes to a control by the Tab key, and by arrows within toolbars. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    const first = await focused(page);
    if (first === label) return;
    if (await isInToolbar(page)) {
      do {
        await page.keyboard.press("ArrowRight");
        if ((await focused(page)) === label) return;
      } while ((await focused(page)) !== first);
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key never comes to "${label}"`);
}

async function press(page: Page, label: string): Promise<void> {
  await tabTo(page, label);
  await page.locator(":focus:not([aria-disabled])").last().waitFor();
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

  // A suggestion: pointed at by arrows, accepted by one key.
  await press(desk.page, "More ways to help");
  await desk.page.keyboard.press("ArrowDown");
  expect(await focused(desk.page)).toBe("Suggest a step…");
  await desk.page.keyboard.press("Enter");
  const pointed = desk.page.locator(".picker [role=status]");
  await pointed.waitFor();
  for (let steps = 0; steps < 40 && !(await pointed.textContent())?.startsWith("In stock"); steps++)
    await desk.page.keyboard.press("ArrowDown");
  await desk.page.keyboard.press("Enter");
  await press(desk.page, "Suggest");
  await customer.page.locator("[data-copane] .note").waitFor();
  await customer.answer("F2");
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

describe("the key that stops sharing", () => {
  const page = {
    "/": html(`<!doctype html><title>Shop</title><input id=a autofocus><iframe src=/inner title=inner></iframe>
      <script>addEventListener("keydown", ({ key }) => { document.title += " " + key })</script>`),
    "/inner": html("<!doctype html><input id=b>"),
    "/later": html("<!doctype html><input id=c>"),
  };

  async function shared(config: { stopKey?: string } = {}) {
    const { browser, stack } = world;
    const site = await stack.serve(page);
    const customer = await Customer.open(browser, stack, `${site.origin}/`);
    await customer.page.waitForFunction(() => window.copane !== undefined);
    await customer.page.evaluate((given) => window.copane?.init(given), config);
    const agent = await AgentView.open(browser, stack);
    await agent.join(await customer.start());
    await customer.screen("sharing");
    return { customer, agent };
  }

  const ended = (agent: AgentView) =>
    eventually("the end at the agent", () =>
      agent.page.evaluate(() => window.agentView.session()?.state === "closed"),
    );

  test("is shown, announced, and works wherever the focus is; the page never sees it", async () => {
    const { customer, agent } = await shared();
    const widget = customer.page.locator("[data-copane]");
    await customer.says("Shift+F4 stops sharing at once.");
    await widget.locator(".announce").getByText("Shift+F4 stops sharing at once.").first().waitFor();
    const stop = widget.getByRole("button", { name: "Stop sharing" });
    expect(await stop.getAttribute("aria-keyshortcuts")).toBe("Shift+F4");
    await customer.page.locator("#a").focus();
    await customer.page.keyboard.press("F4");
    await customer.screen("sharing");
    await customer.page.keyboard.press("Shift+F4");
    await customer.screen("ended");
    await ended(agent);
    expect(await customer.page.title()).toBe("Shop F4 Shift");
    await customer.context.close();
    await agent.context.close();
  });

  test("works in an iframe of the page, with control granted and the panel made small", async () => {
    const { customer, agent } = await shared();
    await customer.press("Make small");
    await agent.takeControl(customer);
    // The page in the frame may have come later than the script.
    await customer.page.locator("iframe").evaluate((frame) => {
      (frame as HTMLIFrameElement).src = "/later";
    });
    await eventually("the other page in the replica's frame", () =>
      agent.page.evaluate(() => {
        const frame = window.agentView.document().querySelector("iframe");
        return frame?.contentDocument?.querySelector("#c") != null;
      }),
    );
    await customer.page.frameLocator("iframe").locator("#c").focus();
    await customer.page.keyboard.press("Shift+F4");
    await customer.screen("ended");
    await ended(agent);
    await customer.context.close();
    await agent.context.close();
  });

  test("is the customer's: what an agent's keys make of it stops nothing", async () => {
    const { customer, agent } = await shared();
    await agent.takeControl(customer);
    await agent.click("#a");
    await agent.page.keyboard.press("Shift+F4");
    await agent.page.keyboard.type("z");
    await eventually("the letter typed after it", async () => {
      return (await customer.page.locator("#a").inputValue()) === "z";
    });
    expect(await customer.page.title()).toContain("F4");
    await customer.screen("controlled");
    await customer.context.close();
    await agent.context.close();
  });

  test("is the one that the site chose", async () => {
    const { customer, agent } = await shared({ stopKey: "Control+Shift+F9" });
    await customer.says("Control+Shift+F9 stops sharing at once.");
    await customer.page.keyboard.press("Shift+F4");
    await customer.screen("sharing");
    await customer.page.keyboard.press("Control+Shift+F9");
    await customer.screen("ended");
    await customer.context.close();
    await agent.context.close();
  });
});
