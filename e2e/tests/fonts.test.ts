import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";
import { AgentView } from "../support/agent.ts";
import { html, type Site } from "../support/http.ts";
import { oneSession } from "../support/one-session.ts";
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
