import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bothSides, closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** The texts of all frames that were sent since the policy changed. */
function sentSince(page: Page, policy: object): Promise<string> {
  return page.evaluate(async (given) => {
    const { capture, sent, sentTexts, settle } = window.mirror;
    const balance = document.getElementById("balance") as HTMLElement;
    // A change that waits to be sent by the old policy, and others right after the new one.
    balance.textContent = "canary-before";
    capture.setPolicy(given);
    const from = sent.length;
    for (let i = 0; i < 5; i++) {
      balance.textContent = `canary-${i}`;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await settle();
    return (await sentTexts(from)).join("");
  }, policy);
}

const html = `<h1>Account</h1><p id=balance>1,234.56</p><p id=name>Ada</p>${"<p>more text</p>".repeat(200)}`;

test("a mask added to a running mirror holds from the next byte on", async () => {
  const page = await mirroredPage(browser, html);
  expect((await bothSides(page)).mirror).toContain("1,234.56");
  const text = await sentSince(page, { mask: ["#balance"] });
  expect(text).toContain("Account");
  expect(text).not.toContain("canary");
  const { mirror, errors } = await bothSides(page);
  expect(errors).toEqual([]);
  expect(mirror).toContain("Ada");
  expect(mirror).not.toMatch(/canary|1,234/);
  await page.close();
});

test("an element that a new policy removes or hides is gone, and comes back when the policy goes", async () => {
  const page = await mirroredPage(browser, html);
  expect(await sentSince(page, { removeIds: ["balance"], hide: ["#name"] })).not.toMatch(/canary|Ada/);
  await page.evaluate(() => window.mirror.capture.setPolicy({}));
  const { page: original, mirror } = await bothSides(page);
  expect(mirror).toBe(original);
  await page.close();
});

test("a selector that is not one is refused, and the policy before still holds", async () => {
  const page = await mirroredPage(browser, html, { mask: ["#balance"] });
  const error = await page.evaluate(() => {
    try {
      window.mirror.capture.setPolicy({ mask: ["p["] });
    } catch (caught) {
      return (caught as Error).name;
    }
  });
  expect(error).toBe("SyntaxError");
  expect((await bothSides(page)).mirror).not.toContain("1,234.56");
  await page.close();
});
