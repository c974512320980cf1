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
  const thrown: string[] = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  return { page, thrown };
}

/** Adds what shows that the mirror goes on, to the page, and waits until it is there. */
async function goesOn(page: Page, mark: string): Promise<void> {
  await page.evaluate((text) => {
    const last = Document.prototype.createElement.call(document, "p");
    last.append(text);
    document.documentElement.append(last);
  }, mark);
  await page.waitForFunction(
    (text) => {
      const { frame } = window.mirror.replica;
      const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement")?.get?.call(
        frame.contentDocument,
      );
      return root?.textContent.includes(text);
    },
    mark,
    { polling: 100 },
  );
}

/** Waits until the replica has compared all that it has with the page, twice round. */
async function comparesAll(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.mirror.fidelity().compared);
  await page.waitForFunction((former) => window.mirror.fidelity().compared > former, before, {
    polling: 200,
  });
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
  await goesOn(page, "first");
  // And as the page is sent from its beginning, and as what is in them changes.
  await page.evaluate(() => window.mirror.capture.resync());
  await page.evaluate(() => {
    for (const form of document.getElementById("stage")?.children ?? []) {
      const [text] = Element.prototype.getAttribute.call(form, "title")?.match(/\D+/) ?? [];
      Element.prototype.setAttribute.call(form, "data-later", `${text}later`);
      Element.prototype.append.call(form, `${text}later`);
    }
  });
  await goesOn(page, "second");
  await comparesAll(page);
  await goesOn(page, "third");
  await expectNothingLeft(page, thrown);
  await page.close();
});
