import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, type EnginePage, engineNames, startEngine } from "../../../scripts/drivers/index.ts";
import { servePages } from "./testing/serve-pages.ts";

/**
 * A page, what to read of its document and of the replica's (`document`, `view`), what is done to it before, and where
 * it fails.
 */
const cases: [name: string, html: string, look: string, act?: string, not?: string][] = [
  [
    "what has the focus has the browser's ring",
    `<button id=b>one</button><dialog id=d>two</dialog>`,
    `style("dialog").outlineStyle + style("dialog").outlineWidth`,
    `d.showModal()`,
  ],
  [
    "dialogs stand in the order in which they were opened before the mirror began",
    `<style>dialog{inset:0;margin:20px;width:200px;height:90px}</style><dialog id=a>a</dialog><dialog id=b>b</dialog>
     <script>b.showModal(); a.showModal()</script>`,
    `document.elementFromPoint(60, 60).id`,
  ],
  [
    "what is masked keeps its shape",
    `<div class=avcobrowse-mask><table id=t border=3 cellpadding=9 cellspacing=4 align=right><td nowrap valign=top height=90>a</table>
     <div id=p popover=manual>b</div><svg width=50 height=20><path stroke-width=7 stroke=red d="M0,0h50" /></svg></div>`,
    `["table", "td", "[popover]", "path"].map((one) => { const { borderTopWidth, padding, borderSpacing, float, whiteSpace, verticalAlign, position, strokeWidth } = style(one);
       return [borderTopWidth, padding, borderSpacing, float, whiteSpace, verticalAlign, position, strokeWidth].join() }).join(" ") + document.querySelector("[popover]").matches(":popover-open")`,
    `p.showPopover()`,
  ],
  [
    "animations in SVG stand where they stand in the page",
    `<svg id=u><rect id=q width=9 height=9><animate attributeName=x from=0 to=200 dur=100s fill=freeze /></rect></svg>
     <svg id=s><rect id=t width=9 height=9><animate attributeName=x from=0 to=200 dur=100s /></rect></svg>`,
    `["q", "t"].map((id) => Math.round(document.getElementById(id).x.animVal.value / 20)).join()`,
    `u.setCurrentTime(20); s.pauseAnimations(); s.setCurrentTime(70); await window.mirror.settle(); u.setCurrentTime(55)`,
  ],
  [
    "animations in SVG begin when scripts begin them",
    `<svg><rect width=9 height=9><animate id=a attributeName=x from=0 to=200 dur=1ms begin=indefinite fill=freeze /></rect></svg>`,
    `document.querySelector("rect").x.animVal.value`,
    `a.beginElement()`,
    // WebKit's does not begin at the agent.
    "webkit",
  ],
  [
    "a popover stands at what a script opened it for",
    `<style>#m { inset: auto; margin: 0; position-area: bottom span-right } button { margin: 120px 0 0 200px }</style>
     <button id=o>open</button><div id=m popover>menu</div>`,
    `Math.round(document.querySelector("#m").getBoundingClientRect().left)`,
    `m.showPopover({ source: o })`,
  ],
  [
    "rules for pages without scripts do not hold",
    `<style>p { color: red } @media (scripting: none) { p { display: none } } @media (scripting: enabled) { p { color: blue } }
     @media not (scripting) { b { display: none } }</style><p>one</p><b>two</b>`,
    `style("p").display + style("p").color + style("b").display`,
  ],
  [
    "a frame's address is seen by selectors, and not loaded",
    `<style>iframe[src*="/film"] { width: 123px } p { color: red } iframe.a[src^="/"] + p { color: blue }</style>
     <iframe class=a src="/film?x=1"></iframe><p>one</p>`,
    `document.querySelector("iframe").offsetWidth + style("p").color`,
  ],
  [
    "names with capitals are others",
    `<div id=d></div>`,
    `[...document.querySelectorAll("#d > *")].map((one) => one.localName + view.getComputedStyle(one).display).join()`,
    `for (const name of ["P", "p", "Ul"]) d.append(document.createElementNS("http://www.w3.org/1999/xhtml", name))`,
  ],
  [
    "old frames have the lines of old pages in their tables",
    `<iframe></iframe><iframe></iframe>`,
    `[...document.querySelectorAll("body > iframe")].map((one) => one.contentDocument.querySelector("table").offsetHeight).join()`,
    `document.querySelectorAll("body > iframe").forEach((one, i) => {
       one.contentDocument.open();
       one.contentDocument.write((i ? "<!doctype html>" : '<!doctype html public "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">') +
         "<table cellspacing=0 cellpadding=0><td><img width=30 height=9 src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'></table>");
       one.contentDocument.close(); }); mirror.capture.resync()`,
  ],
  [
    "what depends on the screen holds as it does in the page",
    `<style>p { color: red } @media (min-device-width: 1px) { p { color: blue } } @media (max-device-width: 1px) { p { color: lime } }</style>
     <p>one</p><picture><source media="(max-device-width: 1px)" srcset="data:,"><source media="not (scripting)" srcset="data:,"><img alt=x></picture>`,
    `style("p").color + [...document.querySelectorAll("source")].map((one) => view.matchMedia(one.media).matches)`,
  ],
  [
    "custom elements have their states and say what is wrong with them",
    `<style>x-s:state(on) { color: red } x-f:invalid { color: lime } form:invalid { margin: 9px }</style>
     <x-s>one</x-s><form><x-f>two</x-f></form>`,
    `["x-s", "x-f"].map((one) => style(one).color) + style("form").marginTop`,
    `for (const [name, formAssociated] of [["x-s", false], ["x-f", true]]) customElements.define(name, class extends HTMLElement {
       static formAssociated = formAssociated; internals = this.attachInternals() }); await window.mirror.settle();
     document.querySelector("x-f").internals.setValidity({ customError: true }, "no"); await window.mirror.settle();
     document.querySelector("x-s").internals.states.add("on")`,
  ],
  [
    "line heights that a script has changed the sheet of keep all their digits",
    `<style>p { font-size: 19px; line-height: 1.3157894737 } b { font: 24px/1.3333333333 serif; display: block }</style><p>a</p><b>b</b><i>i</i>`,
    `["p", "b", "i"].map((one) => Math.round(document.querySelector(one).getBoundingClientRect().height)).join()`,
    `const [{ sheet }] = document.querySelectorAll("style"); sheet.cssRules[0].style.color = "red"; await window.mirror.settle();
     sheet.insertRule("@media all { i { font-size: 19px; line-height: 1.3157894737; display: block } }")`,
  ],
  [
    "white space in SVG is kept where the page says so",
    `<svg><text xml:space=preserve>a     b</text><text>a     b</text></svg>`,
    `[...document.querySelectorAll("text")].map((one) => Math.round(one.getComputedTextLength())).join()`,
  ],
];

describe.each(engineNames)("in %s", (name) => {
  let engine: Engine;
  let pages: Awaited<ReturnType<typeof servePages>>;
  beforeAll(async () => {
    const served = Object.fromEntries(cases.map(([, html], i) => [`page-${i}`, html]));
    [engine, pages] = await Promise.all([startEngine(name), servePages("in-page.ts", served)]);
  });
  afterAll(async () => {
    await engine?.close();
    pages?.server.close();
  });

  /** What `look` says in the page and in the replica. */
  const both = (page: EnginePage, look: string) =>
    page.evaluate((read) => {
      const window = globalThis as unknown as Window;
      const frame = window.mirror.replica.frame;
      const of = new Function("document", "view", "style", `return ${read}`);
      return [window, frame.contentWindow as Window].map((view) => {
        const { document } = view;
        const style = (selector: string) =>
          view.getComputedStyle(document.querySelector(selector) as Element);
        return of(document, view, style) as unknown;
      });
    }, look);

  const here = cases
    .map(([what, , , , not], i) => [what, i, not] as const)
    .filter(([, , not]) => not !== name);

  test.each(here)("%s", async (_name, i) => {
    const [, , look, act = ""] = cases[i] as (typeof cases)[number];
    const page = await engine.open(`${pages.url}/page-${i}`);
    await page.evaluate(async (acting) => {
      window.mirror = window.startMirror();
      await window.mirror.settle();
      await new Function(`return (async () => { ${acting} })()`)();
      await window.mirror.settle();
    }, act);
    // Some of it is looked at now and then.
    const found = async () => {
      const [here, there] = await both(page, look);
      return JSON.stringify(here) === JSON.stringify(there) ? "the same" : { here, there };
    };
    await expect.poll(found, { timeout: 10_000 }).toBe("the same");
    await page.close();
  });
});
