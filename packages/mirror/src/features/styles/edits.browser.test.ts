import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirror, mirroredPage, sharedChromium } from "../../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

declare global {
  interface Window {
    kept: CSSStyleDeclaration;
    fast(): void;
  }
}

const many = Array.from({ length: 900 }, (_, i) => `.u${i}{top:${i}px}`).join("\n");

const files: Record<string, string> = {
  "plain.css": ".x{color:red}",
  "imported.css":
    "@import 'deeper.css' layer(deep);\np{color:rgb(0,0,1)} .b{padding:var(--gap);padding-bottom:1px}",
  "deeper.css": "p{letter-spacing:2px}",
  "large.css": `.p{left:1px}${Array.from({ length: 1500 }, (_, i) => `.u${i}{top:${i}px}`).join("\n")}`,
  "filled.css": `${many}#p{width:100px}`,
};

const rules = (id: string) =>
  (document.getElementById(id) as HTMLStyleElement).sheet?.cssRules as CSSRuleList;
const helpers = `const rules = ${rules}; const style = (id, i) => rules(id)[i].style; const sheet = (id) => document.getElementById(id).sheet;`;

/** A page, what its scripts do before and after an agent joins, and what they make of how `#p` looks. */
const cases: [name: string, html: string, before: string, after: string][] = [
  [
    "shorthands with var() stay when another rule is edited",
    "<style id=s>:root{--gap:40px}#p{padding:var(--gap);padding-bottom:12px;background:var(--tint);background-repeat:no-repeat}.c{width:1px}</style>",
    "",
    "style('s',2).setProperty('width','260px')",
  ],
  [
    "shorthands with var() stay when their own rule is edited",
    "<style id=s>:root{--gap:40px}#p{padding:var(--gap);padding-bottom:12px;color:red}</style>",
    "",
    "style('s',1).setProperty('width','260px'); style('s',1).color='rgb(1,2,3)'",
  ],
  [
    "shorthands with var() stay when their own rule is edited in a group",
    "<style id=s>:root{--gap:40px}@media all{.y{margin:1px}#p{padding:var(--gap);padding-bottom:12px;color:red}}</style>",
    "",
    "rules('s')[1].cssRules[1].style.width='260px'",
  ],
  [
    "a shorthand with var() that a script declares",
    "<style id=s>:root{--gap:40px;--g:3px}#p{padding:var(--gap);padding-bottom:12px;color:red}</style>",
    "",
    "style('s',1).setProperty('padding','var(--g)'); style('s',1).setProperty('padding-left','7px')",
  ],
  [
    "shorthands with var() of rules put into a group",
    "<style id=s>:root{--gap:40px}@media all{.y{margin:1px}#p{color:red}}</style>",
    "",
    "rules('s')[1].insertRule('#p{padding:var(--gap);padding-bottom:3px}',1); rules('s')[1].cssRules[2].style.color='blue'",
  ],
  [
    "a group that was inserted, and a rule in it that was edited later",
    "<style id=s>:root{--gap:14px}</style>",
    "",
    "sheet('s').insertRule('@media all{#p{border:var(--gap) solid green;color:red;border-top-width:1px}}',1);" +
      "setTimeout(()=>{rules('s')[1].cssRules[0].style.color='rgb(4,5,6)'},600)",
  ],
  [
    "a shorthand with var() that a script declares in a rule of a group",
    "<style id=s>:root{--gap:40px;--g:3px}@supports (top:1px){#p{padding:var(--gap);padding-bottom:12px}}</style>",
    "",
    "rules('s')[1].cssRules[0].style.setProperty('padding','var(--g)'); rules('s')[1].cssRules[0].style.paddingTop='8px'",
  ],
  [
    "shorthands with var() in nested rules and behind them",
    "<style id=s>:root{--gap:40px}body{top:1px;& p{padding:var(--gap);padding-left:2px}& #p{color:red}}#p{left:1px;& b{top:0}letter-spacing:2px;padding-top:6px}</style>",
    "",
    "rules('s')[1].cssRules[1].style.color='rgb(7,8,9)'; rules('s')[2].style.left='5px'",
  ],
  [
    "shorthands with var() in keyframes that are added",
    "<style id=s>:root{--gap:40px}@keyframes k{from{left:1px}}#p{animation:k 1ms forwards}</style>",
    "",
    "rules('s')[1].appendRule('to{padding:var(--gap);padding-left:2px}')",
  ],
  [
    "a rule whose whole text is set",
    "<style id=s>:root{--gap:40px}#p{color:red}</style>",
    "",
    "style('s',1).cssText='padding:var(--gap);padding-top:1px;color:blue'",
  ],
  [
    "a rule that was inserted and then edited",
    "<style id=s>:root{--gap:14px}</style>",
    "",
    "sheet('s').insertRule('#p{border:var(--gap) solid green;color:red;border-top-width:1px}',1);" +
      "setTimeout(()=>style('s',1).width='300px',500)",
  ],
  [
    "styles, selectors and rules edited before the join",
    "<style id=s>.a{color:red}#p{width:100px}.c{color:red}</style>",
    "style('s',1).width='50px'; rules('s')[0].selectorText='#p'; sheet('s').deleteRule(2); sheet('s').insertRule('#p{top:3px}',2)",
    "",
  ],
  [
    "a rule taken out and others put in before the join",
    `<style id=s>:root{--gap:4px}${many}#p{padding:var(--gap);padding-left:1px;opacity:0.5}</style>`,
    "sheet('s').deleteRule(3); sheet('s').insertRule('#p{top:3px}',2); style('s',rules('s').length-1).opacity='0.25'",
    "",
  ],
  [
    "a linked sheet edited before the join",
    "<link rel=stylesheet id=l href=large.css>",
    "sheet('l').insertRule('#p{letter-spacing:9px;border:4px solid purple}',0)",
    "",
  ],
  [
    "a linked sheet edited after the join",
    "<link rel=stylesheet id=l href=plain.css>",
    "",
    "sheet('l').cssRules[0].selectorText='#p'; sheet('l').insertRule('#p{letter-spacing:9px}',1)",
  ],
  [
    "an imported sheet, and what that imports",
    "<style id=s>@import 'imported.css'; #p{width:20px}</style>",
    "",
    "const inner = rules('s')[0].styleSheet; inner.insertRule('p{font-size:40px}',2); inner.cssRules[1].style.setProperty('color','rgb(9,9,9)');" +
      "inner.cssRules[0].styleSheet.cssRules[0].style.letterSpacing='5px'",
  ],
  [
    "an imported sheet edited before the join",
    "<style id=s>@import 'imported.css'; #p{width:20px}</style>",
    "rules('s')[0].styleSheet.insertRule('p{font-size:40px}',2)",
    "",
  ],
  [
    "a sheet and what it imports, both edited before the join",
    "<style id=s>@layer none; @import 'imported.css'; .x{color:blue} #p{width:20px}</style>",
    "rules('s')[1].styleSheet.insertRule('p{font-size:40px}',2); sheet('s').deleteRule(2)",
    "",
  ],
  [
    "an imported sheet that is emptied",
    "<style id=s>@import 'plain.css'; #p{width:20px} .x{color:blue}</style>",
    "",
    "document.getElementById('p').className='x'; rules('s')[0].styleSheet.deleteRule(0)",
  ],
  [
    "selectors and media",
    "<style id=s>.a{color:red}@media print{#p{width:9px}}</style>",
    "",
    "rules('s')[0].selectorText='#p'; rules('s')[1].media.mediaText='screen'",
  ],
  [
    "a rule in a sheet of many",
    `<style id=s>#p{width:100px}${many}</style>`,
    "",
    "style('s',0).width='400px'",
  ],
  [
    "a style that the page held before the join",
    `<style id=s>#p{width:100px}${many}</style>`,
    "window.kept = style('s',0)",
    "window.kept.width='400px'",
  ],
  [
    "a rule inside of another",
    "<style id=s>body{color:red;& p{width:3px}}</style>",
    "",
    "rules('s')[0].cssRules[0].style.width='30px'; rules('s')[0].insertRule('& p{top:4px}',0)",
  ],
  [
    "keyframes",
    "<style id=s>@keyframes k{from{left:1px}to{left:1px}} #p{animation:k 1s forwards}</style>",
    "",
    "rules('s')[0].cssRules[0].style.left='9px'; rules('s')[0].cssRules[1].style.left='9px'",
  ],
  ["a style map", "<style id=s>#p{width:1px}</style>", "", "rules('s')[0].styleMap.set('width','44px')"],
  [
    "an alternate sheet that is switched on, and the preferred one off",
    "<style title=one id=s>#p{width:1px}</style><link rel='alternate stylesheet' title=two id=l href=large.css>",
    "sheet('s').disabled=true; sheet('l').disabled=false",
    "",
  ],
  [
    "media of a sheet",
    "<style id=s media=print>#p{width:1px}</style><link rel=stylesheet media='screen' id=l href=imported.css>",
    "sheet('s').media.mediaText='screen'",
    "sheet('l').media.mediaText='print'",
  ],
  [
    "a constructed sheet edited by a rule's style",
    "<style>:root{--gap:4px}</style>",
    "",
    "const made = new CSSStyleSheet(); made.replaceSync('#p{padding:var(--gap);padding-left:1px;color:red}'); document.adoptedStyleSheets=[made];" +
      "setTimeout(() => made.cssRules[0].style.setProperty('color','blue'), 600)",
  ],
  [
    "a constructed sheet edited before it is adopted",
    "<style>:root{--gap:4px}</style>",
    "",
    "const made = new CSSStyleSheet(); made.replaceSync('#p{padding:var(--gap);padding-left:1px;color:red}'); made.cssRules[0].style.color='blue'; document.adoptedStyleSheets=[made]",
  ],
];

/** Waits until the element looks the same on both sides, or for long enough. */
async function comesToLookTheSame(page: Page): Promise<void> {
  const looks = () => {
    const of = (document: Document) => {
      const style = getComputedStyle(document.getElementById("p") as Element);
      const names =
        "color width top left opacity letterSpacing fontSize paddingTop paddingBottom paddingLeft borderTopWidth " +
        "borderLeftWidth backgroundRepeat";
      return names
        .split(" ")
        .map((name) => `${name}: ${style[name as "color"]}`)
        .join("; ");
    };
    return [of(document), of(window.mirror.replica.frame.contentDocument as Document)];
  };
  const isSame = (source: string) => new Set(new Function(`return (${source})()`)()).size === 1;
  await page.waitForFunction(isSame, String(looks), { timeout: 25_000 }).catch(() => {});
  // What comes late must not undo it.
  await page.evaluate(() => window.mirror.settle());
  const [mine, theirs] = await page.evaluate(looks);
  expect(theirs).toBe(mine);
}

async function open(html: string): Promise<Page> {
  const page = await mirroredPage(browser, "", {}, { start: false });
  await page.route("*://site.test/**", (route) => {
    const name = route.request().url().split("/").at(-1) ?? "";
    const file = files[name];
    if (file !== undefined) return route.fulfill({ contentType: "text/css", body: file });
    const shown = `<!doctype html><style>#p{position:relative}</style>${html}<p id=p>text</p>`;
    return route.fulfill({ contentType: "text/html", body: shown });
  });
  await page.goto("http://site.test/shop/page");
  return page;
}

test.concurrent.each(cases)("%s", async (_name, html, before, after) => {
  const page = await open(html);
  await page.evaluate(`${helpers} ${before}`);
  await mirror(page);
  await page.evaluate(`${helpers} ${after}`);
  await comesToLookTheSame(page);
  expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
  // An agent who joins now sees the same.
  await page.evaluate(() => window.mirror.capture.resync());
  await comesToLookTheSame(page);
  await page.close();
});

/** Whatever looks at the clock finds that much time has passed: all that is done bit by bit does one bit at a time. */
const slowClock = () => {
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => {
    ahead += 50;
    return now() + ahead;
  };
  window.fast = () => {
    performance.now = () => now() + ahead;
  };
};

test.concurrent.each([
  ["a sheet that is compared with its text at once", `<style id=s>${many}#p{width:100px}</style>`, ""],
  ["a sheet that is compared later", `<style id=s>${many}${many}${many}#p{width:100px}</style>`, ""],
  ["a file", "<link rel=stylesheet id=l href=filled.css>", ""],
  [
    "a sheet that scripts filled",
    "<style id=s></style>",
    "for (let i=0;i<300;i++) sheet('s').insertRule('.u'+i+'{top:1px}',i); sheet('s').insertRule('#p{width:100px}',300)",
  ],
])("a style that the page held, edited before the first look at it: %s", async (_name, html, before) => {
  const page = await open(html);
  const sheet = html.includes("id=l") ? "l" : "s";
  await page.evaluate(
    `${helpers} ${before}; window.kept = style('${sheet}', rules('${sheet}').length - 1); (${slowClock})()`,
  );
  await mirror(page);
  await page.evaluate(() => {
    window.kept.width = "400px";
    window.fast();
  });
  await comesToLookTheSame(page);
  await page.close();
});
