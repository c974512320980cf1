import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { closeAllPages } from "../../scripts/lib/browser.ts";
import { Canaries, privacyPage } from "../pages/privacy.ts";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { html, type Site } from "../support/http.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

/** What a page does while it is watched, each with a canary of its own. */
const changes: [place: string, act: (page: Page, canary: string) => Promise<unknown>][] = [
  ["typed into a password field", (page, canary) => page.fill("#password", canary)],
  [
    "typed key by key into a card field",
    (page, canary) => page.locator("[name=card]").pressSequentially(canary),
  ],
  ["typed into a password field that a script turned into text", showPassword],
  ["put into a masked element", (page, canary) => page.evaluate(setText, ["#masked", canary] as const)],
  [
    "set as an attribute of a masked element",
    (page, canary) =>
      page.evaluate((text) => document.querySelector("#masked")?.setAttribute("title", text), canary),
  ],
  [
    "in an element that has the class before it is inserted",
    (page, canary) =>
      page.evaluate((text) => {
        const made = document.createElement("p");
        made.className = "avcobrowse-mask";
        made.textContent = text;
        document.querySelector("#dynamic")?.append(made);
      }, canary),
  ],
  [
    "in an element that gets the class in the same turn",
    (page, canary) =>
      page.evaluate((text) => {
        const made = document.createElement("p");
        made.textContent = text;
        document.querySelector("#dynamic")?.append(made);
        made.className = "avcobrowse-hide";
      }, canary),
  ],
  [
    "changed after an element got the class",
    async (page, canary) => {
      await page.evaluate(() => {
        const made = document.createElement("p");
        made.id = "later";
        made.textContent = "still public";
        document.querySelector("#dynamic")?.append(made);
      });
      // It is sent as it is, and hidden later.
      await elapse(200);
      await page.evaluate((text) => {
        const made = document.querySelector("#later") as HTMLElement;
        made.className = "avcobrowse-mask";
        made.textContent = text;
      }, canary);
    },
  ],
  [
    "in a node that was moved under a masked element",
    async (page, canary) => {
      await page.evaluate(() => {
        const made = document.createElement("p");
        made.id = "moved";
        made.textContent = "public before";
        document.querySelector("#dynamic")?.append(made);
      });
      // It is sent as it is, and hidden later.
      await elapse(200);
      await page.evaluate((text) => {
        const made = document.querySelector("#moved") as HTMLElement;
        document.querySelector("#target")?.append(made);
        made.textContent = text;
      }, canary);
    },
  ],
  [
    "in an element with a removed id that appears later",
    (page, canary) =>
      page.evaluate((text) => {
        const made = document.createElement("section");
        made.id = "removed-later";
        made.textContent = text;
        document.querySelector("#dynamic")?.append(made);
      }, canary),
  ],
  ["selected by the customer", selectMasked],
  [
    "in a frame written by a script",
    (page, canary) =>
      page.evaluate((text) => {
        const frame = document.createElement("iframe");
        frame.srcdoc = `<input type=password value="${text}"><p class="avcobrowse-mask">${text}</p>`;
        document.querySelector("#dynamic")?.append(frame);
      }, canary),
  ],
  [
    "in a shadow root made later",
    (page, canary) =>
      page.evaluate((text) => {
        const host = document.createElement("x-late");
        document.querySelector("#dynamic")?.append(host);
        host.attachShadow({ mode: "open" }).innerHTML = `<p class="avcobrowse-hide">${text}</p>`;
      }, canary),
  ],
  [
    "inserted as a style rule's content inside a hidden element",
    (page, canary) =>
      page.evaluate((text) => {
        const style = document.createElement("style");
        document.querySelector(".avcobrowse-hide")?.append(style);
        style.sheet?.insertRule(`.y::after { content: "${text}" }`);
      }, canary),
  ],
  [
    "in the query of the page's address",
    (page, canary) => page.evaluate((text) => history.pushState({}, "", `?token=${text}`), canary),
  ],
];

async function showPassword(page: Page, canary: string): Promise<void> {
  await page.evaluate(() => document.querySelector("#password")?.setAttribute("type", "text"));
  // It is known as open, and filled later.
  await elapse(100);
  await page.fill("#password", canary);
}

async function selectMasked(page: Page, canary: string): Promise<void> {
  await page.evaluate(setText, ["#target", canary] as const);
  await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#target") as Element));
}

function setText([selector, text]: readonly [string, string]): void {
  const element = document.querySelector(selector);
  if (element) element.textContent = text;
}

/** A customer on a page of a site, and an agent who has not joined yet. */
async function open(site: Site, blockWebSocket = false): Promise<{ customer: Customer; agent: AgentView }> {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${site.origin}/`, { blockWebSocket });
  return { customer, agent: await AgentView.open(browser, stack) };
}

/** The agent has seen all that the customer's page has done so far, and the wire was watched. */
async function seesLast(customer: Customer, agent: AgentView): Promise<void> {
  await customer.page.evaluate(setText, ["#x", "last"] as const);
  await eventually("the last change", async () => (await agent.state()).text.includes("last"));
  expect(customer.wire.contains("last")).toBe(true);
}

afterEach(() => closeAllPages(world.browser));

test.each([
  ["a WebSocket", false],
  ["SockJS", true],
])("no masked byte leaves the browser over %s", async (_name, blockWebSocket) => {
  const canaries = new Canaries();
  const { stack } = world;
  const site = await stack.serve(privacyPage(canaries));
  const { customer, agent } = await open(site, blockWebSocket);
  await customer.page.evaluate(() =>
    window.copane?.init({
      privacy: { removeIds: ["removed", "removed-later"] },
    }),
  );
  await agent.join(await customer.start());

  for (const [place, act] of changes) {
    await act(customer.page, canaries.plant(place));
    // A flush for each: what coalesces away proves nothing.
    await elapse(150);
  }
  await agent.takeControl(customer);
  // Its id says what no style needs, and stays in the customer's browser.
  await agent.click("label > input");
  await agent.page.keyboard.type("abc", { delay: 20 });

  const late = `${canaries.control}-late`;
  await customer.page.evaluate(setText, ["h1", late] as const);
  await eventually("the last change at the agent", async () => (await agent.state()).text.includes(late));
  await settledStates(customer, agent, 1_000);

  expect(customer.wire.contains(canaries.control), "the control canary must be found").toBe(true);
  expect(canaries.places((canary) => customer.wire.contains(canary))).toEqual([]);
  expect(canaries.count).toBeGreaterThan(60);
  const seen = JSON.stringify(await agent.state());
  expect(canaries.places((canary) => seen.includes(canary))).toEqual([]);
});

test("what the page says it hides while it is shared is hidden from then on", async () => {
  const { stack } = world;
  const site = await stack.serve({
    "/": html("<!doctype html><title>Account</title><p id=balance>before</p><p id=x>.</p>"),
  });
  const { customer, agent } = await open(site);
  await agent.join(await customer.start());
  await eventually("the balance", async () => (await agent.state()).text.includes("before"));
  await customer.page.evaluate(() => window.copane?.init({ privacy: { mask: ["#balance"] } }));
  await eventually("no balance", async () => !(await agent.state()).text.includes("before"));
  const canary = "balance-after";
  await customer.page.evaluate(setText, ["#balance", canary] as const);
  await seesLast(customer, agent);
  expect(customer.wire.contains(canary)).toBe(false);
});

/** A page as a server made it, with our script first: what the page shows of a password before anybody looks. */
const revealing: [how: string, body: string, act: (page: Page, secret: string) => Promise<unknown>][] = [
  [
    "by another type",
    "<input type=password id=f1 value=CANARY><script>f1.type='text';f1.name='x'</script>",
    () => Promise.resolve(),
  ],
  [
    "in another element, and in texts",
    "<div id=box><input type=password id=f1></div>",
    async (page, secret) => {
      await page.locator("#f1").pressSequentially(secret);
      await page.evaluate((value) => {
        const box = document.querySelector("#box") as HTMLElement;
        box.innerHTML = `<input name=shown value=${value}>`;
        box.append(`it is ${value}`);
      }, secret);
    },
  ],
  [
    "in a text, from a closed shadow root that is gone",
    "<x-field id=h></x-field><script>h.attachShadow({mode:'closed'}).innerHTML='<input type=password>'</script>",
    async (page, secret) => {
      await page.locator("#h").click();
      await page.keyboard.type(secret);
      await page.evaluate((value) => document.querySelector("#h")?.replaceWith(`it is ${value}`), secret);
    },
  ],
  [
    "by another type and in a text, in an iframe of the page",
    '<iframe id=inner srcdoc="<input type=password>"></iframe>',
    async (page, secret) => {
      await eventually("the page in the iframe", () =>
        page.evaluate(() => {
          const inner = document.querySelector<HTMLIFrameElement>("#inner")?.contentDocument;
          return inner?.readyState === "complete" && inner.querySelector("input") !== null;
        }),
      );
      await page.evaluate((value) => {
        const inner = document.querySelector<HTMLIFrameElement>("#inner")?.contentDocument as Document;
        const field = inner.querySelector("input") as HTMLInputElement;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
        field.type = "text";
        inner.body.append(`it is ${value}`);
      }, secret);
    },
  ],
];

test.each(revealing)("a password revealed before the join stays here: %s", async (_how, body, act) => {
  const { stack } = world;
  const canary = "kwzvcanaryxq";
  const script = `<script src="${stack.server}/sdk/copane.js" data-launcher=off></script>`;
  const site = await stack.serve({
    "/": html(`<!doctype html>${script}<title>x</title><p id=x>.</p>${body.replace("CANARY", canary)}`),
  });
  const { customer, agent } = await open(site);
  await act(customer.page, canary);
  await agent.join(await customer.start());
  await seesLast(customer, agent);
  expect(customer.wire.contains(canary)).toBe(false);
});

test("a native dialog tells nothing that stands in a secret field", async () => {
  const { stack } = world;
  const canary = "kwzvcanaryxq";
  const site = await stack.serve({
    "/": html("<!doctype html><title>x</title><p id=x>.</p><input type=password id=f1>"),
  });
  const { customer, agent } = await open(site);
  await agent.join(await customer.start());
  await customer.page.locator("#f1").pressSequentially(canary);
  customer.page.on("dialog", (dialog) => dialog.accept());
  const ask = (text: string): void => {
    alert(`alert ${text}`);
    confirm(`confirm ${text}`);
    prompt(`prompt ${text}`, text);
  };
  await customer.page.evaluate(ask, canary);
  await customer.page.evaluate(ask, "harmless");
  await seesLast(customer, agent);
  expect(customer.wire.contains("harmless")).toBe(true);
  expect(customer.wire.contains(canary)).toBe(false);
});
