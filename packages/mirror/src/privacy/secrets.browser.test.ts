import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  bothSides,
  canary,
  closeAllPages,
  mirroredPage,
  sentText,
  sharedChromium,
} from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

async function mirrored(html: string, policy = {}): Promise<Page> {
  return mirroredPage(browser, `<meta charset=utf-8><p>control</p>${html}`, policy);
}

describe("the number of a payment card", () => {
  const card = "4111 1111 1111 1111";
  test("is masked in a field of any name, from before its last digit is there, unless the site says otherwise", async () => {
    const page = await mirrored("<label>Comment <input id=f1></label><input id=f2 class=avcobrowse-show>");
    await page.locator("#f1").pressSequentially(card, { delay: 16 });
    expect(await sentText(page)).not.toMatch(/4111.?1111/);
    await page.locator("#f2").pressSequentially("4012888888881881", { delay: 16 });
    expect(await sentText(page)).toContain("4012888888881881");
    await page.close();
  });

  test("is masked where a script puts it", async () => {
    const page = await mirrored("<input id=f1><textarea id=f2></textarea>");
    await page.evaluate(() => {
      (document.getElementById("f1") as HTMLInputElement).value = "378282246310005";
      (document.getElementById("f2") as HTMLInputElement).value = "it is 5555-5555-5555-4444, thanks";
    });
    expect(await sentText(page)).not.toMatch(/3782|5555/);
    await page.close();
  });

  test("stays masked when the field is left, and what only began like one is shown then", async () => {
    const page = await mirrored("<input id=f1><input id=f2>");
    await page.locator("#f1").pressSequentially("4711998877");
    expect(await sentText(page)).not.toContain("47119988");
    await page.locator("#f2").pressSequentially(card);
    expect(await sentText(page)).toContain("4711998877");
    await page.locator("#f1").focus();
    expect(await sentText(page)).not.toMatch(/4111.?1111/);
    await page.close();
  });

  test("is not taken for one when its check digit is wrong", async () => {
    const page = await mirrored("<input id=f1>");
    await page.evaluate(() => {
      (document.getElementById("f1") as HTMLInputElement).value = "4111111111111112";
    });
    expect(await sentText(page)).toContain("4111111111111112");
    await page.close();
  });
});

/** Acts on a mirrored page; whether the wire has the canary afterwards. */
async function sends(
  html: string,
  act: (secret: string) => unknown = () => {},
  policy = {},
): Promise<boolean> {
  const secret = canary(0);
  const page = await mirrored(html.replaceAll("CANARY", secret), policy);
  await page.evaluate(`(${act})(${JSON.stringify(secret)})`);
  // What is sent now proves that all before it was.
  await page.evaluate(() => document.body.append("last"));
  await page.waitForFunction(() => window.mirror.mirror().includes("last"));
  const sent = await sentText(page);
  expect((await bothSides(page)).errors).toEqual([]);
  await page.close();
  expect(sent).toContain("control");
  return sent.includes(secret.slice(0, 8));
}

describe("a secret is masked wherever it stands", () => {
  const password = "<div id=box><input type=password id=f1 value=CANARY></div>";
  const places: [where: string, html: string, act?: (secret: string) => unknown][] = [
    [
      "in a new element in its place",
      "<div id=box><input type=password id=f1></div>",
      async (secret) => {
        (document.getElementById("f1") as HTMLInputElement).value = secret;
        await new Promise((done) => setTimeout(done, 100));
        (document.getElementById("box") as HTMLElement).innerHTML = `<input id=f1 type=text value=${secret}>`;
      },
    ],
    [
      "in a clone that shows it",
      password,
      () => {
        const clone = (document.getElementById("f1") as HTMLInputElement).cloneNode() as HTMLInputElement;
        clone.type = "text";
        clone.id = "f2";
        (document.getElementById("box") as HTMLElement).append(clone);
      },
    ],
    [
      "in another field, and in what is typed on there",
      `${password}<textarea id=f2></textarea>`,
      async (secret) => {
        const other = document.getElementById("f2") as HTMLTextAreaElement;
        other.value = `it is ${secret}`;
        await new Promise((done) => setTimeout(done, 100));
        other.value += "more";
      },
    ],
    [
      "in the attribute of a component round it",
      "<x-input id=h type=password value=CANARY></x-input>",
      () => {},
    ],
    [
      "in the attributes of a wrapper and a label before it",
      `<app-password ng-reflect-value=CANARY><label data-value=CANARY title="it is CANARY">x</label>${password}</app-password>`,
    ],
    [
      "in texts, titles and the address",
      password,
      (secret) => {
        document.title = `is ${secret}`;
        history.pushState({}, "", `/is/${secret}#${secret}`);
        document.body.append(`is ${secret}`);
      },
    ],
    [
      "in styles",
      `${password}<p id=p>.</p>`,
      (secret) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`p::after{content:"${secret}"}`);
        document.adoptedStyleSheets = [sheet];
        const style = document.head.appendChild(document.createElement("style"));
        style.sheet?.insertRule(`p::before{content:"${secret}"}`);
        (document.getElementById("p") as HTMLElement).style.setProperty("--x", secret);
      },
    ],
    [
      "when the field is gone, with its value set and cleared in one turn",
      password,
      async (secret) => {
        document.getElementById("f1")?.remove();
        await new Promise((done) => setTimeout(done, 100));
        document.body.append(secret);
      },
    ],
    [
      "of a marked field",
      "<div class=avcobrowse-mask><input value=CANARY></div><div class=avcobrowse-hide><input value=CANARY></div><p>CANARY</p>",
    ],
  ];
  test.each(places)("%s", async (_where, html, act) => {
    expect(await sends(html, act)).toBe(false);
  });

  test("by each of its beginnings, while a wrapper repeats what is typed", async () => {
    const page = await mirrored("<label id=l><input type=password id=f1></label>");
    await page.evaluate(() => {
      const field = document.getElementById("f1") as HTMLInputElement;
      const label = document.getElementById("l") as HTMLElement;
      field.addEventListener("input", () => label.setAttribute("data-value", field.value));
    });
    await page.locator("#f1").pressSequentially(canary(0), { delay: 20 });
    expect(await sentText(page)).not.toMatch(/can|cc?a/);
    await page.close();
  });
});

describe("a masked place tells nothing", () => {
  const places: [how: string, html: string, act?: (secret: string) => unknown][] = [
    [
      "by rules inserted into its styles",
      "<div class=avcobrowse-mask><style id=s></style></div>",
      (secret) => {
        const { sheet } = document.getElementById("s") as HTMLStyleElement;
        sheet?.insertRule(`p::after{content:"${secret}"}`);
      },
    ],
    [
      "by sheets that it adopts",
      "<div class=avcobrowse-mask id=h></div>",
      async (secret) => {
        const root = (document.getElementById("h") as HTMLElement).attachShadow({ mode: "open" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`p::after{content:"${secret}"}p{--x:${secret};background:url(/${secret})}`);
        root.innerHTML = "<p>x</p>";
        root.adoptedStyleSheets = [sheet];
        await new Promise((done) => setTimeout(done, 300));
        sheet.insertRule(`p::before{content:"${secret}"}`);
      },
    ],
    [
      "by names and attributes",
      `<div class="avcobrowse-mask CANARY" id=CANARY lang=CANARY role=CANARYCANARY part=CANARY dir=CANARY width=CANARY
        title=CANARY data-x=CANARY aria-label=CANARY style="--x:CANARY;background:url(CANARY)/*CANARY*/">
        <a href=/CANARY name=CANARY class=CANARY>x</a><img alt=CANARY src=/CANARY.png><label for=CANARY>y</label>
        <svg><path d=CANARY fill="url(#CANARY)" /><g id=CANARY transform=CANARY /></svg><slot name=CANARY></slot></div>
      <p class="avcobrowse-block CANARY" slot=CANARY>x</p><p class="avcobrowse-hide CANARY">x</p>`,
    ],
    [
      "by names set later",
      "<p class=avcobrowse-mask id=p>x</p>",
      (secret) => {
        const masked = document.getElementById("p") as HTMLElement;
        masked.classList.add(secret);
        masked.id = secret;
        masked.setAttribute(`data-${secret}`, "1");
      },
    ],
  ];
  test.each(places)("%s", async (_how, html, act) => {
    expect(await sends(html, act)).toBe(false);
  });

  test("and keeps the names that styles of the page name", async () => {
    const html = `<style>.card-x{color:red}#main-x{top:0}</style><p class="avcobrowse-mask card-x" id=main-x>x</p>`;
    const page = await mirrored(html);
    expect((await bothSides(page)).mirror).toMatch(/class="[^"]*card-x" id="main-x"/);
    await page.close();
  });
});

test("addresses of links and pictures leave without what looks like a secret", async () => {
  const html = `<a href="/reset?token=CANARY&page=2">a</a><a href="/u/CANARY@mail.test">b</a><img src="/p.png?session=CANARY">
    <img srcset="/q.png?token=CANARY 1x"><p style="background:url(/b.png?token=CANARY)">.</p>`;
  expect(await sends(html)).toBe(false);
});
