import { still, wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import { offline } from "./offline.ts";
import type { Corpus } from "./types.ts";

/** What the package's pages load first, and the package leaves out: it writes sheet and scripts into the page. */
const loader = `const rtl = /rtl/.test(location.search) ? "-rtl" : "";
if (rtl) document.documentElement.dir = "rtl";
document.write('<link rel="stylesheet" href="../dist/css/uikit' + rtl + '.css">' +
  '<script src="../dist/js/uikit.js"></' + 'script><script src="../dist/js/uikit-icons.js"></' + 'script>');`;

/** UIkit's own pages of its components, written into the page by document.write. */
export const uikit: Corpus = {
  name: "uikit",
  about: "UIkit's own pages of its components: modals, sliders, sorting by drag, icons as inline SVG, RTL.",
  packages: ["uikit"],
  routes: async () => ({
    "/tests/js/test.js": { type: "text/javascript", body: loader },
    "/tests/modal.html": offline(`${packageFolder("uikit")}/tests/modal.html`),
    "/": `${packageFolder("uikit")}/`,
  }),
  pages: [
    {
      name: "modal",
      path: "/tests/modal.html",
      ready: still,
      use: async (page) => {
        await page.locator("[href='#modal-sections']").click();
        await still(page);
        await page.keyboard.press("Escape");
        await still(page);
        await page.locator("[href='#modal-overflow']").click();
        await still(page);
      },
    },
    {
      name: "form",
      path: "/tests/form.html",
      ready: still,
      use: async (page) => {
        await page
          .locator("input.uk-input:not([disabled])")
          .first()
          .pressSequentially("Typed", { delay: 30 });
        await page.locator("select.uk-select:not([disabled])").first().selectOption({ index: 1 });
        await page
          .locator("textarea:not([disabled])")
          .first()
          .pressSequentially("Lines of text", { delay: 20 });
        await page.locator("input.uk-checkbox:not([disabled])").nth(1).click();
        await page.locator("input.uk-range").first().press("ArrowRight");
        await page.mouse.wheel(0, 500);
        await still(page);
      },
    },
    {
      name: "slider",
      path: "/tests/slider.html",
      ready: still,
      use: async (page) => {
        const next = page.locator("[uk-slider-item=next]").first();
        for (let i = 0; i < 3; i++) {
          await next.click({ force: true });
          await still(page);
        }
        await page.locator("#js-center-switcher").selectOption("1");
        await still(page);
      },
    },
    {
      name: "sortable",
      path: "/tests/sortable.html",
      ready: still,
      use: async (page) => {
        const cards = page.locator("[uk-sortable] .uk-card");
        await cards.nth(0).hover();
        await page.mouse.down();
        for (const index of [1, 2, 3]) {
          await cards.nth(index).hover({ force: true });
          await still(page);
        }
        await page.mouse.up();
        await still(page);
      },
    },
    {
      name: "icons",
      path: "/tests/icon.html",
      ready: still,
      use: async (page) => {
        await wheel(page, 900);
        await page.mouse.wheel(0, 900);
        await still(page);
      },
    },
    {
      name: "sticky",
      path: "/tests/sticky.html",
      ready: still,
      use: async (page) => {
        for (let i = 0; i < 4; i++) {
          await wheel(page, 500);
        }
      },
    },
    {
      name: "rtl",
      path: "/tests/accordion.html?rtl",
      ready: still,
      use: async (page) => {
        await page.locator(".uk-accordion-title:visible").nth(1).click();
        await still(page);
        await page.locator(".uk-accordion-title:visible").nth(4).click();
        await page.mouse.wheel(0, 400);
        await still(page);
      },
    },
  ],
};
