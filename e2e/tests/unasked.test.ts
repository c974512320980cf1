import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html } from "../support/http.ts";
import { typeThrough } from "../support/typing.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** What comes unasked takes neither the focus nor an answer from whoever is doing something else. */

/** How long a question takes no answer after it is painted, in milliseconds. */
const SETTLE_MS = 600;

/** A question's button, on the clock of the page that shows it. */
interface Seen {
  shown: number;
  gone: number;
  /** How often it was clicked, or a key pressed, while it stood. */
  hits: number;
  /** The screen that came after it. */
  next: string;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const page = {
  "/": html(`<!doctype html><title>Letter</title>
    <style>body { margin: 0; min-height: 100vh }</style>
    <label>Letter <textarea id=letter rows=6></textarea></label>
    <label>Name <input id=name></label>
    <dialog id=dialog><p>Are these yours?</p><button>Yes</button></dialog>
    <script>
      document.getElementById("letter").focus();
    </script>`),
};

/** Notes when a question's button was first there and when it was gone again, on the page's own clock. */
async function watchButton(tab: Page, name: string): Promise<() => Promise<Seen>> {
  await tab.evaluate((label) => {
    const seen = { shown: 0, gone: 0, hits: 0, next: "" };
    Object.assign(window, { seen });
    const root = document.querySelector("[data-copane]")?.shadowRoot as ShadowRoot;
    const find = () => [...root.querySelectorAll("button")].find(({ textContent }) => textContent === label);
    new MutationObserver(() => {
      if (find()) seen.shown ||= performance.now();
      else if (seen.shown && !seen.gone) {
        seen.gone = performance.now();
        seen.next = root.querySelector<HTMLElement>("[data-screen]")?.dataset.screen ?? "";
      }
    }).observe(root, { subtree: true, childList: true });
    for (const type of ["pointerdown", "keydown"])
      addEventListener(
        type,
        (event) => {
          const button = find();
          if (seen.gone === 0 && button && (type === "keydown" || event.composedPath().includes(button)))
            seen.hits++;
        },
        true,
      );
  }, name);
  return () => tab.evaluate(() => (window as unknown as { seen: Seen }).seen);
}

/** Does something again and again until a condition holds. */
async function hammer(work: () => Promise<void>, done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error("hammered in vain");
    for (let count = 0; count < 5; count++) await work();
  }
}

describe("at the customer", () => {
  const world = setUpWorld({
    consent: ["view", "control", "recording"],
    // A busy machine needs its time to answer a warning.
    customerIdleMs: 34_000,
    idleWarningMs: 22_000,
  });

  async function customerOnPage() {
    const site = await world.stack.serve(page);
    const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    return {
      customer,
      letter: customer.page.locator("#letter"),
      widget: customer.page.locator("[data-copane]"),
    };
  }

  async function agentWithKey(passphrase: string) {
    const agent = await AgentView.open(world.browser, world.stack);
    open.push({ close: () => agent.context.close() });
    const { page: tab } = agent;
    const joined = tab.evaluate(([server, key]) => window.agentView.join(server, "e2e-only-code", key), [
      world.stack.server,
      passphrase,
    ] as const);
    const view = () => tab.evaluate(() => window.agentView.session());
    return { agent, joined, view };
  }

  /** Answers the question that stands by keys alone. */
  async function answerByKeys(customer: Customer, label: string): Promise<void> {
    await customer.page.keyboard.press("F6");
    const button = customer.page.locator("[data-copane]").getByRole("button", { name: label, exact: true });
    await button.and(customer.page.locator(":focus")).waitFor();
    await customer.page
      .locator("[data-copane] [data-screen] [aria-disabled]")
      .first()
      .waitFor({ state: "detached" });
    await customer.page.keyboard.press("Enter");
  }

  test("typing goes on through every question; the shortcut and Enter answer it", async () => {
    const { customer, letter } = await customerOnPage();
    const passphrase = await customer.start();
    await letter.focus();
    const clear = () => letter.fill("");

    // To be seen and to be recorded.
    let asks!: Awaited<ReturnType<typeof agentWithKey>>;
    let through = await typeThrough(customer.page, letter, async () => {
      asks = await agentWithKey(passphrase);
      await asks.joined;
      await customer.screen("askView");
    });
    expect(through.arrived).toBe(through.typed);
    expect((await asks.view())?.consent.given).toEqual([]);
    expect(customer.wire.mirrorBytes).toBe(0);
    await customer.page.locator("[data-copane]").getByRole("checkbox").check();
    await letter.focus();
    await answerByKeys(customer, "Allow");
    await customer.screen("sharing");
    // The focus is in the letter again.
    await customer.page.keyboard.type("\n and so on ");
    expect(await letter.inputValue()).toBe(`${through.typed}\n and so on `);
    await eventually("both consents at the server", async () => {
      const given = (await asks.view())?.consent.given ?? [];
      return given.includes("view") && given.includes("recording");
    });

    // Control.
    await clear();
    through = await typeThrough(customer.page, letter, async () => {
      await asks.agent.page.evaluate(() => window.agentView.requestControl());
      await customer.screen("control");
    });
    expect(through.arrived).toBe(through.typed);
    expect((await asks.view())?.control).toMatchObject({ pending: 1 });
    expect((await asks.view())?.control.holder).toBeUndefined();
    await answerByKeys(customer, "Allow");
    await customer.screen("controlled");
    expect((await asks.view())?.control.holder).toBe(1);
    await customer.page.keyboard.press("Escape");
    await customer.screen("sharing");
    expect(customer.errors).toEqual([]);
  });

  test("a warning of idleness leaves the focus where it is", async () => {
    const { customer, letter } = await customerOnPage();
    const { joined } = await agentWithKey(await customer.start());
    await joined;
    await customer.press("Allow");
    await customer.screen("sharing");
    await letter.focus();
    await customer.screen("idle");
    await customer.page.keyboard.type("I am here. ");
    expect(await letter.inputValue()).toBe("I am here. ");
    await customer.screen("sharing");
  });

  test("clicks where the consents appear, Space and Enter do not answer them at once", async () => {
    const first = await customerOnPage();
    const allowIn = ({ widget }: typeof first) => widget.getByRole("button", { name: "Allow", exact: true });
    const { joined } = await agentWithKey(await first.customer.start());
    await joined;
    const box = await allowIn(first).boundingBox();
    const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];

    // The next one looks the same, so that one can click there before it comes.
    const second = await customerOnPage();
    const { page: tab } = second.customer;
    const key = await second.customer.start();
    await second.customer.press("Make small");
    const seen = await watchButton(tab, "Allow");
    await second.letter.focus();
    const asks = await agentWithKey(key);
    await hammer(
      async () => {
        await tab.keyboard.press("Space");
        await tab.keyboard.press("Enter");
        await tab.mouse.click(x, y);
      },
      async () => (await seen()).gone > 0,
    );
    await asks.joined;
    const { shown, gone, hits } = await seen();
    expect(hits).toBeGreaterThan(1);
    expect(gone - shown).toBeGreaterThanOrEqual(SETTLE_MS);
    await eventually("a yes to being seen only", async () => {
      const { given = [], refused = [] } = (await asks.view())?.consent ?? {};
      return given.join() === "view" && refused.join() === "recording";
    });
  });

  test("a question is read out politely, and its panel says how to reach it", async () => {
    const { customer, widget } = await customerOnPage();
    const { joined } = await agentWithKey(await customer.start());
    await joined;
    await customer.screen("askView");
    const said = widget.locator(".announce[aria-live=polite]").first();
    await said.getByText("Test agent would like to see this page. F6 goes to this panel.").waitFor();
    await customer.says("F6 goes to this panel.");
  });
});

describe("at the customer, without consents", () => {
  const world = setUpWorld();

  async function share() {
    const site = await world.stack.serve(page);
    const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    const agent = await Desk.open(world.browser, world.stack);
    open.push(agent);
    await agent.signIn();
    await agent.joinByKey(await customer.start());
    await customer.screen("sharing");
    return { customer, agent };
  }

  async function suggest(agent: Desk, value: string): Promise<void> {
    await agent.suggest();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByLabel("Element").selectOption({ label: "Name" });
    await dialog.getByLabel("Step").selectOption("value");
    await dialog.getByRole("textbox", { name: "Value" }).fill(value);
    await dialog.getByRole("button", { name: "Suggest", exact: true }).click();
  }

  test("clicks on the place where a question appears do not answer it at once", async () => {
    const { customer, agent } = await share();
    await agent.press("Request control");
    await customer.screen("control");
    const allow = customer.page.locator("[data-copane]").getByRole("button", { name: "Allow", exact: true });
    const box = await allow.boundingBox();
    await customer.press("Do not allow");
    await customer.screen("sharing");
    await customer.press("Make small");
    const seen = await watchButton(customer.page, "Allow");
    await agent.press("Request control");
    const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
    await hammer(
      () => customer.page.mouse.click(x, y),
      async () => (await seen()).gone > 0,
    );
    const { shown, gone, hits, next } = await seen();
    expect(hits).toBeGreaterThan(1);
    expect(gone - shown).toBeGreaterThanOrEqual(SETTLE_MS);
    expect(next).toBe("controlled");
  });

  test("typing goes on through a suggestion, and no key answers it at once", async () => {
    const { customer, agent } = await share();
    const letter = customer.page.locator("#letter");
    const note = customer.page.locator("[data-copane] .note");
    const name = customer.page.locator("#name");
    await letter.focus();
    const through = await typeThrough(customer.page, letter, async () => {
      await suggest(agent, "Ada");
      await note.waitFor();
    });
    expect(through.arrived).toBe(through.typed);
    expect(await name.inputValue()).toBe("");
    await customer.page.keyboard.press("F6");
    await note.getByRole("button", { name: "Accept (F2)" }).and(customer.page.locator(":focus")).waitFor();
    await customer.page.keyboard.press("Enter");
    await eventually("the value entered", async () => (await name.inputValue()) === "Ada");
    await note.waitFor({ state: "hidden" });

    for (const key of ["F2", "Escape"]) {
      const label = key === "F2" ? "Accept (F2)" : "Decline (Esc)";
      const seen = await watchButton(customer.page, label);
      await suggest(agent, key);
      await hammer(
        () => customer.page.keyboard.press(key),
        async () => (await seen()).gone > 0,
      );
      const { shown, gone, hits } = await seen();
      expect(hits, key).toBeGreaterThan(1);
      expect(gone - shown, key).toBeGreaterThanOrEqual(SETTLE_MS);
      await agent.says(key === "F2" ? "accepted your suggestion" : "declined your suggestion");
    }
    expect(await name.inputValue()).toBe("F2");
  });

  test("a panel that is redrawn puts the focus on nothing that consents", async () => {
    const { customer, agent } = await share();
    const widget = customer.page.locator("[data-copane]");
    await widget.getByRole("button", { name: "Draw", exact: true }).focus();
    await agent.press("Request control");
    await customer.screen("control");
    const focused = widget.locator("[data-screen=control]:focus");
    await focused.waitFor();
    for (const key of ["Space", "Enter", "Space"]) await customer.page.keyboard.press(key);
    await customer.page.locator("[data-copane] [aria-disabled]").first().waitFor({ state: "detached" });
    for (const key of ["Space", "Enter", "Space"]) await customer.page.keyboard.press(key);
    await agent.says("'s answer");
    await customer.screen("control");
    // From there the first Tab leads to the answers.
    await customer.page.keyboard.press("Tab");
    await widget
      .getByRole("button", { name: "Allow", exact: true })
      .and(customer.page.locator(":focus"))
      .waitFor();
  });

  test("a panel that the site opens by itself takes nothing from a field in use", async () => {
    const site = await world.stack.serve(page);
    const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    const letter = customer.page.locator("#letter");
    await customer.page.waitForFunction(() => window.copane !== undefined);
    await letter.focus();
    const through = await typeThrough(customer.page, letter, async () => {
      await customer.page.evaluate(() => window.copane?.start({ name: "Ada" }));
      await customer.screen("consent");
    });
    expect(through.arrived).toBe(through.typed);
    await customer.screen("consent");
  });
});

describe("at the agent", () => {
  const world = setUpWorld({ agentIdleMs: 20_000, idleWarningMs: 17_000 });

  async function twoAgents() {
    const site = await world.stack.serve(page);
    const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    const lead = await AgentView.open(world.browser, world.stack);
    open.push({ close: () => lead.context.close() });
    await lead.join(await customer.start());
    const key = await lead.page.evaluate(() => window.agentView.invite());
    const desk = await Desk.open(world.browser, world.stack, {}, `#invite=${encodeURIComponent(key)}`);
    open.push(desk);
    await desk.signIn("Sam");
    await desk.press("Join the colleague");
    await desk.ready();
    await desk.press("People and chat");
    const line = desk.page.getByLabel("Message to the customer");
    await line.focus();
    return { customer, lead, desk, line };
  }

  test("typing goes on through a dialog of the page and an offer to take over, which waits a moment", async () => {
    const { customer, lead, desk, line } = await twoAgents();
    let through = await typeThrough(desk.page, line, async () => {
      await customer.page.evaluate(() =>
        (document.getElementById("dialog") as HTMLDialogElement).showModal(),
      );
      await desk.replica.locator("dialog:modal").waitFor();
    });
    expect(through.arrived).toBe(through.typed);
    await line.fill("");
    const take = desk.page.getByRole("button", { name: "Take over" });
    through = await typeThrough(desk.page, line, async () => {
      await lead.page.evaluate(() => window.agentView.offerHandover(2));
      await take.waitFor();
    });
    expect(through.arrived).toBe(through.typed);
    expect((await lead.page.evaluate(() => window.agentView.session()))?.lead).toBe(1);
    await take.click();
    await eventually("the session taken over", async () => {
      return (await lead.page.evaluate(() => window.agentView.session()))?.lead === 2;
    });
  });

  test("an offer to take over takes no click in its first moment", async () => {
    const { lead, desk } = await twoAgents();
    await desk.page.evaluate(() => {
      const root = document.querySelector("copane-agent-view")?.shadowRoot as ShadowRoot;
      const times: { shown?: number; gone?: number } = {};
      Object.assign(window, { times });
      const press = () => {
        const button = root.querySelector<HTMLElement>(".handover button.primary");
        if (button) {
          times.shown ??= performance.now();
          button.click();
        } else if (times.shown) times.gone ??= performance.now();
        if (!times.gone) setTimeout(press, 5);
      };
      press();
    });
    await lead.page.evaluate(() => window.agentView.offerHandover(2));
    const times = await eventually("the offer answered", async () => {
      const seen = await desk.page.evaluate(
        () => (window as unknown as { times: { shown: number; gone?: number } }).times,
      );
      return seen.gone === undefined ? undefined : { shown: seen.shown, gone: seen.gone };
    });
    expect(times.gone - times.shown).toBeGreaterThanOrEqual(SETTLE_MS);
  });

  test("a warning of idleness leaves the focus where it is", async () => {
    const desk = await Desk.open(world.browser, world.stack);
    open.push(desk);
    await desk.signIn();
    const key = await desk.makeKey();
    const site = await world.stack.serve(page);
    const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
    open.push({ close: () => customer.context.close() });
    await customer.join(key);
    await desk.ready();
    await desk.press("People and chat");
    const line = desk.page.getByLabel("Message to the customer");
    await line.focus();
    const warning = desk.page.getByText("Are you still there?");
    const through = await typeThrough(desk.page, line, () => warning.waitFor());
    expect(through.arrived).toBe(through.typed);
    await desk.page.getByRole("button", { name: "Keep going", exact: true }).click();
    await warning.waitFor({ state: "hidden" });
  });
});
