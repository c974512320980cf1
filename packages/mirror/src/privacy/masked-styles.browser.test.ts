import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sentText, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** Styles that a masked element keeps as the browser writes them. */
const kept = [
  "width: 12.5px; margin: -100px auto 0px; color: rgb(1, 2, 3)",
  "display: inline-flex; flex: 1 1 0%; position: absolute; inset: 0px; z-index: 9",
  "transform: translate3d(0px, 1200px, 0px) rotate(45deg); transition: transform 0.3s ease-in-out",
  "background: linear-gradient(to right, red 10%, transparent); border: 1px solid var(--line)",
  "padding: calc(1px + var(--space)) env(safe-area-inset-right)",
  "font: italic bold 12px / 1.5 Brand, Arial, sans-serif",
  "animation: 1s ease-in 0s infinite alternate none running fade",
  "grid-template-columns: repeat(auto-fill, minmax(10px, 1fr)); grid-area: side",
  "list-style: inside square; will-change: opacity",
  "--space: 4px; --line: #ff0000 !important",
];

/** And what becomes of others. */
const changed = [
  ["font-family: Alice, serif", "font-family: copane-n1, serif"],
  [
    "counter-reset: alice 4; counter-increment: alice 2",
    "counter-reset: copane-n2 4; counter-increment: copane-n2 2",
  ],
  ["--alice: 5px; height: var(--alice)", "--copane-n3: 5px; height: var(--copane-n3)"],
  ["--space: Alice; order: 1234567; z-index: 2147483647", "--space: none; order: 99999; z-index: 99999"],
  ["alice: 1; color: Alice; --space: 12345678px", "--space: 99999px"],
] as const;

test("styles of masked elements keep the layout and no names but those that a sheet has", async () => {
  const page = await mirroredPage(
    browser,
    `<style>p { font-family: Brand; --space: 1px; --line: red } @keyframes fade {} main { grid-template-areas: "side" }
      main > p { grid-area: side }</style><div id=box></div>`,
  );
  const styles = [...kept.map((style) => [style, style] as const), ...changed];
  await page.evaluate((list) => {
    for (const [style] of list)
      document
        .getElementById("box")
        ?.insertAdjacentHTML("beforeend", `<p class=avcobrowse-mask style="${style}">.</p>`);
  }, styles);
  expect(await sentText(page)).not.toMatch(/alice/i);
  const shown = await page.evaluate(() =>
    [...(window.mirror.replica.frame.contentDocument?.querySelectorAll("#box > p") ?? [])].map((p) =>
      p.getAttribute("style"),
    ),
  );
  const even = (style: string | null) => style?.replace(/\s*([:;])\s*/g, "$1").replace(/;$/, "");
  expect(shown.map(even)).toEqual(styles.map(([, after]) => even(after)));
  await page.close();
});
