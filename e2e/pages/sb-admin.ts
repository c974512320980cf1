import type { Page } from "playwright-core";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** A Bootstrap 4 dashboard: jQuery plug-ins, charts on canvas, icon fonts. */
export const sbAdmin: Corpus = {
  name: "sb-admin-2",
  routes: async () => ({ "/": `${packageFolder("startbootstrap-sb-admin-2")}/` }),
  pages: [
    {
      name: "dashboard",
      path: "/index.html",
      ready: chartsDone,
      field: ".navbar-search input",
      click: { target: "#sidebarToggle", changed: (page) => page.locator("ul.sidebar.toggled").isVisible() },
    },
    {
      name: "tables",
      path: "/tables.html",
      field: "#dataTable_filter input",
      click: {
        target: "#dataTable_paginate a[data-dt-idx='2']",
        changed: async (page) =>
          (await page.locator("#dataTable_info").textContent())?.includes("11 to 20") === true,
      },
    },
    { name: "charts", path: "/charts.html", ready: chartsDone, field: ".navbar-search input" },
    {
      name: "buttons",
      path: "/buttons.html",
      field: ".navbar-search input",
      click: {
        target: "#userDropdown",
        changed: (page) => page.locator(".dropdown-menu.show").first().isVisible(),
      },
    },
    {
      name: "login",
      path: "/login.html",
      field: "#exampleInputEmail",
      click: {
        target: "label[for=customCheck]",
        changed: (page) => page.locator("#customCheck").isChecked(),
      },
    },
  ],
};

/** Chart.js animates for a second. */
async function chartsDone(page: Page): Promise<void> {
  await page.waitForTimeout(1500);
}
