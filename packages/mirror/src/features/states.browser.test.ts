import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirror, mirroredPage, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** A page that is mirrored after its own script has run. */
async function page(html: string, before = ""): Promise<Page> {
  const page = await mirroredPage(browser, html, {}, { start: false });
  await page.evaluate(`void 0; ${before}`);
  await mirror(page);
  return page;
}

/** What an expression says in both documents, once it says the same, or after long enough. */
async function both(page: Page, expression: string): Promise<[page: unknown, replica: unknown]> {
  const read = `(() => { const of = (document) => { const window = document.defaultView; const byId = (id) => document.getElementById(id); return (${expression}); };
    return [of(document), of(window.mirror.replica.frame.contentDocument)]; })()`;
  const same = `(() => { const [mine, theirs] = ${read}; return JSON.stringify(mine) === JSON.stringify(theirs); })()`;
  await page.waitForFunction(same, undefined, { timeout: 25_000 }).catch(() => {});
  await page.evaluate(() => window.mirror.settle());
  return page.evaluate(read) as Promise<[unknown, unknown]>;
}

/** Which of `#a` and `#b` stands over the other, at the same place. */
const front = `(() => { const { left, top, width, height } = byId("a").getBoundingClientRect();
  return document.elementsFromPoint(left + width / 2, top + height / 2).find((e) => e.id === "a" || e.id === "b")?.id; })()`;
const dialogs = `<style>dialog,[popover]{inset:0;margin:20px;width:200px;height:90px}</style>
  <dialog id=a>a</dialog><dialog id=b>b</dialog>`;
const popovers = dialogs.replaceAll("<dialog", "<div popover=manual").replaceAll("</dialog", "</div");

test.concurrent.each([
  ["dialogs opened before the join", dialogs, "b.showModal(); a.showModal()", "", "a"],
  ["dialogs opened in another order before the join", dialogs, "a.showModal(); b.showModal()", "", "b"],
  ["popovers opened before the join", popovers, "b.showPopover(); a.showPopover()", "", "a"],
  ["dialogs opened after the join", dialogs, "", "b.showModal(); a.showModal()", "a"],
  ["a dialog that is opened again", dialogs, "a.showModal(); b.showModal()", "a.close(); a.showModal()", "a"],
  ["popovers opened after the join", popovers, "", "b.showPopover(); a.showPopover()", "a"],
  [
    "a popover over a modal dialog, for one who joins later",
    dialogs.replace("<dialog id=b>b</dialog>", "<div popover=manual id=b>b</div>"),
    "",
    "a.showModal(); b.showPopover(); mirror.capture.resync()",
    "a",
  ],
])("the top layer has its order: %s", async (_name, html, before, after, expected) => {
  const it = await page(html, before);
  await it.evaluate(after);
  expect(await both(it, front)).toEqual([expected, expected]);
  await it.close();
});

const menu = `<style>#m{inset:auto;margin:0;position-area:bottom span-right}button{margin:120px 0 0 200px}</style>
  <button id=o>open</button><div id=m popover>menu</div>`;

test.concurrent.each([
  ["by a call", menu, "", "m.showPopover({ source: o })"],
  ["by a call, for one who joins later", menu, "", "m.showPopover({ source: o }); mirror.capture.resync()"],
  ["by the property of a button", menu, "o.popoverTargetElement = m", "o.click()"],
  ["by the property of a button, before the join", menu, "o.popoverTargetElement = m; o.click()", ""],
  [
    "by the property of a button for a command",
    menu,
    "o.commandForElement = m; o.command = 'show-popover'",
    "o.click()",
  ],
])("a popover stands at what opened it: %s", async (_name, html, before, after) => {
  const it = await page(html, before);
  await it.evaluate(after);
  const [mine, theirs] = await both(
    it,
    "[Math.round(byId('m').getBoundingClientRect().left), byId('m').matches(':popover-open')]",
  );
  expect(theirs).toEqual(mine);
  expect(mine).toEqual([expect.any(Number), true]);
  expect((mine as number[])[0]).toBeGreaterThan(100);
  await it.close();
});

const boxes = `<style>@keyframes slide{from{margin-left:0}to{margin-left:300px}}.s{animation:slide 1s linear forwards}.r{animation:slide 1s linear infinite}
  .t{transition:opacity 90s linear}</style><div id=a>a</div>`;

test.concurrent.each([
  [
    "keyframes set later",
    boxes,
    "",
    "an = a.animate([{opacity:0},{opacity:0.5}],{duration:1,fill:'forwards'}); setTimeout(()=>an.effect.setKeyframes([{opacity:0},{opacity:0.75}]),600)",
    "getComputedStyle(byId('a')).opacity",
    "0.75",
  ],
  [
    "timing set later",
    boxes,
    "",
    "an = a.animate([{opacity:0},{opacity:0.5}],{duration:1,fill:'none'}); setTimeout(()=>an.effect.updateTiming({fill:'forwards'}),100)",
    "getComputedStyle(byId('a')).opacity",
    "0.5",
  ],
  [
    "an effect set later",
    boxes,
    "",
    "an = a.animate([{opacity:0},{opacity:0.5}],{duration:1,fill:'forwards'}); setTimeout(()=>{an.effect = new KeyframeEffect(a,[{opacity:0},{opacity:0.25}],{duration:1,fill:'both'})},600)",
    "getComputedStyle(byId('a')).opacity",
    "0.25",
  ],
  [
    "one that goes as something is scrolled",
    `${boxes}<div id=s style="height:50px;overflow:auto"><div style="height:1050px"></div></div>`,
    "",
    "a.animate([{opacity:0},{opacity:1}],{timeline:new ScrollTimeline({source:s}),fill:'both'}); s.scrollTop = 500",
    "getComputedStyle(byId('a')).opacity",
    "0.5",
  ],
  [
    "one that is made without an element",
    boxes,
    "",
    "a.animate([{top:0},{top:0}],1); setTimeout(()=>new Animation(new KeyframeEffect(a,[{opacity:0},{opacity:0.5}],{duration:1,fill:'forwards'})).play(),600)",
    "getComputedStyle(byId('a')).opacity",
    "0.5",
  ],
  [
    "one that another takes the place of",
    boxes,
    "",
    "a.animate({marginLeft:['5px','50px']},{duration:1,fill:'forwards'}); a.animate({marginLeft:['30px','30px']},{duration:1,fill:'forwards',composite:'add'})",
    "getComputedStyle(byId('a')).marginLeft",
    "30px",
  ],
  [
    "one that goes on beside another",
    boxes,
    "",
    "an=a.animate({marginLeft:['70px','70px']},{duration:1,fill:'forwards'}); an.persist(); an.finished.then(()=>a.animate({marginLeft:['20px','20px']},{duration:1,fill:'forwards',composite:'add'}))",
    "getComputedStyle(byId('a')).marginLeft",
    "90px",
  ],
  [
    "one of a stylesheet that stands still by its speed before the join",
    boxes,
    "a.className='r'; an=a.getAnimations()[0]; an.playbackRate=0; an.currentTime=400",
    "",
    "getComputedStyle(byId('a')).marginLeft",
    "120px",
  ],
  [
    "one of a stylesheet that a script cancels",
    boxes,
    "a.className='s'",
    "a.getAnimations()[0].cancel()",
    "getComputedStyle(byId('a')).marginLeft",
    "0px",
  ],
  [
    "one of a stylesheet that a script pauses",
    boxes,
    "a.className='r'",
    "an=a.getAnimations()[0]; an.pause(); an.currentTime=500",
    "getComputedStyle(byId('a')).marginLeft",
    "150px",
  ],
  [
    "one of a stylesheet that a script paused before the join",
    boxes,
    "a.className='r'; an=a.getAnimations()[0]; an.pause(); an.currentTime=500",
    "",
    "getComputedStyle(byId('a')).marginLeft",
    "150px",
  ],
])("animations: %s", async (_name, html, before, after, expression, expected) => {
  const it = await page(html, `var an; ${before}`);
  await it.evaluate(after);
  await it.waitForFunction(
    `getComputedStyle(a)[${JSON.stringify(expression)}.split(".").at(-1)] === "${expected}"`,
  );
  expect(await both(it, expression)).toEqual([expected, expected]);
  await it.close();
});

test("a host that delegates the focus has it too", async () => {
  const it = await page(
    `<style>x-field:focus{color:rgb(1,2,3)}x-field:focus-visible{margin-right:5px}</style><x-field id=a></x-field><x-field id=b></x-field>`,
    `for (const [host, delegatesFocus] of [[a, true], [b, false]])
      host.attachShadow({ mode: "open", delegatesFocus }).innerHTML = "<style>:host(:focus){margin-left:7px}:host(:focus-within){margin-top:3px}</style><input>"`,
  );
  const look =
    "['a','b'].map((id) => { const s = getComputedStyle(byId(id)); return s.color + s.marginLeft + s.marginTop + s.marginRight })";
  await it.locator("#a input").click();
  const [mine, theirs] = await both(it, look);
  expect(mine).toEqual(["rgb(1, 2, 3)7px3px0px", "rgb(0, 0, 0)0px0px0px"]);
  expect(theirs).toEqual(mine);
  await it.locator("#b input").click();
  // Browsers differ in this one.
  const [after, afterwards] = await both(it, look);
  expect(afterwards).toEqual(after);
  await it.close();
});

test("what has the focus in a closed shadow root looks so", async () => {
  const it = await page("<x-field id=a></x-field>");
  // The engine has seen it being made.
  await it.evaluate(
    `void (a.attachShadow({ mode: "closed", delegatesFocus: true }).innerHTML = "<style>input:focus{margin-left:33px}</style><input>")`,
  );
  await it.keyboard.press("Tab");
  await it.waitForFunction(() => {
    const host = window.mirror.replica.frame.contentDocument?.getElementById("a");
    const input = host?.shadowRoot?.querySelector("input");
    return input && getComputedStyle(input).marginLeft === "33px";
  });
  await it.close();
});

test.each([
  ["before the join", "show(v)", ""],
  ["after the join", "", "show(v)"],
])("a stream in a video is shown as stills: %s", async (_name, before, after) => {
  const show = `function show(v) { const c = document.createElement("canvas"); c.width = 80; c.height = 40; const x = c.getContext("2d");
    setInterval(() => { x.fillStyle = "rgb(0,90,200)"; x.fillRect(0, 0, 80, 40); }, 30); v.srcObject = c.captureStream(20); v.play(); };`;
  const it = await page(
    "<video id=v muted width=80 height=40></video>",
    `${show} window.show = show; ${before}`,
  );
  await it.evaluate(after);
  await it.waitForFunction(() => {
    const video = window.mirror.replica.frame.contentDocument?.querySelector("video");
    return video?.poster.startsWith("blob:");
  });
  const pixel = await it.evaluate(async () => {
    const document = window.mirror.replica.frame.contentDocument as Document;
    const { poster } = document.querySelector("video") as HTMLVideoElement;
    const bitmap = await createImageBitmap(await (await fetch(poster)).blob());
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  });
  expect(pixel[2]).toBeGreaterThan(150);
  expect(pixel[0]).toBeLessThan(60);
  await it.close();
});

const form = `<style>
  :is(input,select):invalid{border-top-width:11px}:is(input,select):valid{border-top-width:12px}input:placeholder-shown{border-left-width:13px}
  input:in-range{border-right-width:14px}input:out-of-range{border-right-width:15px}form:invalid{margin-top:16px}fieldset:valid{margin-top:17px}</style>
  <form><fieldset><input id=a type=email class=avcobrowse-mask value=ada@example.org><input id=b type=url class=avcobrowse-mask value=http://example.org/>
  <input id=c class=avcobrowse-mask pattern=[0-9]{5} value=12345><input id=d type=password required pattern=.{9,} value=short>
  <input id=e type=number class=avcobrowse-mask required min=1 max=5 value=12><input id=f type=date class=avcobrowse-mask required value=2026-01-02>
  <input id=g class=avcobrowse-mask placeholder=name><input id=h type=checkbox class=avcobrowse-mask required checked>
  <select id=i class=avcobrowse-mask required><option value="">none<option selected>one</select></fieldset></form>`;

test("masked fields, and what they are in, have the states of their values", async () => {
  const it = await page(form);
  const look = `[...document.querySelectorAll("input,select")].map((field) => { const s = getComputedStyle(field); return s.borderTopWidth + s.borderLeftWidth + s.borderRightWidth })
    .concat(["form", "fieldset"].map((tag) => getComputedStyle(document.querySelector(tag)).marginTop))`;
  const [mine, theirs] = await both(it, look);
  expect(theirs).toEqual(mine);
  expect((mine as string[]).at(-2)).toBe("16px");
  // And when the customer goes on.
  await it.locator("#d").fill("long enough");
  await it.locator("#e").fill("3");
  await it.locator("#g").fill("Ada");
  const [after, afterwards] = await both(it, look);
  expect(afterwards).toEqual(after);
  expect(after).not.toEqual(mine);
  expect((after as string[]).at(-1)).toBe("17px");
  const sent = await it.evaluate(async () => (await window.mirror.sentTexts()).join(""));
  expect(sent).not.toMatch(/ada@example|12345|long enough/);
  await it.close();
});

test("a customizable list is open where it is open in the page", async () => {
  const it = await page(
    `<style>select,::picker(select){appearance:base-select}select:open{margin-left:21px}</style>
     <select id=s><option>one<option>two</select>`,
  );
  const look = `[byId("s").matches(":open"), getComputedStyle(byId("s")).marginLeft]`;
  await it.locator("#s").click();
  expect(await both(it, look)).toEqual([
    [true, "21px"],
    [true, "21px"],
  ]);
  await it.keyboard.press("Escape");
  expect(await both(it, look)).toEqual([
    [false, "0px"],
    [false, "0px"],
  ]);
  await it.close();
});

test("what the agent's browser cannot load in a shadow root comes from the customer's", async () => {
  const it = await mirroredPage(browser, "<div id=h></div>", {}, { start: false });
  await it.route("http://files.local/**", (route) =>
    route.fulfill({
      headers: { "access-control-allow-origin": "*" },
      ...(route.request().url().endsWith("css")
        ? { contentType: "text/css", body: "p{color:rgb(1,2,3)}" }
        : {
            contentType: "image/svg+xml",
            body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
          }),
    }),
  );
  await it.evaluate(`h.attachShadow({ mode: "open" }).innerHTML =
    '<link rel=stylesheet crossorigin href=http://files.local/a.css><p>text</p><img crossorigin src=http://files.local/a.svg>'`);
  await it.waitForFunction(
    () => document.querySelector("#h")?.shadowRoot?.querySelector("img")?.naturalWidth === 9,
  );
  await mirror(it);
  const look = `[getComputedStyle(byId("h").shadowRoot.querySelector("p")).color, byId("h").shadowRoot.querySelector("img").naturalWidth]`;
  expect(await both(it, look)).toEqual([
    ["rgb(1, 2, 3)", 9],
    ["rgb(1, 2, 3)", 9],
  ]);
  await it.close();
});

const scrollers = ["p", "span", "li", "a", "button", "td", "label", "section", "h1", "pre"];

test("elements of any kind keep where they are scrolled to, whenever an agent joins", async () => {
  const it = await page(
    `<style>.s{display:block;width:60px;height:30px;overflow:auto;white-space:pre}</style>
     ${scrollers.map((tag) => (tag === "td" ? `<table><tr><td><div class=s>${"x ".repeat(90)}</div></table>` : `<${tag} class=s>${"x\n".repeat(30)}<b>b</b></${tag}>`)).join("")}
     <input class=s value="${"long ".repeat(60)}"><select class=s size=3>${"<option>o</option>".repeat(40)}</select>
     <x-list class=s></x-list><textarea class=s>${"x\n".repeat(40)}</textarea><table><tbody class=s><tr><td>${"x\n".repeat(40)}</table>`,
    "document.querySelector('x-list').attachShadow({ mode: 'open' }).innerHTML = '<p style=height:200px;width:200px>';" +
      "for (const s of document.querySelectorAll('.s')) { s.scrollTop = 21; s.scrollLeft = 17 }",
  );
  const where =
    "[...document.querySelectorAll('.s')].map((s) => s.localName + s.scrollLeft + ' ' + s.scrollTop)";
  const [mine, theirs] = await both(it, where);
  expect(theirs).toEqual(mine);
  expect((mine as string[]).filter((one) => one.endsWith("21")).length).toBeGreaterThan(10);
  await it.close();
});

test("what is moved with its state keeps it: scroll positions, documents of iframes, animations", async () => {
  const it = await page(
    `<style>@keyframes k{from{margin-left:0}to{margin-left:900px}} .s{height:30px;overflow:auto}</style>
     <div id=from><div id=m><div class=s id=a>${"x<br>".repeat(30)}</div><iframe id=f></iframe></div></div><div id=to></div>`,
    "f.contentDocument.body.textContent = 'inside'; a.scrollTop = 33",
  );
  const state = `[byId("m").parentNode.id, byId("a").scrollTop, byId("f").contentDocument.body.textContent]`;
  expect(await both(it, state)).toEqual([
    ["from", 33, "inside"],
    ["from", 33, "inside"],
  ]);
  await it.evaluate("to.moveBefore(m, null)");
  expect(await both(it, state)).toEqual([
    ["to", 33, "inside"],
    ["to", 33, "inside"],
  ]);
  // Moved as before, it loses them.
  await it.evaluate("from.append(m)");
  const [mine, theirs] = await both(it, state);
  expect(theirs).toEqual(mine);
  expect(mine).toEqual(["from", 0, ""]);
  await it.close();
});

test("parts of the page that are named by its whole address are found in the replica", async () => {
  const it = await page(
    `<style id=s></style><svg id=g width=300 height=100></svg><p id=p>text</p>`,
    `const at = location.href; s.textContent = "#p{clip-path:url('" + at + "#clip')}";
     g.innerHTML = '<clipPath id="clip"><rect width="10" height="10"/></clipPath><symbol id="dot" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol>' +
       '<rect id="a" width="100" height="100" fill="url(' + at + '#fill)" clip-path="url(\\'' + at + '#clip\\')" style="filter:url(' + at + '#f)"/>' +
       '<use id="u" href="' + at + '#dot" width="60" height="60"/><rect id="o" fill="url(http://other.test/#fill)"/>'`,
  );
  const [, theirs] = await both(
    it,
    `[byId("a").getAttribute("fill"), byId("a").getAttribute("clip-path"), byId("a").style.filter, byId("u").getAttribute("href"),
      byId("o").getAttribute("fill"), getComputedStyle(byId("p")).clipPath]`,
  );
  expect(theirs).toEqual([
    'url("#fill")',
    'url("#clip")',
    'url("#f")',
    "#dot",
    "url(http://other.test/#fill)",
    'url("#clip")',
  ]);
  // The page goes on to another address without being loaded: what it shows stays, and rules of scripts are read alike.
  await it.evaluate(`history.pushState(null, "", "?page=2");
    s.sheet.insertRule("#o{clip-path:url('" + location.href + "#clip')}", 1); s.sheet.cssRules[0].style.color = "red"`);
  const [, later] = await both(
    it,
    `[byId("a").getAttribute("fill"), ...["o", "p"].map((id) => getComputedStyle(byId(id)).clipPath)]`,
  );
  expect(later).toEqual(['url("#fill")', 'url("#clip")', 'url("#clip")']);
  await it.close();
});

test("sheets are read in the encoding of their page", async () => {
  const it = await mirroredPage(browser, "", {}, { start: false });
  const cyrillic = (text: string) =>
    Buffer.from(
      [...text].map((sign) => (sign >= "а" && sign <= "я" ? sign.charCodeAt(0) - 0x350 : sign.charCodeAt(0))),
    );
  const files: Record<string, Buffer> = {
    "s.css": cyrillic("@import 'j.css';.label::before{content:'слово'} .имя{color:rgb(0,9,0)}"),
    "named.css": Buffer.from('@charset "utf-8"; .имя{top:5px}'),
    "i.css": cyrillic(".имя{left:6px}"),
    "j.css": cyrillic(".имя{bottom:8px}"),
  };
  await it.route("*://site.test/**", (route) => {
    const file = files[route.request().url().split("/").at(-1) ?? ""];
    if (file) return route.fulfill({ headers: { "content-type": "text/css" }, body: file });
    const body = cyrillic(
      "<!doctype html><link rel=stylesheet href=s.css><link rel=stylesheet href=named.css><style>@import 'i.css';</style>" +
        "<p class=label>x</p><p id=p class=имя style='position:relative'>имя</p>",
    );
    return route.fulfill({ headers: { "content-type": "text/html; charset=windows-1251" }, body });
  });
  await it.goto("http://site.test/shop/page");
  await mirror(it);
  const look = `[getComputedStyle(document.querySelector(".label"), "::before").content, byId("p").textContent,
    ...["color", "top", "left", "bottom"].map((name) => getComputedStyle(byId("p"))[name])]`;
  const [mine, theirs] = await both(it, look);
  expect(mine).toEqual(['"слово"', "имя", "rgb(0, 9, 0)", "5px", "6px", "8px"]);
  expect(theirs).toEqual(mine);
  // A file that a script edits becomes a text, with what it imports.
  await it.evaluate("document.querySelector('link').sheet.insertRule('#p{color:rgb(7,7,7)}', 2)");
  const [edited, afterwards] = await both(it, look);
  expect((edited as string[])[2]).toBe("rgb(7, 7, 7)");
  expect(afterwards).toEqual(edited);
  await it.close();
});

test.each([
  ["before the join", true],
  ["after the join", false],
])("custom highlights, as they come, change and go: %s", async (_name, early) => {
  const text = "<style>::highlight(found){color:rgb(1,2,3)}</style><p id=p>one<!-- --> two <b>three</b></p>";
  const set = `{ const range = new Range(); range.setStart(p.firstChild, 1); range.setEnd(p, 4);
    CSS.highlights.set("found", Object.assign(new Highlight(range), { priority: 3 })); }`;
  const it = await page(text, early ? set : "");
  if (!early) await it.evaluate(`void 0; ${set}`);
  const look = `[...window.CSS.highlights].filter(([name]) => name !== "copane-selection")
    .map(([name, h]) => [name, h.priority, h.type, ...[...h].map(String)])`;
  const first = [["found", 3, "highlight", "ne two three"]];
  expect(await both(it, look)).toEqual([first, first]);
  await it.evaluate("CSS.highlights.get('found').forEach((range) => range.setStart(p.lastChild, 0))");
  const second = [["found", 3, "highlight", "three"]];
  expect(await both(it, look)).toEqual([second, second]);
  await it.evaluate("window.mirror.capture.resync()");
  expect(await both(it, look)).toEqual([second, second]);
  await it.evaluate("CSS.highlights.clear()");
  expect(await both(it, look)).toEqual([[], []]);
  await it.close();
});

test("custom properties that scripts register have their type", async () => {
  const it = await page(
    "<style>#p{--size:2em;width:var(--size);font-size:20px}b{width:var(--size)}</style><p id=p><b id=b>b</b></p>",
  );
  await it.evaluate(
    "CSS.registerProperty({ name: '--size', syntax: '<length>', inherits: true, initialValue: '0px' })",
  );
  const look = "['p','b'].map((id) => getComputedStyle(byId(id)).getPropertyValue('--size'))";
  expect(await both(it, look)).toEqual([
    ["40px", "40px"],
    ["40px", "40px"],
  ]);
  await it.evaluate("window.mirror.capture.resync()");
  const [, theirs] = await both(it, look);
  expect(theirs).toEqual(["40px", "40px"]);
  await it.close();
});

test("slots show what scripts assign to them", async () => {
  const it = await page(
    "<div id=h><p id=a>a</p><p id=b>b</p><p id=c>c</p></div>",
    `const root = h.attachShadow({ mode: "open", slotAssignment: "manual" }); root.innerHTML = "<slot id=one></slot><slot id=two></slot>";
     root.getElementById("one").assign(b, a);`,
  );
  const look = `[...byId("h").shadowRoot.querySelectorAll("slot")].map((slot) => slot.assignedNodes().map((node) => node.id).join())`;
  expect(await both(it, look)).toEqual([
    ["b,a", ""],
    ["b,a", ""],
  ]);
  await it.evaluate("h.shadowRoot.getElementById('two').assign(c, b)");
  expect(await both(it, look)).toEqual([
    ["a", "c,b"],
    ["a", "c,b"],
  ]);
  await it.evaluate("b.remove(); h.shadowRoot.getElementById('one').assign()");
  expect(await both(it, look)).toEqual([
    ["", "c"],
    ["", "c"],
  ]);
  await it.close();
});
