import { afterEach, describe, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function desk(name = "Robin"): Promise<Desk> {
  const made = await Desk.open(world.browser, world.stack);
  open.push(made);
  await made.signIn(name);
  return made;
}

/** A customer on a page of the sample shop, and an agent who sees it. */
async function share(page = "") {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/${page}`);
  open.push({ close: () => customer.context.close() });
  const agent = await desk();
  await agent.joinByKey(await customer.start());
  await customer.screen("sharing");
  return { customer, agent };
}

/** The agent chooses limits in the dialog and asks. */
async function requestLimited(agent: Desk, limits: { level?: string; where?: string; minutes?: string }) {
  await agent.more("Limited control…");
  const dialog = agent.page.getByRole("dialog");
  if (limits.level) await dialog.getByLabel("What you may do").selectOption(limits.level);
  if (limits.minutes) await dialog.getByLabel("For how long").selectOption(limits.minutes);
  if (limits.where) await dialog.getByLabel("Where").selectOption({ label: limits.where });
  await dialog.getByRole("button", { name: "Request", exact: true }).click();
}

/** A second agent comes in by the first one's invitation. */
async function invite(agent: Desk, as: string): Promise<Desk> {
  const side = agent.page.getByRole("complementary");
  if (!(await side.isVisible())) await agent.press("People and chat");
  const make = side.getByRole("button", { name: "Make an invitation" });
  if (!(await make.isVisible())) await side.getByText("Invite a colleague").click();
  await side.getByLabel("As").selectOption({ label: as });
  await make.click();
  const key = (await side.locator(".key").textContent()) ?? "";
  const other = await Desk.open(world.browser, world.stack, {}, `#invite=${encodeURIComponent(key)}`);
  open.push(other);
  await other.signIn("Sam");
  await other.press("Join the colleague");
  await other.ready();
  // An invitation that was used lets nobody in any more.
  await side.locator(".key").waitFor({ state: "detached" });
  return other;
}

describe("control with limits", () => {
  test("to scroll opens no list and no picker at the agent", async () => {
    const { browser, stack } = world;
    const site = await stack.serve({
      "/": html(`<!doctype html><title>Form</title><select id=s><option>a<option>b</select>
        <input type=date id=d><input type=color id=c><div style="height:3000px"></div>`),
    });
    const customer = await Customer.open(browser, stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    const agent = await desk();
    await agent.joinByKey(await customer.start());
    await requestLimited(agent, { level: "scroll" });
    await customer.press("Allow");
    await agent.says("You can scroll");
    for (const selector of ["#s", "#d", "#c"]) {
      await agent.clickInReplica(selector);
      // The control that would be picked from lies over the page as soon as the pointer is there.
      expect(await agent.page.locator(".copane-surface").locator("select, input").count()).toBe(0);
    }
    const top = async () => (await agent.replica.locator("#d").boundingBox())?.y;
    const before = await top();
    await agent.page.mouse.wheel(0, 400);
    await eventually("the page scrolled", () => customer.page.evaluate(() => scrollY > 100));
    await customer.press("Take back control (Esc)");
    await agent.press("Request control");
    await customer.press("Allow");
    await agent.says("You can click and type");
    await customer.page.evaluate(() => scrollTo(0, 0));
    await eventually("the agent's picture scrolled back", async () => (await top()) === before);
    await agent.clickInReplica("#d");
    await agent.page.locator(".copane-surface input[type=date]").waitFor();
  });

  test("to scroll lets the agent turn the wheel and click nothing", async () => {
    const { customer, agent } = await share();
    await requestLimited(agent, { level: "scroll" });
    await customer.says("asks to scroll this page");
    await customer.press("Allow");
    await agent.says("You can scroll");
    await agent.clickInReplica("input[name=stock]");
    const { x, y } = await agent.centre();
    await agent.page.mouse.move(x, y);
    await agent.page.mouse.wheel(0, 400);
    await eventually("the page scrolled", () => customer.page.evaluate(() => scrollY > 100));
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
  });

  test("for one field reaches that field and nothing beside it, and the customer sees which", async () => {
    const { customer, agent } = await share();
    await requestLimited(agent, { where: "Search" });
    await customer.press("Allow");
    await agent.says("Only in the form or field");
    const field = await customer.page.locator("input[name=query]").boundingBox();
    const ring = await customer.page.locator("[data-copane] .ring:visible").boundingBox();
    expect(ring?.x).toBeCloseTo((field?.x ?? 0) - 4, 0);
    await agent.clickInReplica("input[name=query]");
    await agent.page.keyboard.type("coat", { delay: 20 });
    await eventually("the search typed", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "coat";
    });
    await agent.clickInReplica("input[name=stock]");
    await agent.clickInReplica("nav a[href='cart.html']");
    await agent.clickInReplica("input[name=query]");
    await agent.page.keyboard.type("s", { delay: 20 });
    await eventually("the next letter", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "coats";
    });
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
    expect(customer.page.url()).not.toContain("cart.html");
  });

  test("for minutes ends by itself on both sides, and what is sent after it is refused", async () => {
    const { customer, agent } = await share();
    // Shorter than the list offers: the server's clock counts, and no test waits five minutes.
    await agent.more("Limited control…");
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("For how long").evaluate((list) => {
      (list as HTMLSelectElement).options[1]?.setAttribute("value", "0.05");
    });
    await dialog.getByLabel("For how long").selectOption("0.05");
    await dialog.getByRole("button", { name: "Request", exact: true }).click();
    await customer.says("For 1 min; then it ends by itself.");
    await customer.press("Allow");
    await agent.says("1 min left.");
    await customer.screen("controlled");
    await agent.says("The time for control is over");
    await customer.screen("sharing");
    const said = customer.page.locator("[data-copane] .announce").first();
    await said.getByText("Robin sees this page").waitFor();
    await agent.page.getByRole("button", { name: "Request control" }).waitFor();
    await agent.clickInReplica("input[name=stock]");
    await agent.clickInReplica("input[name=query]");
    await agent.page.keyboard.type("coat");
    // Another grant shows that nothing of it was kept for later.
    await agent.press("Request control");
    await customer.press("Allow");
    await agent.says("You can click and type");
    await agent.clickInReplica("input[name=query]");
    await agent.page.keyboard.type("s", { delay: 20 });
    await eventually("the letter of the second grant", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "s";
    });
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
  });

  test("for one form ends when the customer goes to another page", async () => {
    const { customer, agent } = await share();
    await requestLimited(agent, { where: "Search" });
    await customer.press("Allow");
    await agent.says("Only in the form or field");
    await customer.page.locator(".card a").first().click();
    await agent.says("took control back");
  });
});

describe("a suggestion", () => {
  async function suggest(agent: Desk, element: string, value?: string): Promise<void> {
    await agent.suggest();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("Element").selectOption({ label: element });
    if (value !== undefined) {
      await dialog.getByLabel("Step").selectOption("value");
      await dialog.getByRole("textbox", { name: "Value" }).fill(value);
    }
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
  }

  test("of a value is done when the customer accepts it by one key", async () => {
    const { customer, agent } = await share();
    await suggest(agent, "Search", "parka");
    const note = customer.page.locator("[data-copane]").getByRole("group", { name: "suggests to enter" });
    await note.getByText("parka").waitFor();
    expect(await customer.page.locator("input[name=query]").inputValue()).toBe("");
    await customer.answer("F2");
    await eventually("the value entered", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "parka";
    });
    await agent.says("accepted your suggestion");
    await note.waitFor({ state: "hidden" });
  });

  test("is not done when the customer declines it by one key, nor while it waits", async () => {
    const { customer, agent } = await share();
    await suggest(agent, "In stock only");
    await customer.page.locator("[data-copane]").getByRole("group", { name: "suggests to click" }).waitFor();
    await customer.answer("Escape");
    await agent.says("declined your suggestion");
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
  });

  test("for a field that is protected by then is refused by the page", async () => {
    const { customer, agent } = await share();
    await agent.suggest();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("Element").selectOption({ label: "Search" });
    await customer.page
      .locator("input[name=query]")
      .evaluate((field) => field.classList.add("avcobrowse-mask"));
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
    await agent.says("protected");
    expect(await customer.page.locator("[data-copane] .note:visible").count()).toBe(0);
  });

  test("can be aimed by pointing at the page", async () => {
    const { customer, agent } = await share();
    await agent.more("Suggest a step…");
    const dialog = agent.page.getByRole("dialog");
    await agent.clickInReplica("select[name=sort]");
    expect(await dialog.getByLabel("Element").locator("option:checked").textContent()).toBe("Sort by");
    await dialog.getByRole("button", { name: "Point at it" }).click();
    await agent.clickInReplica("input[name=stock]");
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
    await customer.page.locator("[data-copane]").getByRole("button", { name: "Accept (F2)" }).click();
    await eventually("the box checked", () => customer.page.locator("input[name=stock]").isChecked());
  });
});

describe("a suggested value", () => {
  const page = {
    "/": html(`<!doctype html><title>Form</title><label>Text <input id=text></label>
      <label>Day <input type=date id=day min=2026-01-01 max=2026-12-31></label>
      <label>Hour <input type=time id=hour></label><label>Colour <input type=color id=colour></label>
      <label>Amount <input type=range id=amount min=0 max=50 step=5 value=10></label>
      <label>Size <select id=size><option value=s>Small</option><option value=l>Large</option></select></label>
      <label>Gift <input type=checkbox id=gift></label>
      <script>for (const field of document.querySelectorAll("input,select"))
        for (const type of ["input", "change"])
          field.addEventListener(type, () => { document.title += " " + type + ":" + field.id + "=" + field.value; });
      </script>`),
  };

  async function form() {
    const { browser, stack } = world;
    const site = await stack.serve(page);
    const customer = await Customer.open(browser, stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    const agent = await desk();
    await agent.joinByKey(await customer.start());
    return { customer, agent };
  }

  test.each([
    ["Day", "2026-03-14", "Saturday, March 14, 2026"],
    ["Hour", "14:30", "14:30"],
    ["Colour", "#336699", "#336699"],
    ["Amount", "35", "35"],
  ])(
    "for the field %s is chosen in one of its kind, shown as people read it, and set by one key",
    async (name, value, shown) => {
      const { customer, agent } = await form();
      const field = customer.page.locator(`#${name.toLowerCase()}`);
      await agent.suggest();
      const dialog = agent.page.getByRole("dialog");
      await dialog.getByLabel("Element").selectOption({ label: name });
      await dialog.getByLabel("Step").selectOption("value");
      const picker = dialog.locator("[name=value]");
      expect(await picker.getAttribute("type")).toBe(await field.getAttribute("type"));
      for (const limit of ["min", "max", "step"])
        expect(await picker.getAttribute(limit)).toBe(await field.getAttribute(limit));
      await picker.fill(value);
      await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
      const note = customer.page.locator("[data-copane]").getByRole("group", { name: "suggests to enter" });
      await note.getByText(shown).waitFor();
      await customer.answer("F2");
      await eventually("the value in the field", async () => (await field.inputValue()) === value);
      expect(await customer.page.title()).toContain(`change:${name.toLowerCase()}=${value}`);
      await agent.says("accepted your suggestion");
    },
  );

  test("for a list is one of its options, and a box takes none", async () => {
    const { customer, agent } = await form();
    await agent.suggest();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("Element").selectOption({ label: "Size" });
    await dialog.getByLabel("Step").selectOption("value");
    await dialog.locator("select[name=value]").selectOption("Large");
    await dialog.getByLabel("Element").selectOption({ label: "Gift" });
    expect(await dialog.getByLabel("Step").inputValue()).toBe("click");
    expect(await dialog.locator("[name=value]").count()).toBe(0);
    await dialog.getByLabel("Element").selectOption({ label: "Size" });
    await dialog.getByLabel("Step").selectOption("value");
    await dialog.locator("select[name=value]").selectOption("Large");
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
    await customer.page.locator("[data-copane] .note").getByText("Large").waitFor();
    await customer.answer("F2");
    await eventually("the option", async () => (await customer.page.locator("#size").inputValue()) === "l");
  });

  test("is entered though the customer typed in the field until they accepted", async () => {
    const { customer, agent } = await form();
    await agent.suggest();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("Element").selectOption({ label: "Text" });
    await dialog.getByLabel("Step").selectOption("value");
    await dialog.getByRole("textbox", { name: "Value" }).fill("parka");
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
    await customer.page.locator("[data-copane] .note").waitFor();
    await customer.page.locator("#text").focus();
    await customer.page.keyboard.type("wrong");
    await customer.answer("F2");
    await eventually("the value entered", async () => {
      return (await customer.page.locator("#text").inputValue()) === "parka";
    });
    await agent.says("accepted your suggestion");
  });
});

describe("the chat", () => {
  test("goes both ways, makes links of addresses only, and outlives the page", async () => {
    const { customer, agent } = await share();
    await agent.press("People and chat");
    const toCustomer = agent.page.getByLabel("Message to the customer");
    await toCustomer.fill("Look at https://example.com/help and javascript:alert(1) <b>now</b>");
    await toCustomer.press("Enter");
    const widget = customer.page.locator("[data-copane]");
    await widget.getByRole("button", { name: "Chat, 1 new" }).click();
    const log = widget.getByRole("log");
    await log.getByText("javascript:alert(1) <b>now</b>").waitFor();
    const links = await log
      .getByRole("link")
      .evaluateAll((all) =>
        all.map((link) => [(link as HTMLAnchorElement).href, (link as HTMLAnchorElement).rel]),
      );
    expect(links).toEqual([["https://example.com/help", "noopener noreferrer nofollow"]]);
    await widget.getByLabel("Message").fill("Thank you");
    await widget.getByRole("button", { name: "Send" }).click();
    await agent.page.getByRole("log", { name: "Chat with the customer" }).getByText("Thank you").waitFor();
    await customer.page.reload();
    await customer.screen("sharing");
    await customer.page.locator("[data-copane] .toggle").click();
    await customer.page.locator("[data-copane]").getByRole("log").getByText("Thank you").waitFor();
  });
});

describe("more than one agent", () => {
  test("an observer sees the page, is seen by all, and can neither act nor write to the customer", async () => {
    const { customer, agent } = await share();
    const observer = await invite(agent, "Observer");
    await customer.says("Robin, Sam see this page");
    await observer.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    expect(await observer.page.getByRole("button", { name: "Request control" }).count()).toBe(0);
    await observer.press("People and chat");
    expect(await observer.page.getByLabel("Message to the customer").isVisible()).toBe(false);
    await observer.press("Leave session");
    await observer.page.getByRole("dialog").getByRole("button", { name: "Leave session" }).click();
    await observer.page.locator("[data-close-code]").waitFor();
    await customer.says("Robin sees this page");
  });

  test("an observer who comes later sees what is drawn, and has no tool to draw with", async () => {
    const { agent } = await share();
    await agent.press("Draw a rectangle");
    const { x, y } = await agent.centre();
    await agent.page.mouse.move(x - 60, y - 40);
    await agent.page.mouse.down();
    await agent.page.mouse.move(x + 60, y + 40, { steps: 4 });
    await agent.page.mouse.up();
    await agent.page.locator("[data-mark=rectangle]").waitFor();
    const observer = await invite(agent, "Observer");
    await observer.page.locator("[data-mark=rectangle]").waitFor();
    expect(await observer.page.getByRole("button", { name: "Draw a rectangle" }).isDisabled()).toBe(true);
  });

  test("agents whisper, and the customer's page never gets a word of it", async () => {
    const { customer, agent } = await share();
    const other = await invite(agent, "Agent");
    const field = agent.page.getByLabel("Message to the agents");
    await field.fill("Check the order first");
    await field.press("Enter");
    await other.page.getByRole("button", { name: "People and chat, 1 new" }).click();
    await other.page
      .getByRole("log", { name: "Among agents only" })
      .getByText("Check the order first")
      .waitFor();
    const mark = agent.page.getByLabel("Message to the customer");
    await mark.fill("After the whisper");
    await mark.press("Enter");
    await customer.page.locator("[data-copane] .toggle").click();
    await customer.page.locator("[data-copane]").getByRole("log").getByText("After the whisper").waitFor();
    expect(await customer.page.locator("[data-copane]").getByText("Check the order first").count()).toBe(0);
  });

  test("who joins later is told what was said to the customer before", async () => {
    const { agent } = await share();
    await agent.press("People and chat");
    const field = agent.page.getByLabel("Message to the customer");
    await field.fill("Said before");
    await field.press("Enter");
    const other = await invite(agent, "Agent");
    await other.page.getByRole("button", { name: /People and chat/ }).click();
    await other.page.getByRole("log", { name: "Chat with the customer" }).getByText("Said before").waitFor();
  });

  test("a session is handed over warm: accepted, then led by the other, and the first may go", async () => {
    const { customer, agent } = await share();
    await agent.press("Request control");
    await customer.press("Allow");
    await agent.says("You can click and type");
    const other = await invite(agent, "Agent");
    await agent.press("Hand over to Sam");
    await other.page.getByRole("button", { name: "Take over" }).click();
    await customer.screen("sharing");
    await agent.press("Leave session");
    await agent.page.getByRole("dialog").getByRole("button", { name: "Leave session" }).click();
    await customer.says("Sam sees this page");
    await customer.page.getByLabel("Category").selectOption("bags");
    await eventually("the catalogue at the second agent", async () => {
      return (await other.replica.locator(".card h2").allTextContents()).join().startsWith("Harbour satchel");
    });
    await other.press("Request control");
    await customer.press("Allow");
    await other.says("You can click and type");
    await other.press("End session");
    await other.page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
    await customer.screen("ended");
  });
});
