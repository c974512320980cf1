import { encodeProposal } from "@copane/client/proposal";
import { encodeInput } from "@copane/mirror/control";
import { FrameFlag, FrameType } from "@copane/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** What the server lets through by its header and the page must still refuse by what is inside. */
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

const stock = () => customer.page.locator("input[name=stock]");
const query = () => customer.page.locator("input[name=query]");
const idOf = (selector: string) => agent.page.evaluate((wanted) => window.agentView.idOf(wanted), selector);

function forge(type: FrameType, flags: number, payload: Uint8Array): Promise<void> {
  return agent.page.evaluate(([kind, bits, bytes]) => window.agentView.forge(kind, bits, bytes), [
    type,
    flags,
    [...payload],
  ] as const);
}

async function click(selector: string, type: FrameType, flags = 0): Promise<void> {
  const id = await idOf(selector);
  for (const phase of ["down", "up"] as const) {
    const at = { id, x: 0.5, y: 0.5, button: 0, modifiers: 0, clicks: 1 };
    await forge(type, flags, encodeInput({ kind: "pointer", phase, pointer: "mouse", ...at }));
  }
}

async function scrollTo(top: number, flags = 0): Promise<void> {
  await forge(FrameType.scroll, flags, encodeInput({ kind: "scroll", id: 1, left: 0, top }));
}

async function control(wish: object): Promise<void> {
  await agent.page.evaluate((asked) => window.agentView.requestControl(asked), wish);
  await customer.press("Allow");
  await eventually("control at the agent", () =>
    agent.page.evaluate(() => window.agentView.session()?.control.holder !== undefined),
  );
}

/** What comes after it, by the same way, has arrived: so has the forged frame. */
async function arrived(flags = 0): Promise<void> {
  await scrollTo(150, flags);
  await eventually("the page scrolled", () => customer.page.evaluate(() => scrollY > 100));
}

test("a click in a frame that says it scrolls is not done", async () => {
  await control({ level: "scroll" });
  await click("input[name=stock]", FrameType.scroll);
  await arrived();
  expect(await stock().isChecked()).toBe(false);
});

test("the wheel turns under a grant to scroll", async () => {
  await control({ level: "scroll" });
  const turn = { id: await idOf("h1"), x: 0.5, y: 0.5, dx: 0, dy: 150, modifiers: 0 };
  await forge(FrameType.scroll, 0, encodeInput({ kind: "wheel", ...turn }));
  await eventually("the page scrolled", () => customer.page.evaluate(() => scrollY > 100));
});

test("a frame that says it keeps to the scope and does not is not done", async () => {
  await control({ scope: await idOf("input[name=query]") });
  await click("input[name=stock]", FrameType.input, FrameFlag.scoped);
  await click("nav a[href='cart.html']", FrameType.input, FrameFlag.scoped);
  await customer.page.evaluate(() => document.documentElement.setAttribute("data-same", ""));
  await forge(FrameType.input, FrameFlag.scoped, encodeInput({ kind: "history", go: "reload" }));
  await arrived(FrameFlag.scoped);
  expect(await stock().isChecked()).toBe(false);
  expect(await customer.page.locator("html[data-same]").count()).toBe(1);
  expect(customer.page.url()).not.toContain("cart");
  await customer.page.evaluate(() => scrollTo(0, 0));
  await click("input[name=query]", FrameType.input, FrameFlag.scoped);
  await forge(FrameType.input, FrameFlag.scoped, encodeInput({ kind: "text", pasted: true, text: "coat" }));
  await eventually("the text in the field", async () => (await query().inputValue()) === "coat");
});

test("Enter in the one field of a scope does not send its form", async () => {
  await customer.page.evaluate(() => {
    document.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      document.title = "sent";
    });
  });
  await control({ scope: await idOf("input[name=query]") });
  await click("input[name=query]", FrameType.input, FrameFlag.scoped);
  for (const phase of ["down", "up"] as const)
    await forge(
      FrameType.input,
      FrameFlag.scoped,
      encodeInput({ kind: "key", phase, key: "Enter", code: "Enter", modifiers: 0 }),
    );
  await arrived(FrameFlag.scoped);
  expect(await customer.page.title()).not.toBe("sent");
});

test("a scope on a masked element is refused, and the request with it", async () => {
  const id = await idOf("input[name=query]");
  await query().evaluate((field) => field.classList.add("avcobrowse-mask"));
  await agent.page.evaluate((scope) => window.agentView.requestControl({ scope }), id);
  await eventually("the refusal", () =>
    agent.page.evaluate(() => window.agentView.events().includes("control.denied")),
  );
});

test.each([
  ["a blocked element", "avcobrowse-block"],
  ["a hidden element", "avcobrowse-hide"],
  ["a masked element", "avcobrowse-mask"],
])("a proposal on %s is never shown to the customer", async (_what, name) => {
  const id = await idOf("input[name=query]");
  await query().evaluate((field, added) => field.classList.add(added), name);
  await forge(FrameType.propose, 0, encodeProposal({ kind: "value", id, value: "x" }));
  await eventually("the refusal", () =>
    agent.page.evaluate(() => window.agentView.events().includes("proposal.refused")),
  );
  expect(await customer.page.locator("[data-copane] .note:visible").count()).toBe(0);
  expect(await query().inputValue()).toBe("");
});

test("a proposal that is none, and one on an element that is not there, are refused", async () => {
  const refused = () =>
    agent.page.evaluate(
      () => window.agentView.events().filter((event) => event === "proposal.refused").length,
    );
  await forge(FrameType.propose, 0, new Uint8Array([99, 1, 2]));
  await eventually("the first refusal", async () => (await refused()) === 1);
  await forge(FrameType.propose, 0, encodeProposal({ kind: "click", id: 999_999 }));
  await eventually("the second refusal", async () => (await refused()) === 2);
  expect(customer.errors).toEqual([]);
});

test("keys that an agent sends accept no proposal", async () => {
  await control({});
  await forge(FrameType.propose, 0, encodeProposal({ kind: "click", id: await idOf("input[name=stock]") }));
  const note = customer.page.locator("[data-copane] .note");
  await note.locator("[data-answer]:not([aria-disabled])").first().waitFor();
  for (const phase of ["down", "up"] as const)
    await forge(FrameType.input, 0, encodeInput({ kind: "key", phase, key: "F2", code: "F2", modifiers: 0 }));
  await arrived();
  expect(await note.isVisible()).toBe(true);
  expect(await stock().isChecked()).toBe(false);
});

/** What the server answered to frames that it refused, in order. */
const refusals = () => agent.page.evaluate(() => window.agentView.errors());

async function write(selector: string, text: string): Promise<void> {
  await click(selector, FrameType.input);
  await forge(FrameType.input, 0, encodeInput({ kind: "text", pasted: true, text }));
}

test("without a grant, and with one that is over, no input is done, whatever the agent's page believes", async () => {
  await write("input[name=query]", "early");
  await eventually("the refusal", async () => (await refusals()).length > 0);
  await control({ minutes: 0.03 });
  await click("input[name=stock]", FrameType.input);
  await eventually("the box checked within the time", () => stock().isChecked());
  await eventually("the end of the grant", () =>
    agent.page.evaluate(() => window.agentView.events().includes("control.expired")),
  );
  const before = (await refusals()).length;
  await click("input[name=stock]", FrameType.input);
  await write("input[name=query]", "late");
  await scrollTo(150);
  await eventually("the refusals of what was sent late", async () => (await refusals()).length >= before + 6);
  await customer.screen("sharing");
  expect(await stock().isChecked()).toBe(true);
  expect(await query().inputValue()).toBe("");
  expect(await customer.page.evaluate(() => scrollY)).toBe(0);
});

test("while the customer has paused, nothing is done, and what was sent then is not done later", async () => {
  await customer.press("Pause");
  await customer.screen("paused");
  await click("input[name=stock]", FrameType.input);
  await scrollTo(150);
  await forge(FrameType.propose, 0, encodeProposal({ kind: "click", id: await idOf("input[name=stock]") }));
  await eventually("the refusals", async () => (await refusals()).length >= 4);
  await customer.press("Resume");
  await control({});
  await write("input[name=query]", "coat");
  await eventually("the text of the grant", async () => (await query().inputValue()) === "coat");
  expect(await stock().isChecked()).toBe(false);
  expect(await customer.page.locator("[data-copane] .note:visible").count()).toBe(0);
});

test.each([
  ["a masked field", "avcobrowse-mask"],
  ["a blocked field", "avcobrowse-block"],
  ["a hidden field", "avcobrowse-hide"],
])("%s takes no input under a full grant, by its old number either", async (_what, name) => {
  const id = await idOf("input[name=query]");
  const box = await idOf("input[name=stock]");
  await control({});
  for (const field of [query(), stock()])
    await field.evaluate((element, added) => element.classList.add(added), name);
  for (const target of [box, id])
    for (const phase of ["down", "up"] as const) {
      const at = { id: target, x: 0.5, y: 0.5, button: 0, modifiers: 0, clicks: 1 };
      await forge(FrameType.input, 0, encodeInput({ kind: "pointer", phase, pointer: "mouse", ...at }));
    }
  await forge(FrameType.input, 0, encodeInput({ kind: "text", pasted: true, text: "secret" }));
  await forge(FrameType.input, 0, encodeInput({ kind: "value", id, value: "secret", done: true }));
  await forge(FrameType.input, 0, encodeInput({ kind: "select", id, indices: [0] }));
  await arrived();
  expect(await query().inputValue()).toBe("");
  expect(await stock().isChecked()).toBe(false);
  const told = await agent.page.evaluate(() => window.agentView.notices());
  expect(told).toContainEqual({ kind: "refused", reason: "protected" });
});

test("another agent than the controller does nothing, while the controller does", async () => {
  await control({});
  const second = await AgentView.open(world.browser, world.stack);
  const invitation = await agent.page.evaluate(() => window.agentView.invite());
  await second.page.evaluate(([server, code, key]) => window.agentView.joinInvited(server, code, key), [
    world.stack.server,
    signInCode,
    invitation,
  ] as const);
  await second.picture();
  const id = await second.page.evaluate(() => window.agentView.idOf("input[name=stock]"));
  for (const phase of ["down", "up"] as const) {
    const at = { id, x: 0.5, y: 0.5, button: 0, modifiers: 0, clicks: 1 };
    const payload = [...encodeInput({ kind: "pointer", phase, pointer: "mouse", ...at })];
    await second.page.evaluate(([kind, bytes]) => window.agentView.forge(kind, 0, bytes), [
      FrameType.input,
      payload,
    ] as const);
  }
  await eventually("the refusals", async () => {
    return (await second.page.evaluate(() => window.agentView.errors())).length >= 2;
  });
  await write("input[name=query]", "coat");
  await eventually("the controller's text", async () => (await query().inputValue()) === "coat");
  expect(await stock().isChecked()).toBe(false);
  await second.context.close();
});
