import type { Page } from "playwright-core";
import { still, wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import { offline, offlineCss } from "./offline.ts";
import type { Corpus } from "./types.ts";

/** A Bootstrap 4 dashboard: jQuery plug-ins, charts on canvas, icon fonts. */
export const sbAdmin: Corpus = {
  name: "sb-admin-2",
  about: "A Bootstrap 4 dashboard: jQuery plug-ins, charts on canvas, icon fonts.",
  packages: ["startbootstrap-sb-admin-2"],
  async routes() {
    const folder = packageFolder("startbootstrap-sb-admin-2");
    const pages = ["index", "tables", "charts", "buttons", "login"].map(
      (name) => [`/${name}.html`, offline(`${folder}/${name}.html`)] as const,
    );
    const css = "/css/sb-admin-2.min.css";
    return { "/": `${folder}/`, [css]: offlineCss(folder + css), ...Object.fromEntries(pages) };
  },
  pages: [
    {
      name: "dashboard",
      path: "/index.html",
      ready: chartsDone,
      field: ".navbar-search input",
      click: { target: "#sidebarToggle", changed: (page) => page.locator("ul.sidebar.toggled").isVisible() },
      use: async (page) => {
        await page
          .locator(".navbar-search input")
          .first()
          .pressSequentially("quarterly revenue", { delay: 30 });
        await page.locator("#alertsDropdown").click();
        await page.locator("#sidebarToggle").click();
        await page.locator("[data-target='#collapseUtilities']").hover();
        await page.mouse.wheel(0, 500);
        await chartsDone(page);
      },
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
      use: async (page) => {
        await page.locator("#dataTable thead th", { hasText: "Salary" }).click();
        await page.locator("#dataTable thead th", { hasText: "Salary" }).click();
        await page.locator("#dataTable_length select").selectOption("50");
        await page.locator("#dataTable_filter input").pressSequentially("Tokyo", { delay: 30 });
        await page.locator("#dataTable_filter input").fill("");
        await page.locator("#dataTable_paginate a[data-dt-idx='2']").click();
        await wheel(page, 400);
      },
    },
    {
      name: "charts",
      path: "/charts.html",
      ready: chartsDone,
      field: ".navbar-search input",
      use: async (page) => {
        await page.mouse.move(600, 350);
        await page.mouse.move(700, 360, { steps: 5 });
        await page.locator(".navbar-search input").first().pressSequentially("area chart", { delay: 30 });
        await page.mouse.wheel(0, 900);
        await chartsDone(page);
      },
    },
    {
      name: "buttons",
      path: "/buttons.html",
      field: ".navbar-search input",
      click: {
        target: "#userDropdown",
        changed: (page) => page.locator(".dropdown-menu.show").first().isVisible(),
      },
      use: async (page) => {
        await page.locator("#messagesDropdown").click();
        await page.locator("#userDropdown").click();
        await page.locator("[data-target='#logoutModal']").click();
        await page.locator("#logoutModal.show").waitFor();
        await still(page);
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
      use: async (page) => {
        await page.locator("#exampleInputEmail").pressSequentially("customer@example.org", { delay: 30 });
        await page.locator("#exampleInputPassword").pressSequentially("not to be seen", { delay: 30 });
        await page.locator("label[for=customCheck]").click();
        await still(page);
      },
    },
  ],
};

/** Chart.js draws on a canvas for a second. */
const drawing = "Object.values(Chart.instances).some(({ animating }) => animating)";

async function chartsDone(page: Page): Promise<void> {
  await still(page, drawing);
}
