import type { Page } from "playwright-core";
import { html } from "../support/http.ts";
import { still } from "../support/still.ts";
import { bundle, shell } from "./modules.ts";
import type { Corpus, CorpusPage } from "./types.ts";

/** Presses the page's button and waits until the page says that it is done. */
async function go(page: Page): Promise<void> {
  await page.locator("#go").click();
  await page.locator("html[data-done]").waitFor({ timeout: 60_000 });
}

/** A page of one script: `make` builds it, `act` is what the button does, async. */
function page(title: string, make: string, act: string, head = "") {
  return html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><button id="go">Go</button>
<script>const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
${make}
document.getElementById("go").onclick = async () => { ${act}
document.documentElement.dataset.done = ""; };</script></body></html>`);
}

/** 10,000 rows of six cells: with the page around them 70,006 elements. */
const rows = `const table = document.createElement("table"), body = table.createTBody();
for (let i = 0; i < 10000; i++) { const row = body.insertRow(); for (let j = 0; j < 6; j++) row.insertCell().textContent = "cell " + i + " " + j; }
document.body.append(table);`;

const routes = {
  "/table": page(
    "Table of 10,000 rows",
    rows,
    `for (let i = 0; i < 1000; i++) body.rows[i * 10].cells[i % 6].textContent = "changed " + i;`,
  ),
  "/reversal": page("Reversed rows", rows, "body.append(...[...body.rows].reverse());"),
  "/ticker": page(
    "1,000 mutations a second",
    `const box = document.createElement("div"); box.style.cssText = "display:grid;grid-template-columns:repeat(40,1fr);font:10px monospace";
const cells = Array.from({ length: 1000 }, () => box.appendChild(document.createElement("span"))); document.body.append(box); for (const cell of cells) cell.textContent = "00000";`,
    `const begun = performance.now(); for (let done = 0; done < 4000; await frame()) for (const due = Math.min(4000, performance.now() - begun); done < due; done++) {
const cell = cells[done * 7 % 1000]; cell.textContent = String(done * 31 % 100000).padStart(5, "0"); if (done % 5 === 0) cell.style.color = done % 2 ? "red" : "green"; }`,
  ),
  "/rules": page(
    "A storm of insertRule",
    `const style = document.head.appendChild(document.createElement("style")); const box = document.createElement("div"); document.body.append(box);
for (let i = 0; i < 200; i++) { const it = document.createElement("span"); it.className = "r" + i; it.textContent = i + " "; box.append(it); }`,
    `for (let i = 0; i < 3000; i++) { style.sheet.insertRule(".r" + i % 200 + "{color:hsl(" + i % 360 + " 60% 40%);padding:" + i % 5 + "px}", i % 2 ? 0 : style.sheet.cssRules.length); if (i % 3 === 2) style.sheet.deleteRule(i % Math.min(50, style.sheet.cssRules.length)); if (i % 50 === 0) await frame(); }`,
  ),
  "/sheet": page(
    "100,000 rules",
    `const style = document.head.appendChild(document.createElement("style")); style.textContent = Array.from({ length: 100000 }, (_, i) => ".k" + i + "{color:hsl(" + i % 360 + " 50% 40%)}").join("\\n");
for (let i = 0; i < 200; i++) { const it = document.createElement("p"); it.className = "k" + i * 500; it.textContent = "Paragraph " + i; document.body.append(it); }`,
    `for (let i = 0; i < 50; i++) { document.querySelectorAll("p")[i].className = "k" + i * 999; if (i % 10 === 0) style.sheet.insertRule(".k" + i * 999 + "{padding:4px}", 100000); await frame(); }`,
  ),
  "/nodes": page(
    "100,000 nodes",
    `const main = document.createElement("main"); for (let i = 0; i < 1000; i++) { const part = document.createElement("section"); for (let j = 0; j < 25; j++) { const it = document.createElement("div"); it.className = "c" + j; it.append("n " + i, document.createElement("b")); it.lastChild.append("t" + j); part.append(it); } main.append(part); }
main.style.cssText = "font:10px sans-serif;display:grid;grid-template-columns:repeat(10,1fr)"; document.body.append(main);`,
    `for (let i = 0; i < 100; i++) { main.children[i * 9].replaceChildren(...Array.from({ length: 25 }, (_, j) => { const it = document.createElement("i"); it.textContent = "new " + i + " " + j; return it; })); if (i % 10 === 0) await frame(); }`,
  ),
  "/deep": page(
    "Nested 2,000 deep",
    `let inner = document.body; for (let i = 0; i < 2000; i++) { const it = document.createElement("div"); if (i % 100 === 0) it.append("level " + i); inner.append(it); inner = it; }`,
    `for (let i = 0; i < 200; i++) { inner.textContent = "leaf " + i; if (i % 20 === 0) await frame(); }
const outer = document.body.querySelector("div"); const half = outer.querySelectorAll("div")[1000]; outer.before(half);`,
  ),
  "/drag":
    html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Drag and drop</title><style>body { font: 14px sans-serif } ul { display: inline-block; vertical-align: top; width: 300px; min-height: 500px; background: #eee; padding: 10px } li { list-style: none; background: #fff; padding: 10px; margin: 4px } .over { outline: 2px solid blue }</style></head>
<body>${["a", "b"].map((id) => `<ul id="${id}">${Array.from({ length: 8 }, (_, i) => `<li draggable="true" id="${id}${i}">${id} ${i}</li>`).join("")}</ul>`).join(" ")}
<script>let held; addEventListener("dragstart", (event) => { held = event.target; event.dataTransfer.setData("text/plain", held.id); });
for (const list of document.querySelectorAll("ul")) { list.ondragover = (event) => { event.preventDefault(); list.classList.add("over"); const at = event.target.closest("li"); if (at && at !== held) at.before(held); };
list.ondragleave = () => list.classList.remove("over"); list.ondrop = (event) => { event.preventDefault(); list.classList.remove("over"); }; }</script></body></html>`),
  "/dialogs":
    html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Top layer</title><style>body { font: 16px sans-serif } dialog::backdrop { background: #1e3a8a88 } [popover] { border: 2px solid teal; padding: 20px } details { border: 1px solid #ccc }</style></head>
<body><h1>Top layer</h1><button id="modal">Modal</button> <button popovertarget="menu">Menu</button><div id="menu" popover>Menu <button popovertarget="inner">More</button><div id="inner" popover>Inner</div></div>
<details name="x"><summary>One</summary>First</details><details name="x"><summary>Two</summary>Second</details>
<dialog id="outer"><h2>Outer</h2><input id="field"><button id="deeper">Deeper</button><dialog id="nested"><p>Nested</p><progress value="0.4"></progress><meter value="0.7"></meter></dialog></dialog>
<script>modal.onclick = () => outer.showModal(); deeper.onclick = () => nested.showModal();</script></body></html>`),
};

const storms: CorpusPage[] = ["ticker", "rules", "deep"].map((name) => ({ name, path: `/${name}`, use: go }));
const large: CorpusPage[] = ["table", "reversal", "nodes", "sheet"].map((name) => ({
  name,
  path: `/${name}`,
  use: go,
  settleMs: 5_000,
}));

export const stress: Corpus = {
  name: "stress",
  about: "Pages that we wrote to be hard: large, deep, fast, and what is drawn above everything.",
  packages: [],
  routes: async () => routes,
  pages: [
    ...large,
    ...storms,
    {
      name: "drag",
      path: "/drag",
      use: async (page) => {
        await page.dragAndDrop("#a0", "#b3");
        await page.dragAndDrop("#b5", "#a4");
        await page.dragAndDrop("#a7", "#a2");
        await still(page);
      },
    },
    {
      name: "dialogs",
      path: "/dialogs",
      use: async (page) => {
        await page.getByText("Two").click();
        await page.getByText("Menu").first().click();
        await page.getByText("More").click();
        await still(page);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Escape");
        await page.locator("#modal").click();
        await page.locator("#field").pressSequentially("in the dialog", { delay: 20 });
        await page.locator("#deeper").click();
        await still(page);
      },
    },
  ],
};

/** A list of 100,000 rows of which only those in sight exist. */
export const virtual: Corpus = {
  name: "tanstack-virtual",
  about: "TanStack Virtual: a list of 100,000 rows of which only those in sight exist.",
  packages: ["@tanstack/virtual-core"],
  routes: async () => ({
    "/": shell("Virtual", "/app.js"),
    "/app.js": await bundle("pages/apps/virtual.ts"),
  }),
  pages: [
    {
      name: "list",
      path: "/",
      use: async (page) => {
        await page.locator("#list").hover();
        for (let i = 0; i < 20; i++) {
          const scrolled = page.evaluate(
            () =>
              new Promise((resolve) => addEventListener("scroll", resolve, { once: true, capture: true })),
          );
          await page.mouse.wheel(0, 1_500);
          await scrolled;
        }
        await still(page);
      },
    },
  ],
};
