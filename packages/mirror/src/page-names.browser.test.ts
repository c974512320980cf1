import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** What hides, and one place that nothing hides: what stands there has to arrive. */
const places = {
  mask: "class=avcobrowse-mask",
  block: "class=avcobrowse-block",
  hide: "class=avcobrowse-hide",
  gone: "id=gone",
  policy: "data-secret",
  shown: "",
};

const policy = { removeIds: ["gone"], mask: ["[data-secret]"] };

/** Names of all that forms, documents, windows and the elements of a page have, of themselves and by prototypes. */
function allNames(): string[] {
  const names = new Set<string>();
  const tags = [
    ..."a area audio base body br button canvas caption col data datalist del details dialog dir div dl embed".split(
      " ",
    ),
    ..."fieldset font form frame frameset h1 head hr html iframe img input label legend li link map marquee".split(
      " ",
    ),
    ..."menu meta meter object ol optgroup option output p param picture pre progress q script select slot".split(
      " ",
    ),
    ..."source span style table tbody td template textarea time title tr track ul video x-unknown".split(" "),
  ];
  const all = [
    document,
    window,
    document.createDocumentFragment(),
    ...tags.map((tag) => document.createElement(tag)),
    document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    document.createElementNS("http://www.w3.org/1998/Math/MathML", "math"),
  ];
  for (let one of all as object[]) {
    for (; one !== null; one = Object.getPrototypeOf(one))
      for (const name of Object.getOwnPropertyNames(one))
        if (/^[a-z]\w*$/.test(name) && !/^on/.test(name)) names.add(name);
  }
  return [...names];
}

/** A mirrored page, without a page's own way to look at it: what it is called by may mean something else there. */
async function mirrored(html = ""): Promise<{ page: Page; thrown: string[] }> {
  const page = await mirroredPage(browser, `<main id=stage></main>${html}`, policy);
  await page.evaluate(`window.real = (${keepReal})()`);
  const thrown: string[] = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  return { page, thrown };
}

/**
 * Adds what shows that the mirror goes on, to the page, and waits until it is there. Nothing here asks a document or an
 * element by a name: in these pages names mean something else.
 */
async function goesOn(page: Page, mark: string): Promise<void> {
  await page.evaluate(async (text) => {
    const { real, mirror } = window;
    const last = real.createElement(document, "p");
    real.setText(last, text);
    real.appendChild(real.root(document), last);
    // Another frame takes over with each picture that begins anew.
    const shown = () => real.text(real.root(real.frameDocument(mirror.replica.frame)));
    while (!shown().includes(text)) await new Promise((done) => setTimeout(done, 50));
  }, mark);
}

/** Waits until the replica has compared what it has with the page once more. */
async function comparesMore(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { compared } = window.mirror.fidelity();
    while (window.mirror.fidelity().compared === compared) await new Promise((done) => setTimeout(done, 100));
  });
}

/** The browser's own means, kept before a page has names of its own. */
function keepReal() {
  const own = (type: { prototype: object }, name: string) =>
    Object.getOwnPropertyDescriptor(type.prototype, name) as PropertyDescriptor;
  // biome-ignore lint/suspicious/noExplicitAny: each has other arguments
  const asFunction = Function.prototype.bind.bind(Function.prototype.call) as (of: unknown) => any;
  return {
    root: asFunction(own(Document, "documentElement").get),
    createElement: asFunction(own(Document, "createElement").value),
    byId: asFunction(own(Document, "getElementById").value),
    all: asFunction(own(Element, "querySelectorAll").value),
    appendChild: asFunction(own(Node, "appendChild").value),
    setAttribute: asFunction(own(Element, "setAttribute").value),
    getAttribute: asFunction(own(Element, "getAttribute").value),
    setHtml: asFunction(own(Element, "innerHTML").set),
    text: asFunction(own(Node, "textContent").get),
    setText: asFunction(own(Node, "textContent").set),
    frameDocument: asFunction(own(HTMLIFrameElement, "contentDocument").get),
  };
}

declare global {
  interface Window {
    real: ReturnType<typeof keepReal>;
  }
}

async function expectNothingLeft(page: Page, thrown: readonly string[]): Promise<void> {
  const sent = (await page.evaluate(() => window.mirror.sentTexts())).join("\n");
  expect([...new Set(sent.match(/zq(?:mask|block|hide|gone|policy)\w*/g))]).toEqual([]);
  expect(sent).toContain("zqshown");
  expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
  expect(thrown).toEqual([]);
}

test("controls that are called as what a form has hide nothing of it and stop nothing", async () => {
  const { page, thrown } = await mirrored();
  const names = await page.evaluate(allNames);
  expect(names.length).toBeGreaterThan(500);
  const fill = ([wanted, kinds]: [string[], Record<string, string>]) => {
    const stage = document.getElementById("stage") as HTMLElement;
    const html: string[] = [];
    for (const [at, name] of wanted.entries()) {
      for (const [kind, attribute] of Object.entries(kinds)) {
        const secret = `zq${kind}${at}x`;
        html.push(
          `<form ${attribute} title="${secret}">${secret}<input name="${name}" value="${secret}"><b>${secret}</b></form>`,
        );
      }
    }
    stage.innerHTML = html.join("");
  };
  await page.evaluate(fill, [names, places] as [string[], Record<string, string>]);
  await expectFollowed(page, thrown);
});

test("pictures, forms and objects that are called as what a document has hide nothing and stop nothing", async () => {
  const { page, thrown } = await mirrored();
  const names = await page.evaluate(allNames);
  await page.evaluate(
    ([wanted, kinds]) => {
      const html = wanted.map((name, at) => {
        const [kind, attribute] = kinds[at % kinds.length] as [string, string];
        const secret = `zq${kind}${at}x`;
        // Of these a document has what bears the name, whatever is called so otherwise.
        const named = [
          `<img name="${name}" alt="${secret}">`,
          `<form name="${name}"><b>${secret}</b></form>`,
          `<object id="${name}">${secret}</object>`,
          `<embed name="${name}">`,
          `<iframe name="${name}" title="${secret}"></iframe>`,
        ];
        const one = named[at % 20 === 4 ? 4 : at % 4];
        return `<section ${attribute} title="${secret}">${secret}${one}</section>`;
      });
      window.real.setHtml(window.real.byId(document, "stage"), html.join(""));
    },
    [names, Object.entries(places)] as const,
  );
  await expectFollowed(page, thrown);
});

test("own properties of elements that throw, or lie, hide nothing and stop nothing", async () => {
  const { page, thrown } = await mirrored();
  const names = await page.evaluate(allNames);
  await page.evaluate(
    ([wanted, kinds]) => {
      const { real } = window;
      const stage = real.byId(document, "stage");
      const tags =
        "form input textarea select button img a div table iframe video canvas svg style label details object x-card p".split(
          " ",
        );
      let html = "";
      for (const [kind, attribute] of kinds)
        for (const tag of tags) {
          const secret = `zq${kind}${tag.replace("-", "")}x`;
          html += `<section ${attribute} title="${secret}"><${tag} title="${secret}" value="${secret}">${tag === "style" ? "" : secret}</${tag}></section>`;
        }
      real.setHtml(stage, html);
      for (const element of [stage, ...real.all(stage, "*")])
        for (const name of wanted)
          Object.defineProperty(element, name, {
            configurable: true,
            get() {
              throw new Error(`the page's own ${name}`);
            },
          });
    },
    [names, Object.entries(places)] as const,
  );
  await expectFollowed(page, thrown);
});

test("prototypes that are changed while the mirror runs hide nothing and stop nothing", async () => {
  const { page, thrown } = await mirrored();
  await page.evaluate((kinds) => {
    const html = kinds.map(([kind, attribute]) => {
      const secret = `zq${kind}protox`;
      return `<form ${attribute} title="${secret}">${secret}<input value="${secret}"><textarea>${secret}</textarea><img alt="${secret}"><a href="/x">${secret}</a></form>`;
    });
    window.real.setHtml(window.real.byId(document, "stage"), html.join(""));
    const types = Object.getOwnPropertyNames(window).filter((name) =>
      /^(Node|Element|CharacterData|Text|Document|DocumentFragment|ShadowRoot|(HTML|SVG|MathML)\w*Element)$/.test(
        name,
      ),
    );
    for (const type of types) {
      const { prototype } = (window as unknown as Record<string, { prototype: object }>)[type] as {
        prototype: object;
      };
      for (const [name, { configurable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
        if (configurable && name !== "constructor")
          Object.defineProperty(prototype, name, {
            configurable: true,
            get() {
              throw new Error(`the page's own ${type}.${name}`);
            },
          });
    }
  }, Object.entries(places));
  await expectFollowed(page, thrown);
});

/** What stands there is sent as it comes, from the beginning, as it changes and as it is compared. */
async function expectFollowed(page: Page, thrown: readonly string[]): Promise<void> {
  await goesOn(page, "first");
  await page.evaluate(() => window.mirror.capture.resync());
  await page.evaluate(() => {
    const { real } = window;
    for (const place of real.all(real.byId(document, "stage"), ":scope > *")) {
      const [text] = real.getAttribute(place, "title")?.match(/\D+/) ?? [];
      real.setAttribute(place, "data-later", `${text}later`);
      real.setText(real.appendChild(place, real.createElement(document, "i")), `${text}later`);
    }
  });
  await goesOn(page, "second");
  await comparesMore(page);
  await goesOn(page, "third");
  await expectNothingLeft(page, thrown);
  await page.close();
}
