import { describe, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { html } from "../support/http.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
const tooOld = "This browser is too old to share the page. A newer one can.";

/** What browsers got one after the other, each taken away before our script runs. */
const taken = [
  ["popovers", "delete HTMLElement.prototype.showPopover"],
  ["sheets that are adopted", "delete Document.prototype.adoptedStyleSheets"],
  ["requests that end in time", "delete AbortSignal.timeout"],
  ["aborting at all", "delete window.AbortSignal"],
  ["lists that are searched from their end", "delete Array.prototype.findLast"],
  ["streams that deflate", "delete window.CompressionStream"],
  ["weak references", "delete window.WeakRef"],
] as const;

/** A page with our script, in a browser from which `script` took something before. */
async function open(script: string, attributes = ""): Promise<Customer> {
  const { browser, stack } = world;
  const site = await stack.serve({
    "/": html(`<!doctype html><html lang=en><title>Shop</title><script>
      ${script};
      window.own = [Element.prototype.attachShadow, HTMLElement.prototype.attachInternals,
        CSSStyleSheet.prototype.replaceSync, EventTarget.prototype.addEventListener];
      window.listened = [];
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        window.listened.push(type);
        return addEventListener.call(this, type, ...rest);
      };
    </script><script src="${stack.server}/sdk/copane.js" ${attributes}></script><h1>Shop</h1></html>`),
  });
  return Customer.open(browser, stack, `${site.origin}/`);
}

describe.each(taken)("a browser without %s", (_what, script) => {
  test("says politely that it is too old, and the page is untouched", async () => {
    const customer = await open(script);
    const button = customer.page.locator("button[data-copane]");
    await button.filter({ hasText: "Get help on this page" }).click();
    await button.filter({ hasText: tooOld }).waitFor();
    await button.click();
    await button.filter({ hasText: "Get help on this page" }).waitFor();
    const touched = await customer.page.evaluate(() => {
      const { own, listened } = window as unknown as { own: unknown[]; listened: string[] };
      const now = [
        Element.prototype.attachShadow,
        HTMLElement.prototype.attachInternals,
        CSSStyleSheet.prototype.replaceSync,
      ];
      return { hooked: now.filter((method, i) => method !== own[i]).length, listened };
    });
    expect(touched).toEqual({ hooked: 0, listened: [] });
    // The loader and the script that says it are all that was asked for.
    expect(customer.wire.beside("copane.js", "copane-old-browser.js")).toEqual([]);
    expect(customer.errors).toEqual([]);
    await customer.context.close();
  });
});

test("a site that asks an old browser by itself gets the answer as an error, and the customer reads it", async () => {
  const customer = await open("delete window.CompressionStream", "data-launcher=off");
  expect(await customer.page.locator("[data-copane]").count()).toBe(0);
  const answer = await customer.page.evaluate(() =>
    window.copane?.start({ now: true }).catch((error: Error) => error.message),
  );
  expect(answer).toBe(tooOld);
  const note = customer.page.locator("[data-copane]").filter({ hasText: tooOld });
  await note.click();
  await note.waitFor({ state: "detached" });
  await customer.context.close();
});

test("a page whose pictures are called as what a document has gets the answer too", async () => {
  const names = "<img name=createElement><img name=documentElement><img name=body>";
  const customer = await open(`document.write("${names}"); delete window.WeakRef`);
  const button = customer.page.locator("button[data-copane]");
  await button.filter({ hasText: "Get help on this page" }).click();
  await button.filter({ hasText: tooOld }).waitFor();
  expect(customer.errors).toEqual([]);
  await customer.context.close();
});

test("a browser that lacks nothing is not refused", async () => {
  const customer = await open("0");
  await customer.start();
  await customer.screen("waiting");
  await customer.context.close();
});
