import { still } from "../support/still.ts";
import { bundle, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Ant Design from right to left in Arabic: CSS-in-JS, portals for everything that pops up. */
export const antd: Corpus = {
  name: "antd",
  about: "Ant Design from right to left in Arabic, and in Chinese: CSS-in-JS, portals for what pops up.",
  packages: ["antd", "react", "react-dom"],
  async routes() {
    return { "/": shell("Ant Design", "/app.js"), "/app.js": await bundle("pages/apps/antd.tsx") };
  },
  pages: [
    {
      name: "arabic",
      path: "/?ar",
      ready: (page) => page.locator(".ant-table-row").first().waitFor(),
      use: async (page) => {
        await page.locator("#name").pressSequentially("قلم أزرق", { delay: 40 });
        await page.locator(".ant-table-column-has-sorters").first().click();
        await page.locator("#choice").click();
        await page.locator(".ant-select-item").nth(1).click();
        await page.locator(".ant-pagination-item-2").click();
        await page.locator("#open").click();
        await page.locator(".ant-modal").waitFor();
        await still(page);
      },
    },
    {
      name: "chinese",
      path: "/?zh",
      ready: (page) => page.locator(".ant-table-row").first().waitFor(),
      use: async (page) => {
        await page.locator("#date").click();
        await page.locator(".ant-picker-cell-inner").nth(10).click();
        await page.locator(".ant-tabs-tab").nth(1).click();
        await page.locator(".ant-switch").click();
        await still(page);
      },
    },
  ],
};
