import { readdirSync, readFileSync } from "node:fs";
import { html } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { bundle, packageFolder, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Every icon as inline SVG, and a search over them. */
export const icons: Corpus = {
  name: "bootstrap-icons",
  about: "Bootstrap Icons: 2,000 inline SVGs and a search that hides and shows them.",
  packages: ["bootstrap-icons"],
  routes: async () => ({ "/": html(iconPage()) }),
  pages: [
    {
      name: "all",
      path: "/",
      use: async (page) => {
        await page.locator("#find").pressSequentially("arrow", { delay: 60 });
        await still(page);
        await page.locator("#find").fill("");
        await wheel(page, 3_000);
      },
    },
  ],
};

function iconPage(): string {
  const folder = `${packageFolder("bootstrap-icons")}/icons`;
  const figures = readdirSync(folder).map(
    (file) =>
      `<figure>${readFileSync(`${folder}/${file}`, "utf8")}<figcaption>${file.slice(0, -4)}</figcaption></figure>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Icons</title><style>body { font: 12px sans-serif }
main { display: grid; grid-template-columns: repeat(10, 1fr); gap: 10px } figure { margin: 0; text-align: center } svg { width: 32px; height: 32px }</style></head>
<body><input id="find"><main>${figures.join("")}</main><script>document.getElementById("find").oninput = ({ target }) => {
for (const figure of document.querySelectorAll("figure")) figure.hidden = !figure.textContent.includes(target.value); };</script></body></html>`;
}

/** Bootstrap's components with their scripts: modal, off-canvas, popover, tooltip, accordion, toasts. */
export const bootstrap: Corpus = {
  name: "bootstrap",
  about: "Bootstrap 5: modal, off-canvas, popover, tooltip, accordion, toasts, validated forms, dark theme.",
  packages: ["bootstrap"],
  routes: async () => ({ "/lib/": `${packageFolder("bootstrap")}/dist/`, "/": html(bootstrapPage) }),
  pages: [
    {
      name: "dialogs",
      path: "/",
      use: async (page) => {
        await page.locator("#tip").hover();
        await still(page);
        await page.locator("#pop").click();
        await still(page);
        await page.locator("#pop").click();
        await page.locator(".accordion-button").nth(1).click();
        await page.locator("#send").click();
        await page.locator("#mail").pressSequentially("ada@example.org", { delay: 20 });
        await page.locator("#theme").click();
        await page.locator("#side").click();
        await still(page);
        await page.locator(".offcanvas .btn-close").click();
        await still(page);
        await page.locator("#open").click();
        await still(page);
      },
    },
  ],
};

const bootstrapPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bootstrap</title><link rel="stylesheet" href="/lib/css/bootstrap.min.css"></head>
<body class="p-4"><h1>Order</h1><p><button id="open" class="btn btn-primary" data-bs-toggle="modal" data-bs-target="#modal">Modal</button>
<button id="side" class="btn btn-secondary" data-bs-toggle="offcanvas" data-bs-target="#canvas">Side</button>
<button id="pop" class="btn btn-info" data-bs-toggle="popover" data-bs-title="Pop" data-bs-content="Over the page.">Popover</button>
<button id="tip" class="btn btn-warning" data-bs-toggle="tooltip" data-bs-title="A tip">Tooltip</button>
<button id="theme" class="btn btn-dark">Dark</button></p>
<form class="row g-3" novalidate><div class="col-6"><label class="form-label" for="mail">E-mail</label><input id="mail" class="form-control" type="email" required><div class="invalid-feedback">Needed.</div></div>
<div class="col-6"><label class="form-label" for="way">Way</label><select id="way" class="form-select"><option>Post</option><option>Courier</option></select></div>
<div class="col-12 form-check form-switch ms-2"><input class="form-check-input" type="checkbox" id="ok" required><label class="form-check-label" for="ok">I agree</label></div>
<div class="col-12"><button id="send" class="btn btn-success">Send</button></div></form>
<div class="accordion my-4" id="acc">${[1, 2, 3].map((n) => `<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button ${n > 1 ? "collapsed" : ""}" data-bs-toggle="collapse" data-bs-target="#c${n}">Part ${n}</button></h2><div id="c${n}" class="accordion-collapse collapse ${n === 1 ? "show" : ""}" data-bs-parent="#acc"><div class="accordion-body">Text of part ${n}.</div></div></div>`).join("")}</div>
<div class="progress"><div class="progress-bar progress-bar-striped" style="width:60%"></div></div>
<div class="modal fade" id="modal" tabindex="-1"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5 class="modal-title">Sure?</h5><button class="btn-close" data-bs-dismiss="modal"></button></div><div class="modal-body">This cannot be undone.</div></div></div></div>
<div class="offcanvas offcanvas-end" id="canvas" tabindex="-1"><div class="offcanvas-header"><h5>Cart</h5><button class="btn-close" data-bs-dismiss="offcanvas"></button></div><div class="offcanvas-body">Empty.</div></div>
<script src="/lib/js/bootstrap.bundle.min.js"></script><script>
for (const it of document.querySelectorAll("[data-bs-toggle=popover]")) new bootstrap.Popover(it);
for (const it of document.querySelectorAll("[data-bs-toggle=tooltip]")) new bootstrap.Tooltip(it);
document.getElementById("theme").onclick = () => { document.documentElement.dataset.bsTheme = "dark"; };
document.querySelector("form").onsubmit = (event) => { event.preventDefault(); event.target.classList.add("was-validated"); };
</script></body></html>`;

/** Lists sorted by dragging: nodes that move all the time. */
export const sortable: Corpus = {
  name: "sortablejs",
  about: "SortableJS: cards dragged within and between lists, every step a move of nodes.",
  packages: ["sortablejs"],
  routes: async () => ({
    "/lib/": `${packageFolder("sortablejs")}/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title><style>body { font: 14px sans-serif; display: flex; gap: 24px }
ul { list-style: none; width: 260px; min-height: 600px; margin: 0; padding: 8px; background: #e2e8f0 } li { padding: 14px; margin-bottom: 6px; background: #fff }</style></head><body>
${["todo", "doing", "done"].map((name) => `<ul id="${name}">${Array.from({ length: 10 }, (_, i) => `<li>${name} ${i}</li>`).join("")}</ul>`).join("")}
<script src="/lib/Sortable.min.js"></script><script>for (const list of document.querySelectorAll("ul")) new Sortable(list, { group: "all", animation: 0, forceFallback: true });</script></body></html>`),
  }),
  pages: [
    {
      name: "board",
      path: "/",
      use: async (page) => {
        for (const [from, to, index] of [
          ["#todo", "#doing", 4],
          ["#doing", "#done", 2],
          ["#done", "#todo", 7],
        ] as const) {
          await page.locator(`${from} li`).first().hover();
          await page.mouse.down();
          await page.locator(`${to} li`).nth(index).hover({ force: true });
          await page
            .locator(`${to} li`)
            .nth(index + 1)
            .hover({ force: true });
          await still(page);
          await page.mouse.up();
        }
        await still(page);
      },
    },
  ],
};

/** A calendar: a table of weeks, events across cells, dragging, other views. */
export const fullCalendar: Corpus = {
  name: "fullcalendar",
  about: "FullCalendar: weeks as tables with events laid across cells, month, week and list views.",
  packages: ["fullcalendar"],
  routes: async () => ({
    "/": shell("Calendar", "/app.js"),
    "/lib/": `${packageFolder("fullcalendar")}/`,
    "/app.js": await bundle("pages/apps/fullcalendar.ts"),
  }),
  pages: [
    {
      name: "calendar",
      path: "/",
      ready: (page) => page.locator("#app[data-ready]").waitFor(),
      use: async (page) => {
        for (const view of ["timeGridWeek", "listMonth", "dayGridMonth"]) {
          await page.locator(`#${view}`).click();
          await still(page);
        }
        await page.locator("#next").click();
        await still(page);
      },
    },
  ],
};
