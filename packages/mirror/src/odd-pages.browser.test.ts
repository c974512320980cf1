import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bothSides, closeAllPages, mirror, mirroredPage, sharedChromium } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

const later = "await new Promise((resolve) => setTimeout(resolve, 400));";

/** Pages that do what no page should: markup and scripts before the mirror begins, and a script after. */
const pages: [name: string, html: string, act: string][] = [
  [
    "hangs toJSON on every prototype",
    `<p id=p>one</p><script>for (const { prototype } of [Object, Array, String, Number]) prototype.toJSON = () => "caught";</script>`,
    `document.getElementById("p").animate([{ opacity: 0 }, { opacity: 1 }], 10); document.getElementById("p").textContent = "two";`,
  ],
  [
    "freezes prototypes and nodes",
    `<p id=p>one</p><style id=s>p{color:red}</style><script>
      for (const { prototype } of [CSSStyleSheet, Element, Node]) Object.freeze(prototype);
      Object.freeze(document.getElementById("p")); Object.freeze(document.body);</script>`,
    `document.getElementById("p").textContent = "two"; document.getElementById("s").sheet.insertRule("b{top:1px}");
     document.body.append(Object.freeze(document.createElement("i"))); ${later}`,
  ],
  [
    "wraps the DOM's own methods",
    `<ul id=u></ul><script>
      for (const name of ["appendChild", "insertBefore", "removeChild"]) {
        const own = Node.prototype[name];
        Node.prototype[name] = function (...args) { document.title += "."; return own.apply(this, args); };
      }
      Array.prototype.extra = () => {}; Object.prototype.extra = 1;</script>`,
    `for (let i = 0; i < 9; i++) document.getElementById("u").appendChild(document.createElement("li")).textContent = i;`,
  ],
  [
    "writes itself anew",
    "<p>first</p>",
    `document.open(); document.write("<h1>second</h1><div id=x style='height:90px;overflow:auto'><div style='height:900px'>tall</div></div>");
     document.close(); ${later} document.querySelector("h1").textContent = "third"; document.getElementById("x").scrollTop = 120; ${later}`,
  ],
  [
    "removes its root",
    "<p>first</p>",
    `document.documentElement.remove(); ${later} const root = document.createElement("html"); const body = document.createElement("body");
     body.innerHTML = "<p>again</p>"; root.append(body); document.append(root); ${later}`,
  ],
  [
    "moves nodes between documents",
    "<iframe id=f></iframe><div id=d></div>",
    `const inner = document.getElementById("f").contentDocument; inner.body.innerHTML = "<p>from inside</p>"; ${later}
     const p = inner.querySelector("p"); document.getElementById("d").append(document.adoptNode(p)); ${later}
     p.textContent = "adopted"; inner.body.append(inner.adoptNode(document.createElement("hr"))); ${later}`,
  ],
  [
    "moves an iframe, which begins anew",
    "<iframe id=f></iframe><div id=d></div>",
    `const f = document.getElementById("f"); f.contentDocument.body.innerHTML = "<p>one</p>"; ${later}
     document.getElementById("d").append(f); f.contentDocument.body.innerHTML = "<p>two</p>"; ${later}`,
  ],
  [
    "keeps a chat in an iframe without an address",
    "<div id=d></div>",
    `const f = document.createElement("iframe"); document.getElementById("d").append(f); ${later}
     f.contentDocument.open(); f.contentDocument.write("<body><ul id=log></ul>"); f.contentDocument.close(); ${later}
     for (const text of ["hello", "how can I help"]) { const li = f.contentDocument.createElement("li"); li.textContent = text; f.contentDocument.getElementById("log").append(li); ${later} }`,
  ],
  [
    "has text that no encoder likes",
    "<p id=p>x</p>",
    `document.getElementById("p").textContent = "\\uFEFF begins with a mark \\u0000 and \\u{1F600}";
     document.getElementById("p").setAttribute("title", "\\u2028\\u2029");`,
  ],
  [
    "has a hundred thousand rules",
    "<style id=s></style><p class=r99999>last</p>",
    `const { sheet } = document.getElementById("s"); for (let i = 0; i < 100000; i++) sheet.insertRule(".r" + i + "{top:" + i + "px}", i); ${later}`,
  ],
];

describe("a page that", () => {
  test.each(pages)("%s is mirrored all the same", async (_name, html, act) => {
    const elsewhere = /document\.open|documentElement\.remove/.test(act);
    const page = await mirroredPage(browser, html, undefined, { elsewhere });
    await page.evaluate(`(async () => { ${act} })()`);
    const sides = await bothSides(page);
    expect(sides.errors).toEqual([]);
    expect(sides.mirror).toBe(sides.page);
    await page.close();
  });

  test("is made of a frameset is mirrored frame by frame", async () => {
    const page = await browser.newPage();
    await page.route("http://site.test/**", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: route.request().url().endsWith("/")
          ? "<html><frameset cols='50%,50%'><frame src=/a><frame src=/b></frameset></html>"
          : `<p>frame ${new URL(route.request().url()).pathname}</p>`,
      }),
    );
    await page.goto("http://site.test/");
    await mirror(page);
    const sides = await bothSides(page);
    expect(sides.mirror).toContain("frame /a");
    expect(sides.mirror).toContain("frame /b");
    await page.close();
  });
});

test("the page is left as it was found", async () => {
  const page = await mirroredPage(browser, "<p>plain</p>", undefined, { start: false });
  const shapes = () =>
    page.evaluate(() =>
      [
        "CSSStyleSheet",
        "CSSGroupingRule",
        "CSSKeyframesRule",
        "CSSStyleDeclaration",
        "Element",
        "HTMLElement",
        "Document",
      ].flatMap((name) => {
        const { prototype } = (window as unknown as Record<string, { prototype: object }>)[name] as {
          prototype: object;
        };
        return Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(
          ([key, { value, enumerable, configurable }]) =>
            `${name}.${key} ${typeof value === "function" ? Function.prototype.toString.call(value) : typeof value} ${enumerable}${configurable}`,
        );
      }),
    );
  const before = await shapes();
  await page.evaluate(() => {
    window.mirror = window.startMirror();
  });
  await page.evaluate(() => window.mirror.settle());
  expect(await shapes()).not.toEqual(before);
  await page.evaluate(() => window.mirror.capture.stop());
  expect(await shapes()).toEqual(before);
  const quiet = await page.evaluate(async () => {
    const count = window.mirror.sent.length;
    document.body.append("more");
    await new Promise((resolve) => setTimeout(resolve, 400));
    return window.mirror.sent.length === count;
  });
  expect(quiet).toBe(true);
  await page.close();
});
