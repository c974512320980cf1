import type { CopaneAgentView } from "@copane/agent";
import { AgentRest } from "@copane/client/agent";
import { signCustomerIdentity } from "@copane/node";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { crmPage, framePage, hostPage } from "../pages/crm.ts";
import { openContext } from "../support/browser.ts";
import { Customer } from "../support/customer.ts";
import { signInCode } from "../support/stack.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const identitySecret = "identities of the end-to-end tests";
const world = setUpWorld({ identitySecret });
let customer: Customer;
let page: Page;
let token: string;

beforeEach(async () => {
  const { browser, stack } = world;
  customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  page = await (await openContext(browser, { bypassCSP: true })).newPage();
  ({ token } = await new AgentRest(stack.server).agentSignIn({ name: "Casey", code: signInCode }));
});
afterEach(async () => {
  await customer.context.close();
  await page.context().close();
});

interface Crm extends Window {
  seen: [type: string, what?: string][];
}
interface Host extends Window {
  told: { copane: string; event?: string; name?: string }[];
  tell(message: object): void;
}
const seen = () => page.evaluate(() => (window as unknown as Crm).seen);
const told = () => page.evaluate(() => (window as unknown as Host).told);
const tell = (message: object) => page.evaluate((said) => (window as unknown as Host).tell(said), message);

test("a CRM embeds the view by one script, a property and events, in its own colours", async () => {
  const site = await world.stack.serve(crmPage(world.stack.server));
  await page.goto(site.origin);
  const passphrase = await customer.start();
  await page.evaluate(
    async ([jwt, key]) => {
      const view = document.querySelector("copane-agent-view") as HTMLElement & {
        token: string;
        join(key: string): Promise<void>;
      };
      view.token = jwt;
      await view.join(key);
    },
    [token, passphrase] as const,
  );
  const replica = page.frameLocator("[data-stage] iframe:not([style*='visibility: hidden'])");
  await replica.getByRole("heading", { name: "Made for weather" }).waitFor();
  expect(await page.content()).not.toContain(token);
  const request = page.getByRole("button", { name: "Request control", exact: true });
  expect(await request.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe(
    "rgb(120, 0, 90)",
  );
  expect(await page.locator("#note").isVisible()).toBe(true);
  await request.click();
  await customer.says("Casey asks to click");
  await customer.press("Allow");
  await page.getByRole("status").filter({ hasText: "You can click and type" }).waitFor();
  const box = await replica.locator("input[name=stock]").boundingBox();
  await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
  await eventually("the box checked", () => customer.page.locator("input[name=stock]").isChecked());
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const found = await run.run({ include: ["copane-agent-view"] }, { iframes: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
  });
  expect(violations).toEqual([]);
  await customer.press("Stop sharing");
  await eventually("the end told", async () =>
    (await seen()).some(([type, what]) => type === "copane-ended" && what === "customer_left"),
  );
  const types = new Set((await seen()).map(([type]) => type));
  expect([...types].sort()).toEqual(["copane-change", "copane-ended", "copane-page", "copane-ready"]);
});

test("a host page of exactly the named origin gives the token by a message and hears what happens", async () => {
  const { stack } = world;
  const host = await stack.serve(hostPage());
  const frames = await stack.serve(framePage(stack.server, host.origin));
  await page.goto(`${host.origin}/#${frames.origin}`);
  await eventually("the view's readiness", async () =>
    (await told()).some(({ copane }) => copane === "ready"),
  );
  await tell({ copane: "token", token, name: "Casey" });
  await tell({ copane: "join", passphrase: await customer.start() });
  await customer.says("Casey sees this page");
  await customer.press("Pause");
  await eventually("the pause told", async () =>
    (await told()).some(({ copane, event }) => copane === "event" && event === "session.paused"),
  );
});

test("messages of any other origin are not looked at", async () => {
  const { stack } = world;
  const frames = await stack.serve(framePage(stack.server, "http://crm.invalid"));
  const host = await stack.serve(hostPage());
  await page.goto(`${host.origin}/#${frames.origin}`);
  await page.frameLocator("iframe").locator("copane-agent-view").waitFor({ state: "attached" });
  const passphrase = await customer.start();
  await tell({ copane: "token", token, name: "Eve" });
  await tell({ copane: "join", passphrase });
  await elapse(700);
  expect(await told()).toEqual([]);
  expect(await customer.page.locator("[data-copane] .passphrase").isVisible()).toBe(true);
});

test("an allowed origin that is none is refused with words", async () => {
  const { stack } = world;
  const frames = await stack.serve(framePage(stack.server, "*"));
  await page.goto(frames.origin);
  const error = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const view = document.createElement("copane-agent-view");
        view.addEventListener("copane-error", (event) =>
          resolve((event as CustomEvent<{ message: string }>).detail.message),
        );
        view.setAttribute("allowed-origin", "*");
        document.body.append(view);
      }),
  );
  expect(error).toContain("one origin");
});

test("who waits is joined by the chat's id, and the agent reads who it is and who said so", async () => {
  const site = await world.stack.serve(crmPage(world.stack.server));
  await page.goto(site.origin);
  const identity = await signCustomerIdentity(identitySecret, {
    id: "c-17",
    name: "Ada Lovelace",
    metadata: { ticket: "T-17" },
  });
  await customer.page.evaluate((token) => {
    window.copane?.identify({ token, metadata: { basket: 3 } });
    return window.copane?.start({ now: true, reference: "chat-1" });
  }, identity);
  await page.evaluate(async (jwt) => {
    const view = document.querySelector("copane-agent-view");
    Object.assign(view ?? {}, { token: jwt });
    await (view as unknown as CopaneAgentView).join({ reference: "chat-1" });
  }, token);
  await page.getByRole("button", { name: /People/ }).click();
  const line = page.locator(".people li").filter({ hasText: "Ada Lovelace" });
  expect(await line.textContent()).toMatch(
    /Verified by the site: c-17ticketT-17Said by the page, not verified:basket3Referencechat-1/,
  );
  if (process.env.COPANE_PICTURES)
    await page.screenshot({ path: `${process.env.COPANE_PICTURES}/people.png` });
});
