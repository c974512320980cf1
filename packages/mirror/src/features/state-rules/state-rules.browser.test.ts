import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirror, mirroredPage, sharedChromium } from "../../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** A page with a stylesheet that it may read and its replica may not. */
async function styledPage(css: string, html: string): Promise<Page> {
  const page = await mirroredPage(browser, `<main>${html}</main>`, {}, { start: false });
  await page.route("http://cdn.test/**", (route) =>
    route.fulfill({ contentType: "text/css", body: css, headers: { "access-control-allow-origin": "*" } }),
  );
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const link = Object.assign(document.createElement("link"), {
          rel: "stylesheet",
          crossOrigin: "anonymous",
          href: "http://cdn.test/sheet.css",
          onload: () => resolve(),
        });
        document.head.append(link);
      }),
  );
  await mirror(page);
  return page;
}

/** The rules that the replica was given beside its sheet: those before it, and after it those of layers. */
function given(page: Page): Promise<string> {
  return page.evaluate(async () => {
    await window.mirror.settle();
    const document = window.mirror.replica.frame.contentDocument as Document;
    const companions = [...document.querySelectorAll("style:has(+ link), link + style")];
    return companions.map(({ textContent }) => textContent).join("\n");
  });
}

/** So many rules that the sheet is looked through as text. */
const many = ".plain { top: 0 } ".repeat(101);

test.each([
  ["its text", many],
  ["its rules", ""],
])("rules about states come in the order of the sheet, found in %s", async (_, more) => {
  const page = await styledPage(
    `${more} .late:hover{color:red} .plain{color:blue} .here:hover{color:green} .late .here:focus,.never:hover{top:1px}
     @media (min-width:1px){.here:active{top:2px} .late:focus{top:3px} .here{top:4px}}
     @layer one{@layer{.never:hover{top:5px} b{top:6px}}} .never{.x &:hover{top:7px} top:8px}
     @keyframes k{from{top:9px}} @scope (.never){.here:hover{top:10px}} canvas{top:11px} img{top:12px} i:hover::-moz-x{}`,
    "<p id=p class=here>p</p>",
  );
  const short = (text: string) => text.replaceAll(/\s+/g, " ").split(/(?<=\}) ?(?=[.@ci])/);
  expect(short((await given(page)).trim())).toEqual([
    ".late:hover { color: red; }",
    ".here:hover { color: green; }",
    ".late .here:focus, .never:hover { top: 1px; }",
    "@media (min-width: 1px){.here:active { top: 2px; }}",
    "@media (min-width: 1px){.late:focus { top: 3px; }}",
    ".never{.x &:hover { top: 7px; }}",
    "@scope (.never) {.here:hover { top: 10px; }}",
    "@layer one {@layer{.never:hover { top: 5px; }}}",
    "canvas { top: 11px; }",
    "img:where([data-copane-picture]){top:revert}",
  ]);
  expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
  await page.close();
});

test("of a list only the selectors of states come, and they lose against rules behind them that are as specific", async () => {
  const page = await styledPage(
    `.open > *, .item:hover > *, :is(.x, .y):focus * {top:1px} .item > .on{top:2px} .item > .on:hover{top:3px}`,
    "<p class='item open'><b class=on>a</b></p><p class=item><b class=on>b</b></p><p class=item><b>c</b></p>",
  );
  expect((await given(page)).trim().split("\n")).toEqual([
    ".item:hover > *, :is(.x, .y):focus * { top: 1px; }",
    ".item > .on:hover { top: 3px; }",
  ]);
  const tops = await page.evaluate(async () => {
    const document = window.mirror.replica.frame.contentDocument as Document;
    for (const item of document.querySelectorAll(".item")) item.setAttribute("data-copane-hover", "");
    document.querySelectorAll("b")[1]?.setAttribute("data-copane-hover", "");
    return [...document.querySelectorAll("b")].map((element) => getComputedStyle(element).top);
  });
  expect(tops).toEqual(["2px", "3px", "1px"]);
  await page.close();
});

test("what stands in for a canvas is not taken for a picture by a sheet that cannot be read", async () => {
  const page = await styledPage(
    `img, svg {vertical-align:middle} .in > img.wide {border:1px solid red !important} img:not(.in) {top:1px}
     canvas {letter-spacing:2px} .offcanvas, .x-img {left:1px} @media (min-width:1px) {img {height:auto; width:100%}}`,
    "<div class=in><canvas class=wide width=40 height=20></canvas></div><img alt=x>",
  );
  expect((await given(page)).trim().split("\n")).toEqual([
    "img:where([data-copane-picture]){vertical-align:revert}",
    expect.stringMatching(
      /^\.in > img:where\(\[data-copane-picture\]\)\.wide\{border-top-width:revert!important;/,
    ),
    "canvas { letter-spacing: 2px; }",
    "@media (min-width: 1px){img:where([data-copane-picture]){height:revert;width:revert}}",
  ]);
  const look = (selector: string) =>
    page.evaluate((one) => {
      const document = window.mirror.replica.frame.contentDocument as Document;
      const { verticalAlign, borderTopStyle, letterSpacing, width, height } = getComputedStyle(
        document.querySelector(one) as Element,
      );
      return [verticalAlign, borderTopStyle, letterSpacing, width, height];
    }, selector);
  expect(await look("[data-copane-picture]")).toEqual(["baseline", "none", "2px", "40px", "20px"]);
  expect((await look("img[alt]"))[0]).toBe("middle");
  await page.close();
});

const name = fc.constantFrom("a", "b", "c", "d", "e", String.raw`sm\:x`, String.raw`\31 0`);
const state = fc.constantFrom(":hover", ":focus", ":active");
const narrowed = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  fc
    .tuple(fc.constantFrom(":is", ":not", ":where", ":has"), name, name)
    .map(([is, one, other]) => `${is}(.${one}, i .${other})`),
  fc.constantFrom("[class*=a]", '[class~="b"]', "[class]", ":nth-child(2n)"),
);
const compound = fc
  .tuple(fc.constantFrom("", "", "i"), fc.array(name, { maxLength: 2 }), narrowed)
  .map(([tag, classes, more]) => `${tag}${classes.map((one) => `.${one}`).join("")}${more}` || "*");
const selector = fc
  .tuple(compound, state, fc.option(fc.tuple(fc.constantFrom(" ", " > ", " + ", " ~ "), compound)))
  .map(([one, when, rest]) => `${one}${when}${rest ? rest.join("") : ""}`);
const declarations = fc
  .array(fc.tuple(fc.constantFrom("--x", "--y", "--z"), fc.nat()), { minLength: 1, maxLength: 2 })
  .map((all) => all.map(([property, value]) => `${property}:${value}`).join(";"));
const rule = fc
  .tuple(fc.array(selector, { minLength: 1, maxLength: 3 }), declarations)
  .map(([selectors, body]) => `${selectors.join(", ")}{${body}}`);
const rules = fc.array(rule, { minLength: 1, maxLength: 4 }).map((all) => all.join("\n"));
const group = fc
  .tuple(
    fc.constantFrom(
      "@media (min-width:1px)",
      "@media print",
      "@supports (top:1px)",
      "@layer one",
      "@layer two",
      "@layer",
      "@scope (.a)",
      "@container (min-width:1px)",
      ".a",
      ".e &",
    ),
    fc.oneof(
      rules,
      rules.map((text) => `@layer{${text}}`),
      rules.map((text) => `@media screen{${text}}`),
    ),
  )
  .map(([head, text]) => `${head}{${text}}`);
const sheet = fc.array(fc.oneof(rule, rule, rule, group), { minLength: 20, maxLength: 40 });
const worn = fc.subarray(["a", "b", "c", "d", "e", "sm:x", "10"], { maxLength: 2 });

test("hovered and focused elements look as with all rules sent", async () => {
  const cases = fc.sample(
    fc.record({
      css: sheet,
      asText: fc.boolean(),
      classes: fc.array(worn, { minLength: 9, maxLength: 9 }),
      marks: fc.array(fc.tuple(fc.nat({ max: 8 }), fc.constantFrom("hover", "focus", "active")), {
        minLength: 6,
        maxLength: 6,
      }),
    }),
    { numRuns: 8, seed: 11 },
  );
  for (const { css, asText, classes, marks } of cases) {
    const items = classes.map((names) => `<i class="${names.join(" ")}">`);
    const html = `${items.slice(0, 3).join("")}</i></i></i>${items.slice(3).join("x</i>")}</i>`;
    const page = await styledPage((asText ? many : "") + css.join("\n"), html);
    await given(page);
    const all = css.join("\n").replaceAll(/:(hover|focus|active)/g, "[data-copane-$1]");
    const [some, whole] = await page.evaluate(
      ([every, marked]) => {
        const document = window.mirror.replica.frame.contentDocument as Document;
        const elements = [...document.querySelectorAll("i")];
        const look = () =>
          marked.map((_, i) => {
            for (const element of elements)
              for (const what of ["hover", "focus", "active"]) element.removeAttribute(`data-copane-${what}`);
            for (const [at, what] of marked.slice(0, i + 1))
              elements[at]?.setAttribute(`data-copane-${what}`, "");
            return elements.map((element) => {
              const style = getComputedStyle(element);
              return ["--x", "--y", "--z"].map((property) => style.getPropertyValue(property)).join();
            });
          });
        const now = look();
        for (const companion of document.querySelectorAll("style:has(+ link), link + style"))
          companion.remove();
        const other = Object.assign(document.createElement("style"), { textContent: every });
        document.querySelector("link")?.after(other);
        return [now, look()] as const;
      },
      [all, marks] as const,
    );
    expect(some, css.join("\n")).toEqual(whole);
    expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
    await page.close();
  }
});
