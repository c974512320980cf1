import { directionOf, languages } from "@copane/ui";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { setUpWorld } from "../support/world.ts";

/** Every language in its place: nothing is cut off or stands outside of the window, at a phone's width and a desk's. */

const world = setUpWorld();
const widths = [390, 1440];
const viewport = (width: number) => ({ viewport: { width, height: width < 600 ? 844 : 900 } });

/** What does not fit, of the elements that a selector finds and what stands in them; `host` names a shadow root. */
function unfit(page: Page, selector: string, host?: string): Promise<string[]> {
  return page.evaluate(
    ([wanted, shadow]) => {
      const root = shadow ? document.querySelector(shadow)?.shadowRoot : document;
      const found = [...(root?.querySelectorAll(wanted) ?? [])];
      if (found.length === 0) return [`${wanted} is not there`];
      const inside = found.flatMap((element) => [element, ...element.querySelectorAll("*")]);
      const scrolled = new Set<Element>();
      return inside.flatMap((element) => {
        const { overflowX, clipPath, position } = getComputedStyle(element);
        // What scrolls by itself may be wider than its place, and so may what stands in it.
        if (/auto|scroll/.test(overflowX) || (element.parentElement && scrolled.has(element.parentElement)))
          scrolled.add(element);
        const { left, right, width, height } = element.getBoundingClientRect();
        const drawn =
          width > 1 && height > 1 && clipPath === "none" && element.closest("svg, iframe") === null;
        if (!drawn || scrolled.has(element)) return [];
        const name = `${element.localName}.${element.className} "${element.textContent?.trim().slice(0, 40)}"`;
        if (left < -1 || right > innerWidth + 1)
          return position === "absolute" ? [] : [`${name} leaves the window`];
        return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
          ? [`${name} is ${element.scrollWidth} wide in ${element.clientWidth}`]
          : [];
      });
    },
    [selector, host] as const,
  );
}

test.each(widths)("the customer's panel has room for every language, %d wide", async (width) => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, viewport(width));
  const { page } = customer;
  await page.waitForFunction(() => window.copane !== undefined);
  for (const language of languages) {
    await page.evaluate(async (locale) => {
      window.copane?.init({ locale });
      await window.copane?.start();
    }, language);
    const direction = directionOf(language);
    await page.locator(`[data-copane] .root[lang="${language}"][dir=${direction}] .panel`).waitFor();
    expect(await unfit(page, ".card", "[data-copane]"), language).toEqual([]);
    // The corner is the site's, whichever way its words are written.
    const box = await page.locator("[data-copane] .panel").boundingBox();
    expect(box && box.x + box.width > width / 2, language).toBe(true);
  }
  await customer.context.close();
});

test("a customer's session speaks the language it was begun in, with its own direction", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  await customer.page.waitForFunction(() => window.copane !== undefined);
  await customer.page.evaluate(() => window.copane?.init({ locale: "ar-EG" }));
  await customer.start();
  await customer.page.locator(`[data-copane] .root[lang=ar][dir=rtl] .passphrase`).waitFor();
  expect(await customer.page.evaluate(() => document.documentElement.dir)).toBe("");
  await customer.context.close();
});
