import { html, type Routes } from "../support/http.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNkYPhfz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC",
  "base64",
);
const sprite = `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="dot" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol></svg>`;

/** A page whose look lies where a mirror of markup alone does not find it; the customer script comes first. */
export const looksPage = (server: string): Routes => ({
  "/plain.css": {
    type: "text/css",
    body: `.hovered:hover { background-color: rgb(1, 2, 3) } .active { color: rgb(9, 9, 9) } .hovered.active { color: rgb(8, 8, 8) }
      input:focus { background-color: rgb(4, 5, 6) } section:target { border-top: 7px solid rgb(0, 128, 0) }
      x-late:not(:defined) { visibility: hidden } x-late:state(open) { padding-left: 21px }
      @media (prefers-color-scheme: dark) { .scheme { color: rgb(250, 250, 250) } }
      canvas { max-width: 100%; height: auto; border: 3px solid rgb(7, 7, 7) } img { outline: 5px solid rgb(6, 6, 6) }
      #banner { height: 20px; background-image: url(/open.png), url(/layer.png) } #banner::before { content: "x"; background-image: url("/before.png") }
      #points { list-style-image: url(/point.png) } #points li::after { content: url(/after.png) }
      #framed { border: 10px solid; border-image: url(/border.png) 1 } #icon-by-mask { width: 20px; height: 20px; background: #080; mask-image: url(/mask.png) }
      @media (prefers-reduced-motion: reduce) { .motion { color: rgb(1, 1, 1) } }`,
  },
  "/private.css": {
    type: "text/css",
    body: ".private { letter-spacing: 3px } .private:hover { letter-spacing: 4px }",
    cookie: "in=1",
  },
  "/private.png": { type: "image/png", body: png, cookie: "in=1" },
  "/open.png": { type: "image/png", body: png },
  "/mask.png": { type: "image/png", body: png },
  ...Object.fromEntries(
    ["layer", "before", "inline", "poster", "point", "after", "border"].map((name) => [
      `/${name}.png`,
      { type: "image/png", body: png, cookie: "in=1" },
    ]),
  ),
  "/sprite.svg": { type: "image/svg+xml", body: sprite },
  "/": {
    ...html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Looks</title>
<script src="${server}/sdk/copane.js" data-launcher="off"></script>
<link rel="stylesheet" href="/plain.css"><link rel="stylesheet" href="/private.css"></head><body>
<h1 class="private">Looks</h1><p id="over" class="hovered active">Hovered</p><input id="field">
<section id="part">Target</section><x-late id="late">Late</x-late><p class="scheme">Scheme</p><p class="motion">Motion</p>
<img id="private" src="/private.png" alt="Private"><svg id="icon" width="20" height="20"><use href="/sprite.svg#dot"/></svg>
<img id="blob" alt="Blob"><div id="moved">Moved</div><select id="list"><option>a<option>b</select>
<div id="banner"></div><ul id="points"><li>Point</li></ul><div id="framed">Framed</div><div id="icon-by-mask"></div><div id="inline" style="height:20px;background-image:url('/inline.png')"></div><div id="made"></div>
<video id="video" poster="/poster.png" width="20" height="20"></video><div id="closed"></div><div style="width:120px"><canvas id="blank" width="320" height="200"></canvas><canvas id="painted" width="240" height="60"></canvas></div>
<script>
document.getElementById("painted").getContext("2d").fillRect(0, 0, 99, 33);
document.getElementById("closed").attachShadow({ mode: "closed" }).innerHTML = "<b>Inside a closed root</b>";
customElements.define("x-late", class extends HTMLElement { constructor() { super(); this.attachInternals().states.add("open"); } });
document.getElementById("moved").animate([{ opacity: 1 }, { opacity: 0.25 }], { duration: 50, fill: "forwards" });
fetch("/private.png").then((r) => r.blob()).then((b) => { const url = URL.createObjectURL(b); document.getElementById("blob").src = url; document.getElementById("made").style.backgroundImage = "url(" + url + ")"; });
</script></body></html>`),
    headers: { "set-cookie": "in=1; SameSite=Strict" },
  },
});
