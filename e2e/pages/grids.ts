import { html } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Rows that are the same in every run. */
const data = (rows: number) => `const names = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Radia", "Tim"];
const cities = ["Oslo", "Lisbon", "Wien", "Kraków", "Zürich"];
const rows = Array.from({ length: ${rows} }, (_, i) => ({ id: i, name: names[i * 3 % 7] + " " + i, city: cities[i * 7 % 5],
  amount: (i * 7919) % 100000 / 100, paid: i % 3 === 0, progress: i * 31 % 101, date: "2026-0" + (i % 9 + 1) + "-1" + i % 10 }));`;

/** A virtualised grid: positioned rows, recycled while scrolling, columns that are moved and sorted. */
export const agGrid: Corpus = {
  name: "ag-grid",
  about:
    "AG Grid with 10,000 rows: positioned rows that are recycled while scrolling, sorting, editing, filters.",
  packages: ["ag-grid-community"],
  routes: async () => ({
    "/lib/": `${packageFolder("ag-grid-community")}/dist/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Grid</title>
<style>body { margin: 16px; font: 14px sans-serif } #grid { height: 700px }</style></head><body><h1>Invoices</h1><div id="grid"></div>
<script src="/lib/ag-grid-community.min.js"></script><script>${data(10_000)}
agGrid.createGrid(document.getElementById("grid"), { rowData: rows, pagination: false, animateRows: true,
  defaultColDef: { sortable: true, filter: true, editable: true, floatingFilter: true },
  columnDefs: ["id", "name", "city", "amount", "paid", "progress", "date"].map((field) => ({ field })) });
</script></body></html>`),
  }),
  pages: [
    {
      name: "grid",
      path: "/",
      ready: (page) => page.locator(".ag-row").nth(5).waitFor(),
      use: async (page) => {
        await page.locator(".ag-header-cell[col-id=amount] .ag-header-cell-label").click();
        await still(page);
        await page.locator(".ag-row >> nth=4").hover();
        for (let i = 0; i < 6; i++) {
          await wheel(page, 600);
        }
        await page.locator(".ag-floating-filter input").nth(1).pressSequentially("Ada", { delay: 50 });
        await still(page);
      },
    },
  ],
};

/** A table of real rows: everything in the document, cells with formatters. */
export const tabulator: Corpus = {
  name: "tabulator",
  about: "Tabulator with 400 rows all in the document: formatters, groups, header filters.",
  packages: ["tabulator-tables"],
  routes: async () => ({
    "/lib/": `${packageFolder("tabulator-tables")}/dist/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Table</title>
<link rel="stylesheet" href="/lib/css/tabulator.min.css"></head><body><div id="table"></div>
<script src="/lib/js/tabulator.min.js"></script><script>${data(400)}
window.table = new Tabulator("#table", { data: rows, height: 720, layout: "fitColumns", renderVertical: "basic", columns: [
  { title: "Name", field: "name", headerFilter: true, editor: "input" }, { title: "City", field: "city" },
  { title: "Amount", field: "amount", formatter: "money" }, { title: "Paid", field: "paid", formatter: "tickCross" },
  { title: "Progress", field: "progress", formatter: "progress" }, { title: "Date", field: "date" }] });
</script></body></html>`),
  }),
  pages: [
    {
      name: "table",
      path: "/",
      ready: (page) => page.locator(".tabulator-row").nth(399).waitFor({ state: "attached" }),
      use: async (page) => {
        await page.locator(".tabulator-col[tabulator-field=amount]").click();
        await page.locator(".tabulator-col[tabulator-field=city]").click();
        await page.locator(".tabulator-tableholder").hover();
        await wheel(page, 3_000);
        await page.locator(".tabulator-header-filter input").pressSequentially("Grace", { delay: 60 });
        // The table filters some time after the last key.
        const others = page.locator(".tabulator-row [tabulator-field=name]", { hasNotText: "Grace" });
        await others.first().waitFor({ state: "detached" });
        await still(page);
      },
    },
  ],
};
