import { expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html, type Site } from "../support/http.ts";
import { oneSession } from "../support/one-session.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

/** Many rules, as a component library writes them, and one that is looked at. */
const rules = (name: string, last: string) =>
  `${Array.from({ length: 250 }, (_, i) => `.${name}${i}-${(i * 7919) % 1000} { margin: ${i}px; color: rgb(${i}, 0, 0) }`).join("\n")} p { ${last} }`;

/** A shop whose styles stand in the page and in a constructed sheet. */
const shop = (color: string): Promise<Site> =>
  world.stack.serve({
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
      <style>${rules("a", `color: ${color}`)}</style></head><body><p>Some words</p><script>
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(${JSON.stringify(rules("b", "top: 3px; position: relative"))});
        document.adoptedStyleSheets = [sheet];
      </script></body></html>`),
  });

const look = `(({ color, top }) => color + " " + top)(D.defaultView.getComputedStyle(D.querySelector("p")))`;

/** What a session sent. */
async function session(agent: AgentView, site: Site): Promise<number> {
  const { bytes, there } = await oneSession<string>(world, agent, site, look);
  expect(there).toContain(" 3px");
  return bytes;
}

test("styles cross once for all sessions of an agent, and each page is shown in its own", async () => {
  const [first, other] = [await shop("rgb(1, 2, 3)"), await shop("rgb(4, 5, 6)")];
  const agent = await AgentView.open(world.browser, world.stack);
  const large = rules("a", "").length;
  expect(await session(agent, first)).toBeGreaterThan(2 * large);
  expect(await session(agent, first)).toBeLessThan(3_000);
  // Of another page that shares one of them, the other crosses.
  const third = await session(agent, other);
  expect(third).toBeGreaterThan(large);
  expect(third).toBeLessThan(1.5 * large);
  expect(await session(agent, first)).toBeLessThan(3_000);
  await agent.context.close();
});

test("rules about states hold in sheets that others import, and cross once for all sessions of an agent", async () => {
  const { browser, stack } = world;
  const css = (body: string) => ({ type: "text/css", body });
  const many = Array.from({ length: 250 }, (_, i) => `.x${(i * 7919) % 1000}:hover { margin: ${i}px }`);
  const site = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
      <style>@import "/of-style.css" screen; p { color: black }</style><link rel="stylesheet" href="/of-link.css">
      </head><body><p class="a">a</p><p class="b">b</p><p class="c">c</p></body></html>`),
    "/of-style.css": css(".a:hover { letter-spacing: 1px }"),
    "/of-link.css": css(
      `@import url("deep/one.css") layer(base) supports(top: 1px); ${many.join(" ")} .c:hover { letter-spacing: 3px }`,
    ),
    "/deep/one.css": css(`${many.join(" ")} .b:hover { letter-spacing: 2px; background: url("b.png") }`),
  });
  const agent = await AgentView.open(browser, stack);
  const look = (name: string) =>
    `(({ letterSpacing, backgroundImage }) => letterSpacing + " " + backgroundImage)
      (D.defaultView.getComputedStyle(D.querySelector(".${name}")))`;
  const bytes: number[] = [];
  for (let session = 0; session < 2; session++) {
    const customer = await Customer.open(browser, stack, site.origin);
    await agent.join(await customer.start());
    for (const [name, expected] of [
      ["a", "1px none"],
      ["b", `2px url("${site.origin}/deep/b.png")`],
      ["c", "3px none"],
    ] as const) {
      await customer.page.hover(`.${name}`);
      expect(await customer.page.evaluate(look(name).replaceAll("D", "document"))).toBe(expected);
      await eventually(`the look of ${name} under the pointer`, async () => {
        const there = await agent.page.evaluate(look(name).replaceAll("D", "agentView.document()"));
        return there === expected;
      });
    }
    bytes.push(customer.wire.writtenBytes);
    await agent.page.evaluate(() => window.agentView.leave());
    await customer.context.close();
  }
  expect(bytes[0]).toBeGreaterThan(2 * many.join(" ").length);
  expect(bytes[1]).toBeLessThan(3_000);
  await agent.context.close();
});
