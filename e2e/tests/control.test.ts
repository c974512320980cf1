import { afterEach, describe, expect, test } from "vitest";
import { bundle, shell } from "../pages/modules.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
let customer: Customer;
let agent: AgentView;

afterEach(async () => {
  await customer.context.close();
  await agent?.context.close();
});

/** A customer on a page of its own, and an agent in control of it. */
async function inControl(
  routes: Parameters<typeof world.stack.serve>[0],
  theirs: Parameters<typeof Customer.open>[3] = {},
  ours: Parameters<typeof AgentView.open>[2] = {},
): Promise<void> {
  const { browser, stack } = world;
  const site = await stack.serve(routes);
  customer = await Customer.open(browser, stack, `${site.origin}/`, theirs);
  agent = await AgentView.open(browser, stack, ours);
  await agent.join(await customer.start());
  await agent.takeControl(customer);
}

async function app(entry: string) {
  return { "/": shell(entry, "/app.js"), "/app.js": await bundle(`pages/apps/${entry}`) };
}

const notices = () => agent.page.evaluate(() => window.agentView.notices());

describe("an app made with", () => {
  const frameworks = [
    ["React", "orders-react.tsx"],
    ["Vue", "orders-vue.ts"],
    ["Angular", "orders-angular.ts"],
    ["Svelte", "orders-svelte.ts"],
    ["Web Components", "orders-elements.ts"],
  ];

  test.each(frameworks)("%s takes the agent's input as the customer's", async (_name, entry) => {
    await inControl(await app(entry));
    const state = (expected: string) =>
      eventually(`the state ${expected}`, async () => {
        const text = await customer.page.locator("#state").textContent();
        if (text === expected) return true;
        throw new Error(`the state is ${text}`);
      });
    await state("|no gift|S|1");
    await agent.type("#name", "cup");
    await state("CUP|no gift|S|1");
    await agent.click("#gift");
    await state("CUP|gift|S|1");
    await agent.page.keyboard.press("Tab");
    await agent.page.keyboard.press("ArrowDown");
    await state("CUP|gift|M|1");
    await agent.page.keyboard.press("Tab");
    await agent.page.keyboard.press("ArrowRight");
    await state("CUP|gift|M|2");
    await agent.click("#count");
    await state("CUP|gift|M|5");
    await agent.click("#add");
    await state("|gift|M|5");
    await agent.type("#name", "jug");
    await agent.page.keyboard.press("Enter");
    await eventually("both orders", async () => {
      const items = await customer.page.locator("#items li").allTextContents();
      return items.join() === "CUP M 5,JUG M 5";
    });
    expect(customer.errors).toEqual([]);
  });
});

test.each(["quill", "prosemirror", "lexical"])("the editor %s is written in by the agent", async (name) => {
  await inControl(await app("editors.ts"));
  const { keyboard } = agent.page;
  const holds = (paragraphs: string[], bold: string) =>
    eventually(`${paragraphs.join("/")} in ${name}`, async () => {
      const model = await customer.page.evaluate((which) => window.editors[which]?.(), name);
      if (JSON.stringify(model) === JSON.stringify({ paragraphs, bold })) return true;
      throw new Error(`it holds ${JSON.stringify(model)}`);
    });
  await agent.click(`#${name} [contenteditable]`);
  // In a bunch, as after a moment without network: faster than the page hears of where the caret is.
  await keyboard.type("Dear Adaa");
  await keyboard.press("Backspace");
  await holds(["Dear Ada"], "");
  await keyboard.press("Enter");
  await keyboard.type("all is wel", { delay: 20 });
  await holds(["Dear Ada", "all is wel"], "");
  await keyboard.press("Control+ArrowLeft");
  await keyboard.type("quite ", { delay: 20 });
  await keyboard.press("End");
  await keyboard.insertText("l 日本");
  await holds(["Dear Ada", "all is quite well 日本"], "");
  await keyboard.press("Shift+Control+ArrowLeft");
  await keyboard.press("Control+b");
  await holds(["Dear Ada", "all is quite well 日本"], "日本");
  await keyboard.press("Control+a");
  await keyboard.type("New", { delay: 20 });
  await eventually("the new text alone", async () => {
    const model = await customer.page.evaluate((which) => window.editors[which]?.(), name);
    return model?.paragraphs.join() === "New";
  });
  expect(customer.errors).toEqual([]);
});

test("customer and agent write in their own fields at once, and never mixed in one", async () => {
  await inControl({
    "/": html("<!doctype html><input id=a><br><input id=b><p>A form</p>"),
  });
  await customer.page.locator("#a").click();
  const writes = customer.page.keyboard.type("the customer writes here", { delay: 60 });
  await eventually("the customer's first letters", async () => {
    return (await customer.page.locator("#a").inputValue()).length > 2;
  });
  await agent.type("#b", "the agent there");
  await agent.type("#a", "NO");
  await writes;
  await eventually("both texts", async () => {
    const a = await customer.page.locator("#a").inputValue();
    const b = await customer.page.locator("#b").inputValue();
    return a === "the customer writes here" && b === "the agent there";
  });
  expect(await notices()).toContainEqual({ kind: "refused", reason: "customerTyping" });
});

test("an agent at a tablet works in the page of a customer at a phone", async () => {
  await inControl(
    {
      "/": html(
        `<!doctype html><meta name=viewport content="width=device-width"><div style="height:1500px"><button id=b
          style="width:200px;height:60px" onclick="this.textContent='tapped'">Tap me</button><input id=i
          style="display:block;width:200px;height:40px"></div><p id=end>end</p>`,
      ),
    },
    { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true },
    { viewport: { width: 820, height: 1000 }, hasTouch: true, isMobile: true },
  );
  const tap = async (selector: string) => {
    const { x, y } = await agent.pointOf(selector);
    const scale = await agent.page.evaluate(() => {
      const device = document.querySelector(".copane-device")?.getBoundingClientRect();
      const frame = document.querySelector<HTMLElement>(".copane-device iframe");
      return {
        left: device?.left ?? 0,
        top: device?.top ?? 0,
        by: (device?.width ?? 1) / (frame?.offsetWidth ?? 1),
      };
    });
    await agent.page.touchscreen.tap(scale.left + x * scale.by, scale.top + y * scale.by);
  };
  await tap("#b");
  await eventually("the tap", async () => (await customer.page.locator("#b").textContent()) === "tapped");
  await tap("#i");
  await agent.page.keyboard.insertText("hi");
  await eventually("the text", async () => (await customer.page.locator("#i").inputValue()) === "hi");
});

describe("the desk tells the agent", () => {
  let desk: Desk;

  async function atDesk(body: string, control?: object): Promise<void> {
    const { browser, stack } = world;
    const site = await stack.serve({
      "/": html(`<!doctype html><title>Shop</title>${body}`),
      "/next": html("<!doctype html><title>Next</title><h1>Next</h1>"),
    });
    customer = await Customer.open(browser, stack, `${site.origin}/`);
    if (control) {
      await customer.page.waitForFunction(() => window.copane !== undefined);
      await customer.page.evaluate((given) => window.copane?.init({ control: given }), control);
    }
    desk = await Desk.open(browser, stack);
    await desk.signIn();
    await desk.joinByKey(await customer.start());
    await desk.press("Request control");
    await customer.press("Allow");
    await desk.says("You can click and type");
  }

  afterEach(() => desk.close());

  test("that only the customer chooses files, and what the site keeps", async () => {
    await atDesk(
      "<input type=file id=f><form onsubmit='document.title=`sent`;return false'><button id=s>Send</button></form>",
      { submit: "customer" },
    );
    await desk.clickInReplica("#f");
    await desk.says("Only Test customer can choose a file.");
    await desk.clickInReplica("#s");
    await desk.says("The site leaves sending the form to Test customer.");
    expect(await customer.page.title()).toBe("Shop");
  });

  test("of the page's dialogs while they stand, but not of what is masked", async () => {
    await atDesk(
      `<p class=avcobrowse-mask>Account 998877</p><button id=a onclick="document.title=confirm('Delete all?')">a</button>
       <button id=b onclick="alert('Account 998877 is blocked')">b</button>`,
    );
    const answers: string[] = [];
    customer.page.on("dialog", async (dialog) => {
      const expected = dialog.message() === "Delete all?" ? "“Delete all?”" : "shows Test customer a message";
      await desk.says(expected).then(
        () => answers.push(expected),
        () => {},
      );
      await dialog.accept();
    });
    await desk.clickInReplica("#a");
    await eventually("the page's answer", async () => (await customer.page.title()) === "true");
    await desk.says("You can click and type");
    await desk.clickInReplica("#b");
    await desk.says("You can click and type");
    await eventually("both told", async () => answers.length === 2);
    expect(customer.wire.contains("998877")).toBe(false);
  });

  test("where the page is after back, forward and reload", async () => {
    await atDesk("<a id=n href=/next>next</a>");
    await desk.clickInReplica("#n");
    await desk.replica.getByRole("heading", { name: "Next" }).waitFor();
    await desk.press("Back");
    await desk.replica.locator("#n").waitFor();
    await desk.press("Forward");
    await desk.replica.getByRole("heading", { name: "Next" }).waitFor();
    await customer.page.evaluate(() => {
      document.title = "changed";
    });
    await desk.press("Reload the customer's page");
    await eventually("a page loaded anew", async () => (await customer.page.title()) === "Next");
    await desk.says("You can click and type");
  });
});
