import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, engineNames, startEngine } from "../../../scripts/drivers/index.ts";
import { differences } from "./testing/in-page-digest.ts";
import { servePages } from "./testing/serve-pages.ts";

const box = (color: string) =>
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect width='30' height='20' fill='${color}'/></svg>`;

/**
 * What people reported of other mirrors, several things in a page: all elements have to look as in the page.
 */
const pages: [name: string, html: string, act?: string][] = [
  [
    "attributes of old pages",
    `<table border=3 cellpadding=9 bgcolor=yellow background="${box("lime")}" width="60%" rules=rows><caption align=bottom>c</caption>
     <col width=90><tr><td width=100 height=60 nowrap>cell<td bgcolor=pink valign=top align=right>x</table>
     <font size=6 color=red face=serif>f</font><center>c</center><hr noshade size=9 width=50%><ul type=square compact><li>x</ul>
     <ol start=5 reversed><li>a<li value=9>b</ol><img src="${box("red")}" hspace=20 vspace=10 align=right border=4>
     <input type=image src="${box("teal")}" alt=go><dir><li>q</dir><big>b</big><tt>t</tt><xmp><b>x</b></xmp><nobr>n</nobr>`,
  ],
  [
    "names that no script could give",
    `<style>[\\@click] { color: red } [\\:foo] { border: 3px solid } [\\(x\\)] { padding: 9px }</style>
     <p @click=a :foo=b (x)=c [y]=d #z=e *ngIf=f {{q}}>odd</p><p "=""=x>quoted</p><foo:bar>colon</foo:bar><a"b>tag</a"b>`,
  ],
  [
    "targets, scripts and comments between elements",
    `<style>:target { background: gold; padding: 30px } .tab:not(:target) { display: none } div > :nth-child(2) { color: red }
     div > :last-child { color: blue } p:first-child { font-size: 30px } i:empty { border: 4px solid } noscript { display: block }</style>
     <p id=one class=tab>one</p><p id=two class=tab>two</p><div><script>1</script><p>a</p><noscript>x</noscript><p>b</p>
     <link rel=preload><meta name=x></div><div><template><p>t</p></template><p>c</p><script></script></div><i><!-- c --></i>`,
    `location.hash = "two"`,
  ],
  [
    "styles that are written piece by piece",
    `<style id=s></style><style id=t>p { color: red }</style><style type="text/less">p { display: none }</style><p>a</p><b>b</b><div id=h></div>`,
    `s.append("p{border:", "3px solid red}"); s.append("b{padding:9px}"); t.firstChild.data = "p{color:lime}"; await later();
     s.sheet.insertRule("p{margin:40px}", 0); await later(); t.textContent = "b{color:blue}"; await later(); s.append("p{background:gold}");
     const one = new CSSStyleSheet(); one.replaceSync("p{text-indent:20px}"); document.adoptedStyleSheets.push(one); await later();
     const two = new CSSStyleSheet(); two.replace("p{letter-spacing:3px}"); h.attachShadow({ mode: "open" }).innerHTML = "<p>s</p>";
     h.shadowRoot.adoptedStyleSheets.push(one, two); await later(); document.adoptedStyleSheets.unshift(two);
     two.insertRule("p{border-left:3px solid}"); await later();
     // WebKit itself does not see that a list has become shorter.
     if (!CSS.supports("hanging-punctuation", "first")) document.adoptedStyleSheets.length = 1`,
  ],
  [
    "layers, containers, scopes, nesting, counters and their like",
    `<style>@layer a, b; @layer b { p { color: lime } } @layer a { p { color: red } } .c { container-type: inline-size; width: 300px }
     @container (min-width: 200px) { .c i { color: red } } .n { & u { color: red } .z & { color: gold } @media (min-width: 10px) { padding: 9px } }
     @supports (display: grid) { em { display: block } } .gt { background: linear-gradient(red, blue); -webkit-background-clip: text; color: transparent }
     .lc { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; width: 100px } .md\\:flex { display: flex }
     [class~="w-1/2"] { width: 50% } .ic::before { content: "\\e900 \\2713" } .at::after { content: attr(data-x) } ol { counter-reset: k }
     ol li { counter-increment: k } ol li::after { content: counters(k, ".") } q::before { content: "«" } :root { --q: 1; --w: { a: b } }</style>
     <p>layers</p><div class=c><i>container</i></div><div class=z><div class=n>nest <u>u</u></div></div><em>em</em><h1 class=gt>gradient</h1>
     <div class=lc>many words that are cut off after two lines of it all</div><div class="md:flex"><span>f</span></div>
     <div class="w-1/2" style="background: red; --x: {a:b}; color: var(--none, blue)">half</div><i class=ic></i><i class=at data-x="it's &quot;x&quot;"></i><ol><li>x</ol><q>q</q>`,
  ],
  [
    "what controls hold",
    `<progress id=p></progress><meter id=m value=0.2></meter><select id=s multiple><option>a<option>b<option>c</select>
     <select id=t><option>a<option>b</select><input type=range id=r><input type=color id=c><input type=date id=d><input type=time id=i>
     <input type=checkbox id=k><input type=radio name=x id=x1><input type=radio name=x checked><output id=o></output>
     <textarea id=a>old</textarea><input id=n>`,
    `m.value = 0.9; s.options[0].selected = s.options[2].selected = true; t.selectedIndex = -1; r.value = 80; c.value = "#ff0000";
     d.value = "2026-02-03"; i.value = "12:30"; k.indeterminate = true; x1.checked = true; o.value = "out"; a.defaultValue = "def"; await later();
     a.value = "typed"; a.defaultValue = "other"; s.append(new Option("d", "d", true, true)); n.setAttribute("value", "attribute"); await later();
     n.value = "property"; n.setAttribute("value", "again"); p.value = 0.4; await later(); p.removeAttribute("value")`,
  ],
  [
    "white space and texts in pieces",
    `<pre>\n\nleading</pre><textarea>\n\nlead</textarea><p style="white-space: pre" id=p></p><div style="white-space: pre-line" id=q>a  b\nc</div>`,
    `p.append("a\\r\\nb\\tc", "", "\\n d  "); q.firstChild.splitText(2); q.append(""); q.normalize()`,
  ],
  [
    "bodies, heads and tables that scripts make anew",
    `<p>old</p>`,
    `const body = document.createElement("body"); body.innerHTML = "<table id=t border=1><tr><td>a</table><details name=g open><summary>a</summary>aa</details><details name=g id=e><summary>b</summary>bb</details>";
     body.className = "k"; document.body.replaceWith(body); await later(); const head = document.createElement("head");
     head.innerHTML = "<style>.k{background:gold}</style>"; document.head.replaceWith(head); document.documentElement.dir = "rtl";
     t.createCaption().textContent = "cap"; t.tBodies[0].insertRow(0).innerHTML = "<td>new<td>x"; t.tBodies[0].rows[1].cells[0].colSpan = 2;
     const row = document.createElement("tr"); row.innerHTML = "<td>direct"; t.append(row); e.open = true`,
  ],
  [
    "frames that scripts fill, and shadow roots of markup",
    `<iframe id=a></iframe><iframe id=c srcdoc="<body style='background: pink'>outer<iframe srcdoc='deep <b>b</b>'></iframe>"></iframe>
     <div id=h><template shadowrootmode=open><style>p { color: red } ::slotted(b) { color: blue } :host([x]) { padding: 9px }</style>
     <p part=pp>made</p><slot></slot><slot name=n>fallback</slot></template><b>slotted</b></div><style>#h::part(pp) { background: gold }</style>`,
    `a.contentDocument.body.innerHTML = "<p style='color:red'>inside"; await later(); a.contentDocument.body.append("more");
     c.contentDocument.querySelector("iframe").contentDocument.querySelector("b").textContent = "changed"; h.setAttribute("x", "");
     const named = document.createElement("s"); named.slot = "n"; named.textContent = "named"; h.append(named)`,
  ],
  [
    "scrolling to the left, up and sideways",
    `<div id=r dir=rtl style="width: 200px; overflow: auto"><div style="width: 900px">rtl text</div></div>
     <div id=v style="writing-mode: vertical-rl; width: 200px; height: 80px; overflow: auto"><div style="width: 900px">vertical</div></div>
     <textarea id=t rows=2>1\n2\n3\n4\n5\n6</textarea><div id=s style="scroll-snap-type: x mandatory; width: 100px; overflow: auto; display: flex; scroll-behavior: smooth">
     <div style="flex: none; width: 100px; scroll-snap-align: start">A</div><div style="flex: none; width: 100px; scroll-snap-align: start">B</div></div>`,
    `r.scrollLeft = -150; v.scrollLeft = -120; t.scrollTop = 30; s.scrollTo({ left: 100, behavior: "instant" })`,
  ],
];

describe.each(engineNames)("in %s", (name) => {
  let engine: Engine;
  let served: Awaited<ReturnType<typeof servePages>>;
  beforeAll(async () => {
    const bodies = Object.fromEntries(pages.map(([, html], i) => [`page-${i}`, html]));
    [engine, served] = await Promise.all([startEngine(name), servePages("in-page.ts", bodies)]);
  });
  afterAll(async () => {
    await engine?.close();
    served?.server.close();
  });

  const here = pages.map(([what], i) => [what, i] as const);

  test.each(here)("nothing looks otherwise: %s", async (_what, i) => {
    const page = await engine.open(`${served.url}/page-${i}`);
    await page.evaluate(async (acting) => {
      window.mirror = window.startMirror();
      await window.mirror.settle();
      const later = () => new Promise((resolve) => setTimeout(resolve, 150));
      await new Function("later", `return (async () => { ${acting} })()`)(later);
      await window.mirror.settle();
    }, pages[i]?.[2] ?? "");
    const found = () =>
      page.evaluate((compare) => {
        const there = window.mirror.replica.frame.contentDocument as Document;
        return new Function(`return (${compare})(...arguments)`)(document, there) as string[];
      }, String(differences));
    await expect.poll(found, { timeout: 10_000 }).toEqual([]);
    await page.close();
  });
});
