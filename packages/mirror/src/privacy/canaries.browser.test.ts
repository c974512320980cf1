import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bothSides, canary, closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

/** Where a page can put what stands in a secret field: markup that is there before, and what a script does later. */
type Place = readonly [where: string, markup: string, script: string];

const places: Place[] = [
  // The field anew.
  ["a clone shown", "", "const c=field.cloneNode();c.type='text';c.id='';box.append(c)"],
  ["innerHTML of the box", "", "box.innerHTML='<input id=other value='+secret+'>'"],
  ["replaceWith", "", "const n=document.createElement('input');n.value=secret;field.replaceWith(n)"],
  [
    "another element later",
    "",
    "const n=document.createElement('input');n.name='x';field.remove();box.append(n);setTimeout(()=>n.value=secret,60)",
  ],
  ["textarea", "<textarea id=t></textarea>", "t.value='is '+secret"],
  ["textarea's default", "<textarea id=t></textarea>", "t.textContent=secret"],
  [
    "search, email, url, tel, number fields",
    "",
    "for(const type of ['search','email','url','tel']){const n=document.createElement('input');n.type=type;n.value=secret;box.append(n)}",
  ],
  [
    "hidden field",
    "",
    "const n=document.createElement('input');n.type='hidden';n.value=secret;n.setAttribute('value',secret);box.append(n)",
  ],
  [
    "button value",
    "",
    "const n=document.createElement('input');n.type='button';n.value=secret;box.append(n)",
  ],
  [
    "submit value attribute",
    "",
    "box.insertAdjacentHTML('beforeend','<input type=submit value='+secret+'><input type=reset value='+secret+'><input type=image alt='+secret+'>')",
  ],
  ["checkbox value", "", "box.insertAdjacentHTML('beforeend','<input type=checkbox value='+secret+'>')"],
  ["contenteditable", "<div contenteditable id=e></div>", "e.textContent=secret"],
  // Text.
  ["output", "<output id=o></output>", "o.value=secret"],
  ["output's default", "<output id=o></output>", "o.defaultValue=secret"],
  [
    "datalist",
    "<input list=dl><datalist id=dl></datalist>",
    "dl.innerHTML='<option value='+secret+'><option label='+secret+'>'+secret",
  ],
  ["option", "<select id=s></select>", "s.add(new Option(secret,secret))"],
  ["option label", "<select id=s><option id=o label=x>y</select>", "o.label=secret"],
  ["optgroup", "<select id=s><optgroup id=o label=x><option>y</select>", "o.label=secret"],
  ["capitals", "<p id=p>x</p>", "p.textContent=secret.toUpperCase();p.title=secret.toUpperCase()"],
  ["text changed", "<p id=p>x</p>", "p.firstChild.data='is '+secret+'.'"],
  ["appendData", "<p id=p>x</p>", "p.firstChild.appendData(secret)"],
  [
    "svg text",
    "<svg><text id=x>.</text><title id=y>.</title></svg>",
    "x.textContent=secret;y.textContent=secret",
  ],
  ["live region", "<div aria-live=polite id=p></div>", "p.textContent=secret"],
  ["shadow text", "<div id=h></div>", "h.attachShadow({mode:'open'}).innerHTML='<p>'+secret"],
  ["closed shadow text", "<x-s id=h></x-s>", "h.attachShadow({mode:'closed'}).innerHTML='<p>'+secret"],
  [
    "same-origin frame",
    "<iframe id=fr></iframe>",
    "fr.contentDocument.body.append(secret);fr.contentDocument.body.insertAdjacentHTML('beforeend','<input value='+secret+'>')",
  ],
  ["srcdoc frame", "<iframe id=fr></iframe>", "fr.srcdoc='<p title='+secret+'>'+secret"],
  ["frame name, title", "<iframe id=fr></iframe>", "fr.name=secret;fr.title=secret"],
  ["dialog element", "<dialog id=d></dialog>", "d.textContent=secret;d.showModal()"],
  [
    "template",
    "",
    "box.insertAdjacentHTML('beforeend','<template>'+secret+'</template><noscript>'+secret+'</noscript>')",
  ],
  // Attributes.
  ...[
    "ng-reflect-value",
    "ng-reflect-model",
    "data-value",
    "data-x",
    "aria-valuetext",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "title",
    "alt",
    "placeholder",
    "label",
    "content",
    "value",
    "lang",
    "id",
    "class",
    "part",
    "slot",
    "name",
    "for",
    "itemprop",
    "x-model",
    "v-bind:value",
    "foo",
    "href",
    "src",
    "style",
    "srcset",
    "cite",
    "download",
    "target",
    "rel",
    "type",
    "role",
    "abbr",
    "headers",
    "usemap",
    "list",
    "pattern",
    "media",
    "sizes",
    "color",
    "fill",
    "d",
    "points",
    "transform",
    "viewBox",
    "width",
  ].map(
    (name): Place => [
      `attribute ${name}`,
      "<p id=p>.</p><x-c id=c></x-c><img id=i><a id=a>.</a><svg><path id=v></path></svg>",
      `for(const e of [p,c,i,a,v,box])e.setAttribute(${JSON.stringify(name)},secret)`,
    ],
  ),
  [
    "attribute of its own field",
    "",
    "for(const n of ['value','data-v','title','aria-valuetext','ng-reflect-value','placeholder','pattern','alt'])field.setAttribute(n,secret)",
  ],
  [
    "attribute of the form",
    "<form id=fo></form>",
    "fo.setAttribute('action','/x?p='+secret);fo.name=secret;fo.title=secret",
  ],
  ["meta", "<meta id=m name=x>", "m.content=secret"],
  [
    "link in head",
    "",
    "document.head.insertAdjacentHTML('beforeend','<link rel=canonical href=/'+secret+'><link rel=stylesheet href=/'+secret+'.css title='+secret+'>')",
  ],
  ["address encoded", "<a id=a>x</a>", "a.href='/x/'+encodeURIComponent(secret)"],
  ["json in an attribute", "<p id=p>x</p>", "p.dataset.state=JSON.stringify({value:secret})"],
  // The page.
  ["document.title", "", "document.title='x '+secret"],
  ["title element", "<title id=ti>x</title>", "document.querySelector('title').textContent=secret"],
  ["pushState path", "", "history.pushState({},'','/a/'+secret)"],
  ["pushState query", "", "history.pushState({},'','?a='+secret)"],
  ["hash", "", "location.hash=secret"],
  [
    "document.documentElement",
    "",
    "document.documentElement.setAttribute('data-x',secret);document.documentElement.lang=secret;document.body.className=secret",
  ],
  // Style.
  ["content by attr()", "<style>#p::before{content:attr(data-c)}</style><p id=p></p>", "p.dataset.c=secret"],
  [
    "content by a rule",
    "<style id=st></style><p id=p>.</p>",
    "st.sheet.insertRule('#p::after{content:\"'+secret+'\"}')",
  ],
  [
    "content by text of a style",
    "<style id=st></style><p id=p>.</p>",
    "st.textContent='#p::after{content:\"'+secret+'\"}'",
  ],
  [
    "content by rule.style",
    "<style id=st>#p::after{content:''}</style><p id=p>.</p>",
    "st.sheet.cssRules[0].style.content='\"'+secret+'\"'",
  ],
  [
    "custom property inline",
    "<p id=p>.</p>",
    "p.style.setProperty('--x',secret);p.style.setProperty('--y','\"'+secret+'\"')",
  ],
  ["custom property at the root", "", "document.documentElement.style.setProperty('--x',secret)"],
  [
    "custom property by a rule",
    "<style id=st>:root{--x:1}</style>",
    "st.sheet.cssRules[0].style.setProperty('--x',secret)",
  ],
  [
    "custom property name",
    "<style id=st>:root{--x:1}</style>",
    "st.sheet.cssRules[0].style.setProperty('--'+secret,'1')",
  ],
  [
    "selector text",
    "<style id=st>p{--x:1}</style>",
    "st.sheet.cssRules[0].selectorText='[data-x='+secret+']'",
  ],
  [
    "adopted sheet",
    "",
    "const s=new CSSStyleSheet;s.replaceSync('p::after{content:\"'+secret+'\"}');document.adoptedStyleSheets=[s]",
  ],
  [
    "adopted sheet, later",
    "",
    "const s=new CSSStyleSheet;document.adoptedStyleSheets=[s];setTimeout(()=>s.insertRule('p::after{content:\"'+secret+'\"}'),80)",
  ],
  [
    "keyframes",
    "<style id=st>@keyframes k{from{--x:1}}</style>",
    "st.sheet.insertRule('@keyframes '+secret+'{from{--y:\"'+secret+'\"}}')",
  ],
  ["element.animate", "<p id=p>.</p>", "p.animate({'--x':[secret,secret]},{duration:1e5,id:secret})"],
  [
    "media query",
    "",
    "document.head.insertAdjacentHTML('beforeend','<style media=\"('+secret+')\" title='+secret+'>/*'+secret+'*/p{}</style>')",
  ],
  ["url in style", "<p id=p>.</p>", "p.style.backgroundImage='url(/'+secret+'.png)'"],
  // Fields say something.
  ["setCustomValidity", "<input id=q required>", "q.setCustomValidity(secret);q.reportValidity()"],
  ["selection", "<p id=p>x</p>", "p.textContent=secret;getSelection().selectAllChildren(p)"],
  [
    "progress, meter",
    "<progress id=pr></progress>",
    "pr.setAttribute('aria-valuetext',secret);pr.textContent=secret",
  ],
  ["picture address", "<img id=i>", "i.src='/'+secret+'.png';i.alt=secret"],
  [
    "picture data",
    "<img id=i>",
    "i.src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"20\">'+secret+'</text></svg>'",
  ],
  [
    "table",
    "<table id=tb><tr><td id=td>x</table>",
    "td.textContent=secret;tb.createCaption().textContent=secret",
  ],
  [
    "track, video",
    "<video id=vi></video>",
    "vi.poster='/'+secret+'.png';vi.innerHTML='<track label='+secret+' src=/'+secret+'.vtt>'",
  ],
  ["element name", "", "box.append(document.createElement('x-'+secret))"],
  ["attribute name", "<p id=p>.</p>", "p.setAttribute('data-'+secret,'1');p.setAttribute(secret,'')"],
];

/** Fields whose value is a secret, and how it comes into them. */
const fields: [how: string, markup: string, set: string][] = [
  [
    "typed",
    "<input type=password id=field>",
    "field.focus();document.execCommand('insertText',false,secret)",
  ],
  ["set by a script", "<input id=field autocomplete=one-time-code>", "field.value=secret"],
  [
    "of a marked area",
    "<div class=avcobrowse-mask><textarea id=field></textarea></div>",
    "field.value=secret",
  ],
];

interface Visit {
  markup: string;
  secret: string;
  set: string;
  act: string;
}

/** In the page: builds its stage anew, fills the field, and acts; gives all that was sent because of it. */
async function visit({ markup, secret, set, act }: Visit): Promise<string> {
  const { mirror } = window;
  const from = mirror.sent.length;
  const stage = document.getElementById("stage") as HTMLElement;
  const run = (code: string) => new Function("secret", code)(secret);
  const turn = () => new Promise((done) => setTimeout(done, 30));
  stage.innerHTML = markup;
  run(set);
  await turn();
  run(act);
  await turn();
  // What is sent now proves that all before it was.
  const last = `last${Math.random()}`;
  stage.append(last);
  while (!mirror.mirror().includes(last)) await turn();
  return (await mirror.sentTexts(from)).join("");
}

test.each(fields)("a secret that is %s is masked wherever it stands", async (_how, field, set) => {
  const page = await mirroredPage(browser, "<meta charset=utf-8><div id=stage></div>");
  const secret = canary(3);
  const leaks: string[] = [];
  for (const [where, markup, script] of places) {
    const html = `<div id=box>${field}</div>${markup}`;
    const sent = await page.evaluate(visit, { markup: html, secret, set, act: script });
    expect(sent).toContain("last");
    if (sent.toLowerCase().includes(secret.slice(0, 8))) leaks.push(where);
  }
  expect(leaks).toEqual([]);
  expect((await bothSides(page)).errors).toEqual([]);
  await page.close();
});
