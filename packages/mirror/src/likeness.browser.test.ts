import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "./testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

const svg =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>";

/** A page, what to read of its document and of the replica's (`document`), and what is done to it before. */
const cases: [name: string, html: string, look: string, act?: string][] = [
  [
    "a link to a script looks like a link",
    `<a href="javascript:void(0)">a</a><a href="data:text/csv,a">b</a><map><area href="javascript:1"></map>
     <svg><a href="javascript:1"></a></svg>`,
    `document.querySelectorAll(":any-link").length + style("a").color`,
  ],
  [
    "selectors see attributes that do nothing in a replica",
    `<style>[target=_blank],[download],[is=x-b],[popovertarget],[commandfor],[\\$x],[日本] { color: red }</style>
     <a target=_blank>a</a><a download>b</a><b is=x-b>c</b><button popovertarget=p>d</button><button commandfor=p>e</button>
     <p $x=1>f</p><p 日本>g</p>`,
    `[...document.querySelectorAll("a,b,button,p")].map((one) => getComputedStyle(one).color).join()`,
  ],
  [
    "selectors see how controls began, which their state does not follow",
    `<style>[checked],[value=red],[selected] { outline: 1px solid red }</style><input type=checkbox checked id=c>
     <input type=radio name=r value=red id=r1 checked><input type=radio name=r value=blue id=r2>
     <select id=s><option>1<option selected>2<option id=o>3</select>`,
    `[...document.querySelectorAll("input,option")].map((one) => getComputedStyle(one).outlineStyle + one.checked + one.selected).join()`,
    `c.checked = false; r2.checked = true; await later(); r1.removeAttribute("checked"); r1.setAttribute("checked", "");
     c.setAttribute("checked", "checked"); o.setAttribute("selected", ""); s.selectedIndex = 0;`,
  ],
  [
    "elements of any name show what is in them",
    `<p id=p><o:p>one</o:p></p><p>List<int,string> two</p><p><c++>three</c++></p>`,
    `document.body.innerText.trim() + document.querySelector("p").offsetHeight`,
  ],
  [
    "a frame without a doctype is in the mode that it is in",
    `<iframe srcdoc="<p>one</p>"></iframe><iframe></iframe>`,
    `[...document.querySelectorAll("body iframe")].map((one) => one.contentDocument.compatMode).join()`,
  ],
  [
    "a popover stands where what opened it stands, and closes no other that this stands in",
    `<style>[popover] { position: fixed; inset: auto; margin: 0; position-area: bottom span-right }</style>
     <div style="padding: 50px"><button id=x popovertarget=a>a</button></div>
     <div id=b popover>b</div><div id=a popover>a <button id=y popovertarget=b>b</button></div>`,
    `[...document.querySelectorAll("[popover]")].map((one) => JSON.stringify(one.getBoundingClientRect())).join()`,
    `x.click(); await later(); y.click();`,
  ],
  [
    "what is embedded shows",
    `<object data="${svg}" type="image/svg+xml" width=120 height=60 style="border:3px solid">x</object>
     <object data="data:text/none,no" type="text/none">fallback <b>content</b></object><object><p>own</p></object>
     <embed src="${svg}" type="image/svg+xml" width=30 height=20><object data="${svg}" width=40></object><object id=o width=90 height=50></object>
     <script>o.data = URL.createObjectURL(new Blob(["<p>inside"], { type: "text/html" }))</script>`,
    `JSON.stringify([...document.querySelectorAll("body > :not(script,template)")].map((one) =>
      [one.offsetWidth, one.offsetHeight, one.innerText, one.contentDocument?.body?.innerText])) +
      document.querySelectorAll("[data-copane-placeholder=unsupported][style*='width:40px']").length`,
    `o.contentDocument.body.append("more");`,
  ],
  [
    "a picture shows whose address was revoked once it had loaded",
    `<p id=p></p><script>{ const canvas = Object.assign(document.createElement("canvas"), { width: 30, height: 20 });
     canvas.getContext("2d").fillRect(3, 3, 9, 9); canvas.toBlob((blob) => { const url = URL.createObjectURL(blob);
     p.innerHTML = "<img src=" + url + ">"; p.firstChild.onload = () => URL.revokeObjectURL(url); }); }</script>`,
    `(() => { const image = document.querySelector("img"); const context = new OffscreenCanvas(30, 20).getContext("2d");
       context.drawImage(image, 0, 0); return [image.naturalWidth, ...context.getImageData(0, 0, 30, 20).data].join(); })()`,
  ],
  [
    "what is paused is muted where it is on the page",
    "<video controls></video><audio controls></audio><audio controls muted></audio>",
    `[...document.querySelectorAll("video,audio")].map((one) => one.muted).join()`,
    `document.querySelector("video").muted = true;`,
  ],
  [
    "rules hold as scripts have set their properties, before the mirror began and after",
    `<style>.a {} .b {}</style><style id=s>.c {}</style><p class="a c">a</p><p class=b>b</p>
     <script>{ const [a] = document.styleSheets[0].cssRules; a.style.width = "70px"; }</script>`,
    `[...document.querySelectorAll("p")].map((one) => one.offsetWidth + getComputedStyle(one).color).join()`,
    `document.styleSheets[0].cssRules[1].style.width = "90px"; s.sheet.cssRules[0].style.color = "red";`,
  ],
  [
    "a filter shows its picture",
    `<svg><filter id=f><feImage href="data:image/png;base64,AA=="/></filter></svg>`,
    `document.querySelector("feImage").getAttribute("href")`,
  ],
];

test.each(cases)("%s", async (_name, html, look, act = "") => {
  const page = await mirroredPage(browser, html);
  const later = "const later = () => new Promise((resolve) => setTimeout(resolve, 300));";
  await page.evaluate(`(async () => { ${later} ${act}; await later(); await mirror.settle(); })()`);
  const [here, there] = (await page.evaluate(`[window, mirror.replica.frame.contentWindow].map((view) => {
    const { document } = view;
    const style = (selector) => view.getComputedStyle(document.querySelector(selector));
    const { getComputedStyle } = view;
    return ${look};
  })`)) as [unknown, unknown];
  expect(there).toEqual(here);
  await page.close();
});

test("what the customer has selected looks as the page wants it", async () => {
  const page = await mirroredPage(
    browser,
    "<style>p::selection { background: rgb(9, 8, 7) } ::selection { color: rgb(6, 5, 4) }</style><p>one</p><b>two</b>",
  );
  const own = await page.evaluate(() => {
    document.body.style.background = "Highlight";
    return getComputedStyle(document.body).backgroundColor;
  });
  const [p, b] = (await page.evaluate(`["p", "b"].map((selector) => {
    const { document, getComputedStyle } = mirror.replica.frame.contentWindow;
    const { backgroundColor, color } = getComputedStyle(document.querySelector(selector), "::highlight(copane-selection)");
    return { backgroundColor, color };
  })`)) as [unknown, unknown];
  expect(p).toEqual({ backgroundColor: "rgb(9, 8, 7)", color: "rgb(6, 5, 4)" });
  expect(b).toEqual({ backgroundColor: own, color: "rgb(6, 5, 4)" });
  await page.close();
});

test("a video without controls shows none where no script may run", async () => {
  const page = await mirroredPage(browser, "<video width=300 height=200></video>", {}, { elsewhere: true });
  const frame = page.context().pages()[1];
  await page.evaluate(
    "mirror.replica.frame.ownerDocument.querySelector('#copane-test-host').style.opacity = '1'",
  );
  const box = { x: 0, y: 0, width: 300, height: 200 };
  expect((await frame?.screenshot({ clip: box }))?.equals(await page.screenshot({ clip: box }))).toBe(true);
  await page.close();
});

test("light and dark are the customer's where the page leaves them to the browser", async () => {
  const page = await mirroredPage(
    browser,
    `<meta name=color-scheme content="light dark"><style>b { color-scheme: light dark; color: light-dark(red, lime) }
     i { color: light-dark(red, lime) }</style><b>one</b><i>two</i>`,
    {},
    { elsewhere: true },
  );
  const [, agent] = page.context().pages();
  await agent?.emulateMedia({ colorScheme: "light" });
  const colours = () =>
    page.evaluate(() => {
      const view = window.mirror.replica.frame.contentWindow as Window;
      return [window, view].map((one) =>
        [...one.document.querySelectorAll("b, i")].map((each) => one.getComputedStyle(each).color).join(),
      );
    });
  for (const [scheme, colour] of [
    ["dark", "rgb(0, 255, 0)"],
    ["light", "rgb(255, 0, 0)"],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const both = `${colour},${colour}`;
    await expect.poll(colours, { timeout: 10_000 }).toEqual([both, both]);
  }
  await page.close();
});

test("a picture that is another one each time is the customer's, who loads it alone", async () => {
  const page = await mirroredPage(browser, "<p id=p></p>");
  let loads = 0;
  await page.route("**/captcha.svg*", (route) => {
    const body = `<svg xmlns="http://www.w3.org/2000/svg" width="${100 + ++loads}" height="40"/>`;
    return route.fulfill({ contentType: "image/svg+xml", headers: { "cache-control": "no-store" }, body });
  });
  const widths = () =>
    page.evaluate(() =>
      [document, window.mirror.replica.frame.contentDocument as Document].map(
        (one) => one.querySelector<HTMLImageElement>("#p img")?.naturalWidth,
      ),
    );
  for (const wanted of [101, 102]) {
    await page.evaluate((n) => {
      const image = document.querySelector<HTMLImageElement>("#p img") ?? new Image();
      image.src = `/captcha.svg?${n}`;
      document.querySelector("#p")?.append(image);
    }, wanted);
    await expect.poll(widths).toEqual([wanted, wanted]);
  }
  expect(loads).toBe(2);
  await page.close();
});
