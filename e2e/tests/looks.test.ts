import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { looksPage } from "../pages/looks.ts";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { html } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

/** A computed style of an element in one side's document. */
function styleOf(page: Page, document: string, selector: string, property: string): Promise<string> {
  return page.evaluate(`(() => {
    const element = ${document}.querySelector(${JSON.stringify(selector)});
    return element.ownerDocument.defaultView.getComputedStyle(element).getPropertyValue(${JSON.stringify(property)});
  })()`);
}

describe("a page whose look lies outside its markup", () => {
  test("looks the same to an agent whose browser may load and read little of it", async () => {
    const { browser, stack } = world;
    const site = await stack.serve(looksPage(stack.server));
    const customer = await Customer.open(browser, stack, `${site.origin}/#part`, {
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    const agent = await AgentView.open(browser, stack);
    await agent.join(await customer.start());
    const same = (what: string, selector: string, property: string, expected: string) =>
      eventually(what, async () => {
        expect(await styleOf(customer.page, "document", selector, property)).toBe(expected);
        expect(await styleOf(agent.page, "agentView.document()", selector, property)).toBe(expected);
        return true;
      });

    await same("a stylesheet behind the customer's login", ".private", "letter-spacing", "3px");
    await same("the address's target", "#part", "border-top-width", "7px");
    await same("a defined custom element", "#late", "visibility", "visible");
    await same("a custom state", "#late", "padding-left", "21px");
    // Other engines take a person's wishes from the system alone; the context named the steps left out.
    if (world.engines.customer === "chromium") {
      await same("the customer's colour scheme", ".scheme", "color", "rgb(250, 250, 250)");
      await same("the customer's wish for less motion", ".motion", "color", "rgb(1, 1, 1)");
    }
    await same("the end of an animation", "#moved", "opacity", "0.25");
    for (const id of ["blank", "painted"]) {
      await eventually(`the size of the canvas ${id}`, async () => {
        const size = `(({ width, height }) => [width, height].join())(document.getElementById("${id}").getBoundingClientRect())`;
        const there = await customer.page.evaluate(size);
        return (await agent.page.evaluate(size.replace("document.", "agentView.document()."))) === there;
      });
    }
    await customer.page.hover("#over");
    await same("a hovered element", "#over", "background-color", "rgb(1, 2, 3)");
    await same("the cascade's order under the pointer", "#over", "color", "rgb(8, 8, 8)");
    await customer.page.hover("h1");
    await same("the pointer gone elsewhere", "#over", "background-color", "rgba(0, 0, 0, 0)");
    await customer.page.focus("#field");
    await same("a focused field", "#field", "background-color", "rgb(4, 5, 6)");

    // What stands behind elements, of which neither rules can be read nor events heard; one of them needs no login.
    const behind: [what: string, expression: string, own: number][] = [
      ["#banner", "getComputedStyle(e).backgroundImage", 1],
      ["#banner", "getComputedStyle(e, '::before').backgroundImage", 1],
      ["#inline", "getComputedStyle(e).backgroundImage", 1],
      // From an address that only the customer's browser knows.
      ["#made", "getComputedStyle(e).backgroundImage", 1],
      ["#points li", "getComputedStyle(e).listStyleImage", 1],
      ["#points li", "getComputedStyle(e, '::after').content", 1],
      ["#framed", "getComputedStyle(e).borderImageSource", 1],
      // Open to all as a picture, but not as a mask.
      ["#icon-by-mask", "getComputedStyle(e).maskImage", 1],
      ["#video", "'url(\"' + e.poster + '\")'", 1],
    ];
    for (const [selector, expression, own] of behind) {
      await eventually(`the picture behind ${selector} by ${expression}`, () =>
        agent.page.evaluate(
          `(async () => {
            const e = agentView.document().querySelector("${selector}");
            const urls = [...(${expression}).matchAll(/url\\("(blob:[^"]+)"\\)/g)].map(([, url]) => url);
            if (urls.length !== ${own}) return false;
            const picture = new Image();
            picture.src = urls[0];
            await picture.decode();
            return picture.naturalWidth === 10;
          })()`,
        ),
      );
    }
    const layers = await styleOf(agent.page, "agentView.document()", "#banner", "background-image");
    expect(layers).toMatch(/open\.png"\), url\("blob:/);

    for (const id of ["private", "blob"]) {
      await eventually(`the picture ${id}`, () =>
        agent.page.evaluate((name) => {
          const picture = window.agentView.document().getElementById(name) as HTMLImageElement;
          return picture.complete && picture.naturalWidth === 10;
        }, id),
      );
    }
    await eventually("an icon from another file", () =>
      agent.page.evaluate(() => {
        const use = window.agentView.document().querySelector("use") as SVGUseElement;
        return use.getBBox().width > 0;
      }),
    );
    const states = await settledStates(customer, agent);
    expect(states.agent.text).toContain("Inside a closed root");
    await customer.context.close();
    await agent.context.close();
  });
});

test("no rule of a page makes our elements part of it, or changes how they look", async () => {
  const { browser, stack } = world;
  const head = `<style>html{display:grid} div,[data-copane]{display:inline-block!important;height:3000px!important;opacity:.2!important;font-size:60px!important;transform:rotate(5deg)!important}</style>`;
  const site = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><head><title>t</title>${head}
<script src="${stack.server}/sdk/copane.js"></script></head><body><p>page</p></body></html>`),
  });
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const launcher = customer.page.locator("[data-copane] button");
  await launcher.waitFor();
  const look = () =>
    customer.page.evaluate(() => {
      const { scrollHeight } = document.documentElement;
      const host = document.querySelector("[data-copane]") as Element;
      const { opacity, fontSize, transform } = getComputedStyle(host.shadowRoot?.lastElementChild as Element);
      return { scrollHeight, boxes: host.getClientRects().length, opacity, fontSize, transform };
    });
  const { height } = customer.page.viewportSize() ?? { height: 0 };
  const untouched = { scrollHeight: height, boxes: 0, opacity: "1", fontSize: "15px", transform: "none" };
  expect(await look()).toEqual(untouched);
  await customer.start();
  await customer.page.locator("[data-copane] .panel").waitFor();
  expect(await look()).toEqual(untouched);
  await customer.context.close();
});
