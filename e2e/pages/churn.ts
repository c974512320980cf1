import { html, type Routes } from "../support/http.ts";

/** What the churn page does over and over; each leaves the page as it found it. */
export const churnKinds = [
  "texts",
  "nodes",
  "frames of srcdoc",
  "frames that load a page",
  "frames that come and go",
  "frames written by a script",
  "frames in frames",
  "sheets in the markup",
  "constructed sheets",
  "shadow roots",
  "canvases",
  "pictures",
  "media",
  "dialogs and popovers",
  "forms",
  "animations",
  "custom elements",
  "scrolled boxes",
  "pages of an app",
] as const;
export type ChurnKind = (typeof churnKinds)[number];

declare global {
  interface Window {
    /** Does it once and writes the number of the round into the page; done when it has happened. */
    churn(kind: ChurnKind): Promise<number>;
  }
}

const inner = `<!doctype html><html lang="en"><head><title>Inner</title><style>p { color: teal }
@keyframes turn { to { rotate: 360deg } } i { animation: turn 1s infinite; display: inline-block }
@font-face { font-family: none; src: url(/none.woff2) } .lit:hover { color: red }</style></head><body>
<p class="lit">Inner <i>x</i></p><input name="q" value="v"><input type="password" value="hidden-word"><canvas></canvas>
<video muted></video><select><option>1<option>2</select><dialog open>d</dialog><div id="host"></div>
<script>
document.querySelector("canvas").getContext("2d").fillRect(0, 0, 9, 9);
const sheet = new CSSStyleSheet();
sheet.replaceSync("p { margin: 3px }");
document.adoptedStyleSheets = [sheet];
document.styleSheets[0].insertRule("b { color: blue }");
document.getElementById("host").attachShadow({ mode: "open" }).innerHTML = "<style>u { color: red }</style><u>s</u>";
document.querySelector("i").animate([{ opacity: 1 }, { opacity: 0.5 }], { duration: 9e5, iterations: 9 });
document.querySelector("input").focus();
getSelection().selectAllChildren(document.querySelector("p"));
</script></body></html>`;

const script = `
const stage = document.getElementById("stage");
const make = (tag, props = {}, text = "") => {
  const made = Object.assign(document.createElement(tag), props);
  if (text) made.textContent = text;
  return made;
};
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const loaded = (element, begin) => new Promise((resolve) => {
  element.addEventListener("load", () => resolve(), { once: true });
  begin();
});
const shown = async (...elements) => {
  stage.append(...elements);
  await frame();
  await seen();
};
// What the agent has seen cannot be known here: the test says so, by the round that it saw.
let round = 0;
let confirm = () => {};
const seen = () => {
  document.getElementById("round").textContent = ++round;
  return new Promise((resolve) => { confirm = resolve; });
};
window.confirmRound = () => confirm();
customElements.define("churned-element", class extends HTMLElement {
  static formAssociated = true;
  constructor() {
    super();
    this.internals = this.attachInternals();
    this.attachShadow({ mode: "closed" }).innerHTML = "<slot></slot>";
    this.internals.states?.add("busy");
  }
});
const leaving = [];
const kinds = {
  texts: async () => { document.getElementById("text").textContent = Math.random(); },
  nodes: async () => {
    const list = make("ul");
    for (let i = 0; i < 60; i++) list.append(make("li", { className: "item", title: "t" + i }, "item " + i));
    await shown(list);
  },
  "frames of srcdoc": () => loaded(document.getElementById("srcdoc"), () => {
    document.getElementById("srcdoc").srcdoc = "<p>loaded " + Math.random();
  }),
  "frames that load a page": () => loaded(document.getElementById("inner"), () => {
    document.getElementById("inner").src = "/inner?" + Math.random();
  }),
  "frames that come and go": async () => {
    const one = make("iframe");
    await loaded(one, () => { one.src = "/inner"; stage.append(one); });
    await seen();
  },
  "frames written by a script": async () => {
    const { contentDocument } = document.getElementById("written");
    contentDocument.open();
    contentDocument.write("<style>p{color:red}</style><p>written " + Math.random() + "<input value=w>");
    contentDocument.close();
  },
  "frames in frames": () => loaded(document.getElementById("outer"), () => {
    document.getElementById("outer").srcdoc = "<iframe src=/inner></iframe>" + Math.random();
  }),
  "sheets in the markup": async () => {
    const style = make("style", {}, ".item { padding: 1px } .item:hover { color: red }");
    await shown(style, make("p", { className: "item" }, "styled"));
    style.sheet.insertRule(".item { margin: 2px }");
    style.textContent += ".item { top: 1px }";
    await frame();
  },
  "constructed sheets": async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".item { border: 1px solid }".repeat(40));
    document.adoptedStyleSheets = [sheet];
    await shown(make("p", { className: "item" }, "styled"));
    sheet.insertRule(".item { margin: 3px }");
    sheet.cssRules[0].style.color = "green";
    await frame();
    document.adoptedStyleSheets = [];
  },
  "shadow roots": async () => {
    const host = make("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("b { color: red }");
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = "<style>i{color:blue}</style><b>in</b><slot></slot><input value=x><div></div>";
    root.querySelector("div").attachShadow({ mode: "open" }).innerHTML = "<u>deeper</u>";
    await shown(host);
  },
  canvases: async () => {
    const canvas = make("canvas", { width: 60, height: 40 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "rgb(" + [1, 2, 3].map(() => Math.random() * 255 | 0) + ")";
    pen.fillRect(0, 0, 60, 40);
    await shown(canvas);
    pen.clearRect(5, 5, 9, 9);
    await frame();
  },
  pictures: async () => {
    const blob = new Blob(["<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='" + Math.random() + "'/></svg>"], { type: "image/svg+xml" });
    const url = URL.createObjectURL(blob);
    const box = make("div", {}, "with a background");
    box.style.backgroundImage = "url(" + url + ")";
    await shown(make("img", { src: url, alt: "" }), make("img", { src: "/none.png?" + Math.random(), alt: "" }), box);
    URL.revokeObjectURL(url);
  },
  media: async () => {
    const video = make("video", { controls: true, muted: true, src: "/none.mp4" });
    await shown(video, make("audio", { controls: true }));
    video.volume = 0.5;
    video.play().catch(() => {});
    await frame();
  },
  "dialogs and popovers": async () => {
    const dialog = make("dialog", {}, "A dialog");
    const popover = make("div", { popover: "manual" }, "A popover");
    stage.append(dialog, popover);
    dialog.showModal();
    popover.showPopover();
    await shown();
    popover.hidePopover();
    dialog.close();
    await frame();
  },
  forms: async () => {
    const form = make("form");
    form.innerHTML = "<label>Name <input name=n></label><label>Password <input type=password></label>" +
      "<input type=checkbox><select><option>a<option>b</select><textarea></textarea><div contenteditable>e</div>";
    stage.append(form);
    for (const field of form.querySelectorAll("input, textarea")) {
      field.focus();
      field.value = "word" + Math.random();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.querySelector("select").selectedIndex = 1;
    await shown();
    form.querySelector("[contenteditable]").focus();
    getSelection().selectAllChildren(form.querySelector("[contenteditable]"));
    await frame();
  },
  animations: async () => {
    const box = make("div", { className: "turning" }, "turns");
    const animation = box.animate([{ opacity: 1 }, { opacity: 0.2 }], { duration: 9e5, iterations: 9 });
    await shown(box);
    // Browsers keep what runs, and its element.
    leaving.push(() => animation.cancel());
  },
  "custom elements": async () => {
    await shown(make("churned-element", {}, "custom"), make("churned-unknown", {}, "unknown"));
  },
  "scrolled boxes": async () => {
    const box = make("div", { style: "height: 50px; overflow: auto" });
    box.append(make("div", { style: "height: 900px" }, "high"));
    stage.append(box);
    box.scrollTop = 90;
    await shown();
  },
  "pages of an app": async () => {
    const at = "/app/" + Math.floor(Math.random() * 1e9);
    history.replaceState({}, "", at);
    document.title = "Page " + at;
    const main = make("main");
    main.innerHTML = "<style>.app h2 { color: navy }</style><div class=app><h2>Page</h2><nav><a href='/app/1'>1</a></nav>" +
      "<table>" + "<tr><td>cell<td><input value=1>".repeat(20) + "</table><svg width=9 height=9><rect width=9 height=9 /></svg></div>";
    await shown(main);
  },
};
window.churn = async (kind) => {
  await kinds[kind]();
  stage.replaceChildren();
  for (const leave of leaving.splice(0)) leave();
  document.activeElement?.blur?.();
  getSelection().removeAllRanges();
  await seen();
  return round;
};
`;

/** A page that changes in every way a page can, and itself keeps nothing of it. */
export const churnPage: Routes = {
  "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Churn</title><style>
@keyframes turning { to { rotate: 360deg } } .turning { animation: turning 1s infinite }</style></head><body>
<h1>Churn</h1><p id="text"></p><p id="round">0</p><iframe id="srcdoc" srcdoc="<p>start"></iframe>
<iframe id="inner" src="/inner"></iframe><iframe id="written"></iframe><iframe id="outer"></iframe><div id="stage"></div>
<script>${script}</script></body></html>`),
  "/inner": html(inner),
};
