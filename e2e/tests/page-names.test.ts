import { afterEach, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html, type Site } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** Pages whose pictures, forms and scripts are called as what the browser has: nothing leaks, and all is shown. */

const world = setUpWorld();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Runs in the page before and after the loader: what forms, documents and functions have means something else. */
const shadowing = `(() => {
  const make = Document.prototype.createElement, add = Node.prototype.appendChild;
  const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get;
  const apply = Reflect.apply;
  const stage = apply(make, document, ["main"]);
  const names = new Set();
  for (let one of [document, apply(make, document, ["form"])])
    for (; one; one = Object.getPrototypeOf(one)) for (const name of Object.getOwnPropertyNames(one)) names.add(name);
  const places = ["avcobrowse-mask", "avcobrowse-block", "avcobrowse-hide", ""];
  let at = 0;
  for (const name of names) {
    const place = places[at++ % places.length];
    const secret = place ? "zqsecret" + at : "zqshown";
    const form = apply(make, document, ["form"]);
    form.className = place;
    form.innerHTML = '<input name="' + name + '" value="' + secret + '"><b>' + secret + "</b>";
    apply(add, stage, [form]);
    const picture = apply(make, document, ["img"]);
    picture.name = name;
    picture.alt = place ? "" : "zqshown";
    apply(add, stage, [picture]);
  }
  apply(add, apply(root, document, []), [stage]);
  // As scripts do that follow what a page calls; these have a fault with what stands here.
  const contains = Node.prototype.contains;
  for (const name of ["call", "apply"]) {
    const own = Function.prototype[name];
    Function.prototype[name] = function (self, ...args) {
      if (self instanceof Node && apply(contains, stage, [self])) throw new Error("the page's own " + name);
      return apply(own, this, [self, ...args]);
    };
  }
  const bind = Function.prototype.bind;
  Function.prototype.bind = function (...args) {
    return apply(bind, this, args);
  };
  const text = Object.getOwnPropertyDescriptor(Node.prototype, "textContent").set;
  window.fetch = () => Promise.reject(new Error("the page's own requests"));
  window.say = (words) => {
    const line = apply(make, document, ["p"]);
    apply(text, line, [words]);
    apply(add, stage, [line]);
  };
})();`;

async function open(page: (loader: string) => string): Promise<{ customer: Customer; agent: AgentView }> {
  const { browser, stack } = world;
  const loader = `${stack.server}/sdk/copane.js`;
  const site: Site = await stack.serve({ "/": html(page(loader)) });
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, stack);
  opened.push({ close: () => customer.context.close() }, { close: () => agent.context.close() }, site);
  return { customer, agent };
}

/** The replica is asked by the prototypes' own members: in it the names mean something else, too. */
function shown(agent: AgentView): Promise<string> {
  return agent.page.evaluate(() => {
    const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement")?.get;
    const text = Object.getOwnPropertyDescriptor(Node.prototype, "textContent")?.get;
    return String(text?.call(root?.call(window.agentView.document())));
  });
}

async function expectFollowed({ customer, agent }: Awaited<ReturnType<typeof open>>): Promise<void> {
  for (const words of ["the first line", "the second line"]) {
    await customer.page.evaluate(
      (line) => (window as unknown as { say(words: string): void }).say(line),
      words,
    );
    await eventually(`"${words}" at the agent`, async () => (await shown(agent)).includes(words));
  }
  expect(await shown(agent)).toContain("zqshown");
  expect(await shown(agent)).not.toContain("zqsecret");
  expect(customer.wire.contains("zqsecret")).toBe(false);
  expect(customer.wire.contains("zqshown")).toBe(true);
}

test("with the loader first, names that come before the session hide and stop nothing", async () => {
  const both = await open(
    (loader) =>
      `<!doctype html><title>Names</title><script src="${loader}" data-launcher="off"></script><p>page</p>`,
  );
  // The session's script comes when everything is called otherwise.
  await both.customer.page.evaluate(shadowing);
  const key = new Promise<string>((resolve) => {
    both.customer.page.on("response", async (response) => {
      const { passphrase } = (await response.json().catch(() => ({}))) as { passphrase?: string };
      if (passphrase) resolve(passphrase);
    });
  });
  await both.customer.page.evaluate(() => window.copane?.start({ name: "Ada", now: true }));
  await both.agent.join(await key);
  await expectFollowed(both);
});

test("with the loader late, names that come during the session hide and stop nothing", async () => {
  const both = await open(() => "<!doctype html><title>Names</title><p>page</p>");
  await both.agent.join(await both.customer.start());
  await both.customer.page.evaluate(shadowing);
  await expectFollowed(both);
});

/** As Prototype.js and MooTools do, on whose pages shops still run. */
const oldLibrary = `
  Array.from = function (items) {
    if (!items) return [];
    if ("toArray" in Object(items)) return items.toArray();
    var length = items.length || 0, made = new Array(length);
    while (length--) made[length] = items[length];
    return made;
  };
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
  Array.prototype.entries = function () { return this.slice(); };
  Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]"; };
  Array.prototype.include = Object.prototype.extend = function () {};
  Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
  HTMLElement.prototype.show = HTMLElement.prototype.hide = function () { return this; };
  window.Event = function DOMEvent(event) { this.event = event; };`;

/** What a page may call its own classes, functions and variables. */
const ownThings = [
  "class Map{}; class Set{}; class Node{}; class Element{}; class Comment{}; class Range{}; class Selection{};" +
    "class URL{}; class Promise{}; class Event{}; let performance, fetch, crypto, screen, parent, history, name",
  "function Map(){} function Set(){} function Node(){} function Element(){} function Text(){} function URL(){}" +
    "var JSON, performance = {}, screen = 'login', parent = {}, origin = 'BER', status = 1, length = 5, innerWidth = 'w'," +
    "innerHeight = 'h', scrollX = 'x', scrollY = 'y', self = {}, frames = [], devicePixelRatio = 'two', event = 1",
];

test.each([
  ["an old library", oldLibrary],
  ["classes", ownThings[0]],
  ["functions and variables", ownThings[1]],
])("a page with %s in place of the browser's own is mirrored and can be worked in", async (_name, script) => {
  const both = await open(
    (loader) => `<!doctype html><title>Own</title><script>${script}</script>
      <script src="${loader}" data-launcher="off"></script>
      <p>zqshown</p><p class="avcobrowse-mask">zqsecret</p><input type="checkbox" id="box"><input id="field">
      <script>window.say = (words) => { const line = document.createElement("p"); line.textContent = words;
        document.body.append(line); }</script>`,
  );
  const { customer, agent } = both;
  // The driver's own script finds no `Map` in the page, either.
  await customer.page.evaluate(() => window.copane?.start({ name: "Ada", now: true }));
  await agent.join(await customer.passphrase());
  await expectFollowed(both);
  await agent.takeControl(customer);
  await agent.click("#box");
  await eventually("the box is checked", () => customer.page.evaluate("box.checked"));
  await agent.type("#field", "ABC");
  await eventually("the text is there", async () => (await customer.page.evaluate("field.value")) === "ABC");
  expect(customer.errors).toEqual([]);
});
