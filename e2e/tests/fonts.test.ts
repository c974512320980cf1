import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html, type Site } from "../support/http.ts";
import { oneSession } from "../support/one-session.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

const folder = `${packageFolder("govuk-frontend")}/dist/govuk/assets/fonts/`;
const file = (weight: string) =>
  readFileSync(folder + readdirSync(folder).find((name) => name.startsWith(weight) && name.endsWith("2")));

/** A shop whose font is for its own origin only; two faces of it are one file. */
const shop = (font: Uint8Array): Promise<Site> =>
  world.stack.serve({
    "/shop.woff2": { type: "font/woff2", body: font },
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><style>
      @font-face { font-family: Shop; src: url(/shop.woff2) } @font-face { font-family: Shop; font-weight: 700; src: url(/shop.woff2) }
      span { font: 40px Shop, monospace }</style></head>
      <body><p><span>Some words in it</span></p><p><span style="font-weight:700">Some more words in it</span></p></body></html>`),
  });

const widths = `[...D.querySelectorAll("span")].map((span) => span.getBoundingClientRect().width)`;

/** What a session sent, and how wide the words were. */
async function session(agent: AgentView, site: Site): Promise<{ bytes: number; width: number }> {
  const { bytes, there } = await oneSession<number[]>(world, agent, site, widths);
  return { bytes, width: there[0] as number };
}

test("a font crosses once for all sessions of an agent, and each page is shown in its own", async () => {
  const [light, bold] = [file("light"), file("bold")];
  const [first, other] = [await shop(light), await shop(bold)];
  const agent = await AgentView.open(world.browser, world.stack);
  const one = await session(agent, first);
  expect(one.bytes).toBeGreaterThan(light.length);
  expect(one.bytes).toBeLessThan(light.length * 1.5);
  const two = await session(agent, first);
  expect(two.bytes).toBeLessThan(3_000);
  expect(two.width).toBe(one.width);
  // Another file by the same name is not taken for the one that is there.
  const three = await session(agent, other);
  expect(three.bytes).toBeGreaterThan(bold.length);
  expect(three.width).not.toBe(one.width);
  const four = await session(agent, first);
  expect(four).toEqual({ bytes: expect.any(Number), width: one.width });
  expect(four.bytes).toBeLessThan(3_000);
  await agent.context.close();
});

test("fonts that scripts make are shown, from an address and from bytes, before the join and after", async () => {
  const font = file("light");
  const site = await world.stack.serve({
    "/fonts/made.woff2": { type: "font/woff2", body: font },
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Made</title>
      <script src="${world.stack.server}/sdk/copane.js" data-launcher="off"></script>
      <style>span { font: 40px monospace } #a { font-family: A, monospace } #b { font-family: B, monospace } #c { font-family: C, monospace }</style></head>
      <body><p><span id="a">Some words in it</span></p><p><span id="b">Some words in it</span></p><p><span id="c">Some words in it</span></p>
      <script>document.fonts.add(new FontFace("A", "url(fonts/made.woff2)"));
      const load = async (name) => document.fonts.add(new FontFace(name, await (await fetch("/fonts/made.woff2")).arrayBuffer()));
      load("B")</script></body></html>`),
  });
  const customer = await Customer.open(world.browser, world.stack, `${site.origin}/`);
  const agent = await AgentView.open(world.browser, world.stack);
  await agent.join(await customer.start());
  await customer.page.evaluate(`load("C")`);
  const width = (of: string) => `${of}.getElementById("ID").getBoundingClientRect().width`;
  for (const id of ["a", "b", "c"]) {
    await eventually(`the font of ${id}`, async () => {
      const [here, there] = [
        await customer.page.evaluate(width("document").replace("ID", id)),
        await agent.page.evaluate(width("agentView.document()").replace("ID", id)),
      ];
      // In its fallback each letter is as wide as the next.
      return here === there && Number(here) < 350;
    });
  }
  await customer.context.close();
  await agent.context.close();
});
