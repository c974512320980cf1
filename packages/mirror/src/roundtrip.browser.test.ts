import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bothSides, closeAllPages, mirroredPage, sharedChromium } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

const form = `
  <form><label for=n>Name</label><input id=n value=Ada><input type=checkbox id=c checked><input type=radio name=r id=r1>
  <input type=radio name=r id=r2 checked><textarea id=t>initial</textarea><select id=s><option>a<option selected>b</select>
  <select multiple id=m><option selected>1<option>2<option selected>3</select><input type=range id=g min=0 max=10 value=3></form>`;
const list = `<ul id=list>${Array.from({ length: 50 }, (_, i) => `<li id=i${i}>item ${i}</li>`).join("")}</ul>`;

/** Each case: a page, what happens to it, and that the replica is the same afterwards. */
const cases: [name: string, html: string, act: () => unknown][] = [
  [
    "a plain page",
    "<h1>Hello</h1><p>wor<b>ld</b></p><!-- note --><svg viewBox='0 0 10 10'><circle r=5 /></svg>",
    () => {},
  ],
  [
    "text and attributes that change",
    "<p id=p class=a>one</p>",
    () => {
      const p = document.getElementById("p") as HTMLElement;
      p.className = "b";
      p.setAttribute("data-x", "1");
      (p.firstChild as Text).data = "two";
      p.removeAttribute("class");
    },
  ],
  [
    "nodes inserted and removed",
    list,
    () => {
      document.getElementById("i3")?.remove();
      document.getElementById("i4")?.before("text", document.createElement("hr"));
      document.getElementById("list")?.append(document.createElement("li"));
    },
  ],
  [
    "a reversed list",
    list,
    () => {
      const ul = document.getElementById("list") as HTMLElement;
      ul.append(...[...ul.children].reverse());
    },
  ],
  [
    "a shuffled list with removals in one turn",
    list,
    () => {
      const ul = document.getElementById("list") as HTMLElement;
      let seed = 7;
      for (let i = 0; i < 120; i++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        const child = ul.children[seed % ul.children.length];
        if (!child) continue;
        if (i % 9 === 0) child.remove();
        else ul.insertBefore(child, ul.children[(seed >> 7) % ul.children.length] ?? null);
      }
    },
  ],
  [
    "existing nodes wrapped into new ones",
    list,
    () => {
      const ul = document.getElementById("list") as HTMLElement;
      const wrapper = document.createElement("section");
      ul.before(wrapper);
      wrapper.append("before", ul, document.createElement("i"));
      const inner = document.createElement("b");
      const li = document.getElementById("i5") as HTMLElement;
      inner.append(...li.childNodes);
      li.append(inner);
    },
  ],
  [
    "a child saved from a removed parent",
    "<div id=a><div id=b><p id=c>keep</p></div></div>",
    () => {
      const c = document.getElementById("c") as HTMLElement;
      const b = document.getElementById("b") as HTMLElement;
      b.remove();
      document.getElementById("a")?.append(c);
    },
  ],
  [
    "a removed node that comes back later",
    "<div id=a><p id=c>keep</p></div>",
    async () => {
      const c = document.getElementById("c") as HTMLElement;
      c.remove();
      await new Promise((r) => setTimeout(r, 100));
      c.textContent = "back";
      document.getElementById("a")?.append(c);
    },
  ],
  ["form state as it is", form, () => {}],
  [
    "form state set by scripts",
    form,
    () => {
      const get = (id: string) => document.getElementById(id) as HTMLInputElement;
      get("n").value = "Grace";
      get("c").checked = false;
      get("c").indeterminate = true;
      get("r1").checked = true;
      get("t").value = "typed\nlines";
      (get("s") as unknown as HTMLSelectElement).selectedIndex = 0;
      get("g").value = "8";
    },
  ],
  [
    "shadow roots, open and later",
    "<div id=h></div><div id=k></div>",
    async () => {
      const root = (document.getElementById("h") as HTMLElement).attachShadow({ mode: "open" });
      root.innerHTML = "<style>p{color:red}</style><p>in shadow</p><slot></slot>";
      await new Promise((r) => setTimeout(r, 80));
      (root.querySelector("p") as HTMLElement).textContent = "changed in shadow";
    },
  ],
  [
    "a same-origin iframe made by a script",
    "<div id=d></div>",
    async () => {
      const frame = document.createElement("iframe");
      (document.getElementById("d") as HTMLElement).append(frame);
      const inner = frame.contentDocument as Document;
      inner.body.innerHTML = "<p id=q>in frame</p>";
      await new Promise((r) => setTimeout(r, 300));
      (inner.getElementById("q") as HTMLElement).textContent = "changed in frame";
    },
  ],
  [
    "an iframe with srcdoc that is replaced",
    "<iframe id=f srcdoc='<p>first</p>'></iframe>",
    async () => {
      (document.getElementById("f") as HTMLIFrameElement).srcdoc = "<h2>second</h2>";
      await new Promise((r) => setTimeout(r, 500));
    },
  ],
  [
    "scroll of elements",
    `<div id=x style="height:100px;overflow:auto"><div style="height:1000px;width:3000px">tall</div></div>`,
    () => {
      document.getElementById("x")?.scrollTo(120, 340);
    },
  ],
  [
    "a window that was scrolled and goes back to the top",
    "<div style='height:5000px'>tall</div>",
    async () => {
      scrollTo(0, 2000);
      window.mirror.capture.resync();
      await new Promise((r) => setTimeout(r, 600));
      scrollTo(0, 0);
    },
  ],
  [
    "document.body replaced",
    "<p>old</p>",
    () => {
      const body = document.createElement("body");
      body.innerHTML = "<p>new</p>";
      document.body.replaceWith(body);
    },
  ],
  [
    "deep nesting",
    "<div id=d></div>",
    () => {
      let at = document.getElementById("d") as HTMLElement;
      for (let i = 0; i < 120; i++) at = at.appendChild(document.createElement("div"));
      at.textContent = "deep";
    },
  ],
];

describe("the replica is the page", () => {
  test.each(cases)("%s", async (_name, html, act) => {
    const page = await mirroredPage(browser, html);
    await page.evaluate(act);
    const sides = await bothSides(page);
    expect(sides.errors).toEqual([]);
    expect(sides.mirror).toBe(sides.page);
    await page.close();
  });
});

describe("a replica that drifted", () => {
  const drifts: [name: string, drift: (page: Document) => void][] = [
    ["a text", (page) => ((page.querySelector("#i3")?.firstChild as Text).data = "drifted")],
    ["an attribute", (page) => page.querySelector("#i4")?.setAttribute("class", "drifted")],
    ["a node that is gone", (page) => page.querySelector("#i5")?.remove()],
    ["a node too many", (page) => page.querySelector("#list")?.append(page.createElement("li"))],
    ["another order", (page) => page.querySelector("#list")?.prepend(page.querySelector("#i9") as Element)],
  ];
  test.each(drifts)("is found and healed: %s", async (_name, drift) => {
    const page = await mirroredPage(browser, `<main>${list}</main><p>aside</p>`);
    await page.waitForFunction(() => window.mirror.fidelity().compared > 0);
    const before = await page.evaluate(() => window.mirror.sent.length);
    await page.evaluate(`(${drift})(document.querySelector("#copane-test-host iframe").contentDocument)`);
    await page.waitForFunction(() => window.mirror.fidelity().repaired > 0, undefined, { timeout: 2_000 });
    const sides = await bothSides(page);
    expect(sides.mirror).toBe(sides.page);
    // By the part, not by the whole page anew.
    const keyframes = await page.evaluate(
      (from) => window.mirror.sent.slice(from).filter(({ flags }) => flags & 1).length,
      before,
    );
    expect(keyframes).toBe(0);
    await page.close();
  });

  test("by what somebody put beside head and body, it is tidied where it stands", async () => {
    const page = await mirroredPage(browser, `<main>${list}</main>`);
    await page.waitForFunction(() => window.mirror.fidelity().compared > 0);
    const before = await page.evaluate(() => window.mirror.sent.length);
    await page.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>("#copane-test-host iframe")?.contentDocument;
      inner?.documentElement.append(inner.createElement("style"), "text");
    });
    await page.waitForFunction(() => {
      const inner = document.querySelector<HTMLIFrameElement>("#copane-test-host iframe")?.contentDocument;
      return inner?.documentElement.lastChild === inner?.body;
    });
    const checks = await page.evaluate(() => window.mirror.checks());
    await page.evaluate(() => document.querySelector("#i3")?.append("more"));
    await page.waitForFunction((count) => window.mirror.checks() > count, checks);
    const sides = await bothSides(page);
    expect(sides.mirror).toBe(sides.page);
    const sent = await page.evaluate((from) => window.mirror.sent.slice(from), before);
    expect(sent.filter(({ flags }) => flags & 1)).toEqual([]);
    expect(await page.evaluate(() => window.mirror.fidelity().repaired)).toBe(0);
    await page.close();
  });

  test("at its top again and again does not have the whole page sent each time", async () => {
    const page = await mirroredPage(browser, `<main>${list}</main>`);
    await page.waitForFunction(() => window.mirror.fidelity().compared > 0);
    const before = await page.evaluate(() => window.mirror.sent.length);
    await page.evaluate(() => {
      let turn = 0;
      const spoil = () => {
        const inner = document.querySelector<HTMLIFrameElement>("#copane-test-host iframe")?.contentDocument;
        inner?.documentElement.setAttribute("data-extension", String(turn++));
      };
      setInterval(spoil, 100);
    });
    await page.waitForFunction(() => window.mirror.fidelity().repaired > 3);
    const sent = await page.evaluate((from) => window.mirror.sent.slice(from), before);
    expect(sent.filter(({ flags }) => flags & 1)).toHaveLength(1);
    await page.close();
  });

  test("is not looked for again in a page at rest, until something changes", async () => {
    const page = await mirroredPage(browser, `<main>${list}</main>`);
    await page.waitForFunction(() => window.mirror.fidelity().compared > 0);
    await page.evaluate(() => window.mirror.settle());
    await page.waitForTimeout(1_100);
    const before = await page.evaluate(() => window.mirror.checks());
    await page.waitForTimeout(2_200);
    expect(await page.evaluate(() => window.mirror.checks())).toBe(before);
    await page.evaluate(() => document.querySelector("#i3")?.append("more"));
    await page.waitForFunction((count) => window.mirror.checks() > count, before, { timeout: 2_500 });
    await page.close();
  });

  test("is never suspected of what is masked, styled or played in its own way", async () => {
    const page = await mirroredPage(
      browser,
      `${form}<p class=avcobrowse-mask>secret <b>text</b></p><div class=avcobrowse-hide>x</div><video src=/v.mp4></video>
      <style>p:hover{color:red}</style><svg><use href="/icons.svg#a"/></svg><input type=password value=x><canvas></canvas>
      <select class=avcobrowse-block><option>1</select><dialog open>d</dialog><img src=/none.png srcset="/a.png 1x">`,
    );
    await page.waitForFunction(() => window.mirror.fidelity().compared > 0);
    await page.waitForTimeout(1_600);
    expect(await page.evaluate(() => window.mirror.fidelity().repaired)).toBe(0);
    await page.close();
  });
});
