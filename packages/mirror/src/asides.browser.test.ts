import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, mirror, mirroredPage } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

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

test("rules come with the classes they are about, in the order of the sheet", async () => {
  const page = await styledPage(
    `.late:hover{color:red} .plain{color:blue} .here:hover{color:green} .late .here:focus,.never:hover{top:1px}
     @media (min-width:1px){.here:active{top:2px} .late:focus{top:3px} .here{top:4px}}
     @layer one{@layer{.never:hover{top:5px} b{top:6px}}} .never{.x &:hover{top:7px} top:8px}
     @keyframes k{from{top:9px}} @scope (.never){.here:hover{top:10px}} canvas{top:11px} img{top:12px}`,
    "<p id=p class=here>p</p><p id=q>q</p>",
  );
  const short = (text: string) => text.replaceAll(/\s+/g, " ").split(/(?<=\}) ?(?=[.@c])/);
  const first = [
    ".here:hover { color: green; }",
    "@media (min-width: 1px){.here:active { top: 2px; }}",
    ".never{.x &:hover { top: 7px; }}",
    "@scope (.never) {.here:hover { top: 10px; }}",
    "@layer one {@layer{.never:hover { top: 5px; }}}",
    "canvas { top: 11px; }",
  ];
  expect(short(await given(page))).toEqual(first);
  await page.evaluate(() => {
    (document.getElementById("q") as HTMLElement).className = "other  late";
  });
  expect(short(await given(page))).toEqual([
    ".late:hover { color: red; }",
    first[0],
    ".late .here:focus, .never:hover { top: 1px; }",
    first[1],
    "@media (min-width: 1px){.late:focus { top: 3px; }}",
    ...first.slice(2),
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
     canvas {letter-spacing:2px} .never img {left:1px} @media (min-width:1px) {img {height:auto; width:100%}}`,
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
const change = fc.record({ at: fc.nat({ max: 8 }), classes: worn });

test("hovered and focused elements look as with all rules sent", async () => {
  const cases = fc.sample(
    fc.record({
      css: sheet,
      // Few classes at first: what is about others has to come later.
      before: fc.array(fc.subarray(["a", "b"]), { minLength: 9, maxLength: 9 }),
      changes: fc.array(change, { maxLength: 4 }),
      marks: fc.array(fc.tuple(fc.nat({ max: 8 }), fc.constantFrom("hover", "focus", "active")), {
        minLength: 6,
        maxLength: 6,
      }),
    }),
    { numRuns: 8, seed: 11 },
  );
  let held = 0;
  for (const { css, before, changes, marks } of cases) {
    const items = before.map((classes) => `<i class="${classes.join(" ")}">`);
    const html = `${items.slice(0, 3).join("")}</i></i></i>${items.slice(3).join("x</i>")}</i>`;
    const page = await styledPage(css.join("\n"), html);
    for (const { at, classes } of changes) {
      await page.evaluate(
        ([index, value]) => {
          (document.querySelectorAll("i")[index] as HTMLElement).className = value;
        },
        [at, classes.join(" ")] as const,
      );
    }
    const sent = await given(page);
    held += sent.length < css.join("\n").length ? 1 : 0;
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
  expect(held).toBeGreaterThan(4);
});
