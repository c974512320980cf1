import { readFileSync } from "node:fs";
import { html } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { bundle, packageFolder, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Charts on canvas and in SVG, with tooltips that follow the mouse. */
export const echarts: Corpus = {
  name: "echarts",
  about: "ECharts: four charts on canvas and four in SVG, tooltips that follow the mouse.",
  packages: ["echarts"],
  routes: async () => ({
    "/lib/": `${packageFolder("echarts")}/dist/`,
    "/canvas": chartPage("canvas"),
    "/svg": chartPage("svg"),
  }),
  pages: ["canvas", "svg"].map((renderer) => ({
    name: renderer,
    path: `/${renderer}`,
    ready: (page) => still(page, drawing),
    use: async (page) => {
      await page.mouse.move(200, 200);
      await page.mouse.move(420, 260, { steps: 12 });
      await page.locator("#more").click();
      await still(page, drawing);
      await page.mouse.move(900, 560, { steps: 12 });
      await still(page, drawing);
    },
  })),
};

/** Charts that have drawn a picture since they said that one was the last. */
const drawing = "drawing.size > 0";

function chartPage(renderer: string) {
  return html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>
<style>body { margin: 0; font: 14px sans-serif } .all { display: grid; grid-template-columns: 1fr 1fr; gap: 8px } .all div { height: 340px }</style>
</head><body><button id="more">More</button><div class="all"><div></div><div></div><div></div><div></div></div>
<script src="/lib/echarts.min.js"></script><script>
const drawing = new Set();
const days = Array.from({ length: 60 }, (_, i) => "d" + i), values = (s) => days.map((_, i) => Math.round(50 + 40 * Math.sin(i / 5 + s) + i * 13 % 17));
const options = [
  { tooltip: { trigger: "axis" }, legend: {}, xAxis: { data: days }, yAxis: {}, series: [0, 1, 2].map((s) => ({ name: "s" + s, type: "line", areaStyle: {}, data: values(s) })) },
  { tooltip: {}, xAxis: { data: days.slice(0, 20) }, yAxis: {}, series: [{ type: "bar", data: values(3).slice(0, 20) }] },
  { tooltip: {}, series: [{ type: "pie", radius: ["30%", "70%"], data: values(4).slice(0, 9).map((value, i) => ({ value, name: "part " + i })) }] },
  { tooltip: {}, xAxis: {}, yAxis: {}, series: [{ type: "scatter", data: values(5).map((y, i) => [i, y]) }] }];
const charts = [...document.querySelectorAll(".all div")].map((box, i) => { const chart = echarts.init(box, null, { renderer: "${renderer}" }); drawing.add(chart); chart.on("rendered", () => drawing.add(chart)); chart.on("finished", () => drawing.delete(chart)); chart.setOption(options[i]); return chart; });
let turn = 6; document.getElementById("more").onclick = () => { turn++; charts[0].setOption({ series: [0, 1, 2].map((s) => ({ data: values(s + turn) })) }); charts[1].setOption({ series: [{ data: values(turn).slice(0, 20) }] }); };
</script></body></html>`);
}

/** Diagrams that are laid out in the browser: SVG with foreignObject, markers and inner style sheets. */
export const mermaid: Corpus = {
  name: "mermaid",
  about: "Mermaid diagrams: SVG with foreignObject, markers and style sheets of their own.",
  packages: ["mermaid"],
  routes: async () => ({
    "/lib/": `${packageFolder("mermaid")}/dist/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diagrams</title></head><body>
${diagrams.map((text) => `<pre class="mermaid">${text}</pre>`).join("\n")}<button id="dark">Again</button>
<script src="/lib/mermaid.min.js"></script><script>mermaid.initialize({ startOnLoad: true, deterministicIds: true });
document.getElementById("dark").onclick = async () => { const { svg } = await mermaid.render("more", "flowchart TD\\n a-->b-->c-->d; a-->d"); const box = document.createElement("div"); box.id = "added"; box.innerHTML = svg; document.body.prepend(box); };
</script></body></html>`),
  }),
  pages: [
    {
      name: "diagrams",
      path: "/",
      ready: (page) =>
        page
          .locator(".mermaid svg")
          .nth(diagrams.length - 1)
          .waitFor(),
      use: async (page) => {
        await page.mouse.wheel(0, 900);
        await page.locator("#dark").click();
        await page.locator("#added svg").waitFor();
        await wheel(page, -2_000);
      },
    },
  ],
};

const diagrams = [
  "flowchart LR\n A[Call] --&gt; B{Known?} --&gt;|yes| C[Greet] --&gt; D[Help]\n B --&gt;|no| E[Ask] --&gt; D --&gt; F((End))",
  "sequenceDiagram\n participant C as Customer\n participant A as Agent\n C-&gt;&gt;A: key\n A--&gt;&gt;C: joined\n loop each change\n C-&gt;&gt;A: frame\n end",
  "gantt\n title Plan\n dateFormat YYYY-MM-DD\n section One\n Build :a, 2026-01-01, 30d\n Test :after a, 20d\n section Two\n Write :2026-01-12, 12d",
  'pie title Parts\n "Snapshot" : 40\n "Use" : 35\n "Rest" : 25',
  "classDiagram\n class Session { +start() +stop() }\n class Seat\n Session --&gt; Seat\n Session : state",
];

/** Data drawn by hand-written D3: a world map of long paths and a graph that a simulation moves. */
export const d3: Corpus = {
  name: "d3",
  about: "D3: a world map of long SVG paths that is turned and zoomed, and a graph that a simulation moves.",
  packages: ["d3", "world-atlas", "topojson-client"],
  routes: async () => ({
    "/": shell("D3", "/app.js"),
    "/app.js": await bundle("pages/apps/d3.ts"),
    "/world.json": {
      type: "application/json",
      body: readFileSync(`${packageFolder("world-atlas")}/countries-110m.json`, "utf8"),
    },
  }),
  pages: [
    {
      name: "map",
      path: "/",
      ready: (page) => page.locator("path.land").nth(100).waitFor({ state: "attached" }),
      use: async (page) => {
        for (let i = 0; i < 4; i++) {
          await page.locator("#turn").click();
          await still(page);
        }
        await page.locator("#shake").click();
        await page.locator("#graph[data-still]").waitFor();
        await still(page);
      },
    },
  ],
};

/** A map library on the same data: panes moved by transforms, SVG and canvas layers, markers, popups. */
export const leaflet: Corpus = {
  name: "leaflet",
  about:
    "Leaflet without tiles: panes moved by transforms, vector layers in SVG and canvas, markers, popups.",
  packages: ["leaflet", "world-atlas"],
  routes: async () => ({
    "/lib/": `${packageFolder("leaflet")}/dist/`,
    "/topojson.js": await topojson(),
    "/world.json": {
      type: "application/json",
      body: readFileSync(`${packageFolder("world-atlas")}/countries-110m.json`, "utf8"),
    },
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Map</title><link rel="stylesheet" href="/lib/leaflet.css">
<style>body { margin: 0 } #map { height: 780px; background: #dbeafe }</style></head><body><div id="map"></div>
<script src="/lib/leaflet.js"></script><script src="/topojson.js"></script><script type="module">
const world = await (await fetch("/world.json")).json();
const map = L.map("map", { zoomAnimation: false, inertia: false }).setView([47, 11], 4);
L.geoJSON(topojson.feature(world, world.objects.countries), { style: { weight: 1, color: "#1e3a8a", fillColor: "#93c5fd", fillOpacity: .8 } }).addTo(map);
L.circle([48.2, 16.4], { radius: 200000, renderer: L.canvas(), color: "red" }).addTo(map);
for (const [lat, lng, name] of [[59.9, 10.7, "Oslo"], [38.7, -9.1, "Lisbon"], [47.4, 8.5, "Zürich"], [50, 19.9, "Kraków"]]) L.marker([lat, lng]).bindPopup(name).addTo(map);
document.body.dataset.ready = "";
</script></body></html>`),
  }),
  pages: [
    {
      name: "map",
      path: "/",
      ready: (page) => page.locator("body[data-ready]").waitFor(),
      use: async (page) => {
        await page.mouse.move(600, 400);
        await page.mouse.down();
        await page.mouse.move(760, 470, { steps: 10 });
        await page.mouse.up();
        await page.locator(".leaflet-control-zoom-in").click();
        await still(page);
        await page.locator(".leaflet-marker-icon").nth(2).click({ force: true });
        await still(page);
      },
    },
  ],
};

async function topojson() {
  return {
    type: "text/javascript",
    body: readFileSync(`${packageFolder("topojson-client")}/dist/topojson-client.min.js`, "utf8"),
  };
}
