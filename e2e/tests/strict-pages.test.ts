import { afterEach, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** Pages whose rules are strict, and pages that throw out what is not theirs: help works there as elsewhere. */

const world = setUpWorld();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A page that allows our script by its nonce; its own script says a line. */
const pageOf = (
  server: string,
  head: string,
): string => `<!doctype html><html lang="en"><head><title>Strict</title>
  <script nonce="abc">window.say = (words) => { const line = document.createElement("p"); line.textContent = words;
    document.body.append(line); }</script>
  <script nonce="abc" src="${server}/sdk/copane.js" data-launcher="off"></script>${head}</head>
  <body><p style="color: red">page</p><canvas width="20" height="20"></canvas><input id="field"></body></html>`;

async function open(headers: (server: string) => Record<string, string>, head = "") {
  const { browser, stack } = world;
  const body = pageOf(stack.server, head);
  const site = await stack.serve({ "/": { type: "text/html", body, headers: headers(stack.server) } });
  const customer = await Customer.open(browser, stack, `${site.origin}/`, { bypassCSP: false });
  const agent = await AgentView.open(browser, stack);
  opened.push({ close: () => customer.context.close() }, { close: () => agent.context.close() }, site);
  await agent.join(await customer.start());
  return { customer, agent };
}

type Sides = Awaited<ReturnType<typeof open>>;

async function expectFollowed({ customer, agent }: Sides, words: string): Promise<void> {
  await customer.page.evaluate(
    (line) => (window as unknown as { say(words: string): void }).say(line),
    words,
  );
  const text = () => agent.page.evaluate(() => window.agentView.document()?.body?.textContent);
  await eventually(`"${words}" at the agent`, async () => (await text())?.includes(words));
}

test.each<[string, (server: string) => Record<string, string>, string?]>([
  [
    "a strict content security policy and trusted types",
    (server) => ({
      "content-security-policy":
        `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${server} ${server.replace("http", "ws")}; ` +
        "style-src 'nonce-abc'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    }),
  ],
  [
    "cross-origin isolation",
    () => ({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    }),
  ],
  ["a sandbox without an origin", () => ({ "content-security-policy": "sandbox allow-scripts" })],
  ["a base elsewhere", () => ({}), '<base href="https://elsewhere.example/a/">'],
])("with %s the page is shown and can be worked in", async (_name, headers, head) => {
  const sides = await open(headers, head);
  const { customer, agent } = sides;
  await expectFollowed(sides, "first line");
  await agent.takeControl(customer);
  await agent.click("#field");
  await agent.type("#field", "ABC");
  await eventually("the text", async () => (await customer.page.locator("#field").inputValue()) === "ABC");
  expect(customer.errors).toEqual([]);
});

test.each([
  ["draws its root anew", "document.documentElement.replaceChildren(document.head, document.body)"],
  ["puts another root", "document.documentElement.replaceWith(document.documentElement.cloneNode(true))"],
  ["writes itself anew", "[document.open(), document.write('<p>other</p>'), document.close()].length"],
])("when a page %s, the panel stays as long as it is shared", async (_name, script) => {
  const sides = await open(() => ({}));
  const { customer } = sides;
  const screen = customer.page.locator("[data-copane] [data-screen=sharing]");
  await screen.waitFor();
  await customer.page.evaluate(script);
  await screen.waitFor();
  await expectFollowed(sides, "second line");
});
