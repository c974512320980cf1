import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirror, mirroredPage, sharedChromium } from "../../testing/browser.ts";
import { encodeWantedAssets } from "../assets/wire.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

declare global {
  interface Window {
    /** Lets the hashes that wait, and those to come, be computed; or fail. */
    letHash(fail?: boolean): void;
    /** Lets the viewer's requests through that wait, and those to come. */
    letAsk(): void;
    sheet: CSSStyleSheet;
  }
}

const filler = (name: string) => `/* ${name} ${"abcdefghij ".repeat(500)} */`;
const style = `<style id=s>${filler("in-style")} #p { color: rgb(1, 2, 3) }</style>`;
const body = `${style}<p id=p>text</p>`;

/** A page with a constructed sheet besides; `hold`: hashes and requests wait until they are let through. */
async function styledPage({ hold = false, secure = true, html = body } = {}): Promise<Page> {
  const page = await mirroredPage(browser, html, {}, { start: false, secure });
  await page.evaluate(
    ([text, wait]) => {
      window.sheet = new CSSStyleSheet();
      window.sheet.replaceSync(text);
      document.adoptedStyleSheets = [window.sheet];
      if (!wait) return;
      const { subtle } = crypto;
      const digest = subtle.digest.bind(subtle);
      const gate = new Promise<boolean>((resolve) => {
        window.letHash = (fail = false) => resolve(fail);
      });
      subtle.digest = async (...args) => {
        if (await gate) throw new Error("no hash");
        return digest(...args);
      };
    },
    [`#p { top: 7px; position: relative; --filler: "${"sheet of it ".repeat(500)}" }`, hold] as const,
  );
  await mirror(page);
  if (hold) {
    await page.evaluate(() => {
      const { capture } = window.mirror;
      const through = capture.feedback.bind(capture);
      const waiting: (() => void)[] = [];
      let open = false;
      window.letAsk = () => {
        open = true;
        for (const ask of waiting.splice(0)) ask();
      };
      capture.feedback = (viewer, frame) => {
        if (open || !window.mirror.asksForAssets(frame)) through(viewer, frame);
        else waiting.push(() => through(viewer, frame));
      };
    });
  }
  return page;
}

/** How the element looks at the viewer, after everything is quiet. */
function look(page: Page): Promise<string> {
  return page.evaluate(async () => {
    await window.mirror.settle();
    const document = window.mirror.replica.frame.contentDocument as Document;
    const p = document.querySelector("p:last-of-type") as Element;
    const { color, top, zIndex, opacity } = getComputedStyle(p);
    return [color, top, zIndex, opacity].join(" ");
  });
}

/** What no event tells of is looked for only now and then. */
async function comesTo(page: Page, looks: string): Promise<void> {
  for (let i = 0; i < 12 && (await look(page)) !== looks; i++);
  expect(await look(page)).toBe(looks);
}

const right = "rgb(1, 2, 3) 7px auto 1";

/** How often the texts crossed since this was last asked. */
function crossed(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let count = 0;
    const texts = window.mirror.sentTexts();
    window.mirror.sent.length = 0;
    for (const text of await texts) {
      count += text.includes("abcdefghij abcdefghij") ? 1 : 0;
      count += text.includes("sheet of it sheet of it") ? 1 : 0;
    }
    return count;
  });
}

async function ends(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.mirror.errors)).toEqual([]);
  await page.close();
}

test("texts cross once: the next snapshot only says which they are", async () => {
  const page = await styledPage();
  expect(await look(page)).toBe(right);
  expect(await crossed(page)).toBe(2);
  for (let i = 0; i < 2; i++) {
    await page.evaluate(() => window.mirror.capture.resync());
    expect(await look(page)).toBe(right);
    const bytes = await page.evaluate(() =>
      window.mirror.sent.reduce((sum, { payload }) => sum + payload.length, 0),
    );
    expect(bytes).toBeLessThan(1_000);
    expect(await crossed(page)).toBe(0);
  }
  await ends(page);
});

test("a page without TLS sends its texts at once", async () => {
  const page = await styledPage({ secure: false });
  expect(await look(page)).toBe(right);
  expect(await crossed(page)).toBe(2);
  await ends(page);
});

test("where no hash can be computed the texts are asked for", async () => {
  const page = await styledPage({ hold: true });
  expect(await crossed(page)).toBe(0);
  await page.evaluate(() => {
    window.letAsk();
    window.letHash(true);
  });
  expect(await look(page)).toBe(right);
  expect(await crossed(page)).toBe(2);
  await ends(page);
});

test("a page waits for its styles before it is complete and seen, but not for long", async () => {
  const page = await styledPage({ hold: true });
  const seen = () => page.evaluate(() => getComputedStyle(window.mirror.replica.frame).visibility);
  expect(await seen()).toBe("hidden");
  await page.waitForTimeout(1_600);
  expect(await seen()).toBe("visible");
  await page.evaluate(() => {
    window.letAsk();
    window.letHash();
  });
  expect(await look(page)).toBe(right);
  await ends(page);
});

test("what is inserted into a page that has loaded comes with its style", async () => {
  const page = await styledPage({ hold: true, html: "<p id=p>text</p>" });
  await page.evaluate((html) => document.body.insertAdjacentHTML("afterbegin", html), style);
  await look(page);
  expect(await crossed(page)).toBe(1);
  await ends(page);
});

/** What a page does to a style whose text the viewers do not have yet, and how it looks then. */
const changes: [what: string, does: () => void, looks: string, crosses: number][] = [
  ["nothing", () => {}, right, 2],
  [
    "gives it another text",
    () => {
      ((document.getElementById("s") as Element).firstChild as Text).data = "#p { color: rgb(4, 5, 6) }";
    },
    "rgb(4, 5, 6) 7px auto 1",
    1,
  ],
  [
    "removes it",
    () => {
      document.getElementById("s")?.remove();
      document.adoptedStyleSheets = [];
    },
    "rgb(0, 0, 0) auto auto 1",
    // A constructed sheet may be adopted again.
    1,
  ],
  [
    "adds rules to it",
    () => {
      const { sheet } = document.getElementById("s") as HTMLStyleElement;
      sheet?.insertRule("#p { z-index: 3 }", 1);
      window.sheet.insertRule("#p { opacity: 0.5 }", 0);
    },
    "rgb(1, 2, 3) 7px 3 0.5",
    2,
  ],
  [
    "takes its rule away and adds others",
    () => {
      const { sheet } = document.getElementById("s") as HTMLStyleElement;
      sheet?.deleteRule(0);
      sheet?.insertRule("#p { z-index: 4 }");
      window.sheet.deleteRule(0);
      window.sheet.insertRule("#p { opacity: 0.25; position: relative }");
    },
    "rgb(0, 0, 0) 0px 4 0.25",
    2,
  ],
  [
    "gives a constructed sheet another text",
    () => window.sheet.replaceSync("#p { top: 9px; position: relative }"),
    "rgb(1, 2, 3) 9px auto 1",
    2,
  ],
  [
    "switches it off",
    () => {
      const { sheet } = document.getElementById("s") as HTMLStyleElement;
      (sheet as CSSStyleSheet).disabled = true;
    },
    "rgb(0, 0, 0) 7px auto 1",
    2,
  ],
  ["moves it", () => document.body.append(document.getElementById("s") as Element), right, 2],
  [
    "masks it",
    () => {
      (document.getElementById("s") as Element).className = "avcobrowse-mask";
    },
    "rgb(0, 0, 0) 7px auto 1",
    1,
  ],
  [
    "moves its text to where it is masked",
    () => {
      const p = document.body.insertBefore(document.createElement("p"), document.body.firstChild);
      p.className = "avcobrowse-mask";
      p.append((document.getElementById("s") as Element).firstChild as Text);
    },
    "rgb(0, 0, 0) 7px auto 1",
    1,
  ],
  ["is sent from the beginning again", () => window.mirror.capture.resync(), right, 2],
  [
    "is paused for a while",
    () => {
      window.mirror.capture.pause();
      setTimeout(() => window.mirror.capture.resume(), 400);
    },
    right,
    2,
  ],
];

test.concurrent.each(changes)("while a hash is computed the page %s", async (_what, does, looks, crosses) => {
  const page = await styledPage({ hold: true });
  await page.evaluate(() => window.letAsk());
  await page.evaluate(does);
  await look(page);
  await page.evaluate(() => window.letHash());
  await comesTo(page, looks);
  expect(await crossed(page)).toBe(crosses);
  await ends(page);
});

test.concurrent.each(changes)(
  "while a text is asked for the page %s",
  async (_what, does, looks, crosses) => {
    const page = await styledPage({ hold: true });
    await page.evaluate(() => window.letHash());
    await look(page);
    await page.evaluate(does);
    await look(page);
    await page.evaluate(() => window.letAsk());
    await comesTo(page, looks);
    expect(await crossed(page)).toBe(crosses);
    await ends(page);
  },
);

test.concurrent.each(changes)(
  "when a viewer has the texts from earlier the page %s",
  async (_what, does, looks) => {
    const page = await styledPage();
    await page.evaluate(() => window.mirror.capture.resync());
    expect(await look(page)).toBe(right);
    await page.evaluate(does);
    await comesTo(page, looks);
    await ends(page);
  },
);

test("a viewer is given what was withheld, once, and nothing else", async () => {
  const page = await styledPage({
    hold: true,
    html: `${body}<p class=avcobrowse-mask id=q>${filler("masked")}</p><p>${filler("plain")}</p>`,
  });
  await page.evaluate(() => window.mirror.settle());
  await crossed(page);
  const [first] = await page.evaluate(() => [window.mirror.capture.nearestId(document)]);
  const ask = (from: number) => {
    const wanted = Array.from({ length: 60 }, (_, i) => ({ id: from + i, asset: 5 }));
    return page.evaluate(
      (payload) => {
        window.letAsk();
        window.mirror.feedback(2, new Uint8Array(payload));
      },
      [...encodeWantedAssets(wanted)],
    );
  };
  await ask(first as number);
  await page.evaluate(() => window.mirror.settle());
  // One frame has both.
  expect(await crossed(page)).toBe(2);
  await ask(first as number);
  await page.evaluate(() => window.letHash());
  expect(await look(page)).toContain("");
  expect(await crossed(page)).toBe(0);
  await ends(page);
});
