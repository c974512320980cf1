/** A place of a page that can tell what stands in a masked part of it. */
export interface MaskedPlace {
  place: string;
  /** `{c}` is where the word goes, `{m}` what marks an element. */
  markup: string;
  /** What a script does there once it is shown; `box` holds the markup, `later` waits a moment. */
  act?: string;
}

const place = (name: string, markup: string, act?: string): MaskedPlace => ({
  place: name,
  markup,
  ...(act && { act }),
});

/** Makes a component with a shadow root, and puts nodes into it at once. */
const component = (shadow: string, light: string, mode = "open") =>
  `const h = document.createElement('div'); h.innerHTML = ${JSON.stringify(light)}.replaceAll('{c}', word);` +
  `const r = h.attachShadow({ mode: '${mode}' }); r.innerHTML = ${JSON.stringify(shadow)}; box.append(h);`;

/** What names, shapes and kinds of a masked element tell. */
const ofElement = [
  place("a role", "<p {m} role={c}>.</p>"),
  place("a kind", "<ol {m} type={c}><li type={c}>.</ol><x-k {m} type={c}>.</x-k>"),
  place("an element that only a script knows", "<div {m}><{c}>.</{c}><x:{c}>.</x:{c}></div>"),
  place(
    "elements of other languages",
    "<div {m}></div>",
    "for (const ns of ['svg', 'Math/MathML', 'other'])" +
      " box.firstChild.append(document.createElementNS('http://www.w3.org/' + ({ svg: '2000/', 'Math/MathML': '1998/', other: '1/' })[ns] + ns, word))",
  ),
  place(
    "a class that a style in the masked place names",
    "<div {m}><style>.{c}{color:red}</style><p class={c}>.</div>",
  ),
  place(
    "a component that is defined",
    "<div {m}></div>",
    "customElements.define('x-' + word, class extends HTMLElement { constructor() { super(); this.attachInternals(); } });" +
      "box.firstChild.append(document.createElement('x-' + word))",
  ),
];

/** Names that a style makes up, words that a browser passes over, and numbers that count something. */
const inStyle = [
  "font-family:{c}",
  "font:12px {c}",
  "animation:{c} 1s",
  "view-transition-name:{c}",
  "anchor-name:--{c}",
  "width:anchor(--{c} right)",
  "container:{c}/inline-size",
  "grid-area:{c}",
  "grid-template-columns:[{c}] 1fr",
  "counter-reset:{c} 2",
  "list-style:{c}",
  "will-change:transform,{c}",
  "transition:{c} 1s",
  "page:{c}",
  "--{c}:1px",
  "--x:{c}",
  "margin:{c} var(--x)",
  "margin:{c}(1) var(--x)",
  "color:#{c} var(--x)",
  "color:var(--{c},{c})",
  "width:attr(data-{c} px)",
  "account:{c}",
  "color:red;{c}:1",
  "{c}",
].map((style) => place(`the style ${style}`, `<p {m} style="${style}">.</p>`));

/** What a component shows in a masked part of its own. */
const inSlots = [
  place(
    "a slot in a masked part",
    "",
    component("<div {m}><slot></slot></div>", "<p title={c}>{c}</p>{c}<input value={c}>"),
  ),
  place("a masked slot", "", component("<slot {m}></slot>", "<p>{c}</p>{c}")),
  place(
    "a slot in a hidden part",
    "",
    component("<div class=avcobrowse-hide><slot></slot></div>", "<p>{c}</p>{c}"),
  ),
  place(
    "a slot of a closed component",
    "",
    component("<div {m}><slot></slot></div>", "<p>{c}</p>{c}", "closed"),
  ),
  place(
    "a slot of a component in a component",
    "",
    `${component("<x-in><slot></slot></x-in>", "<p>.</p>")}
      r.firstChild.attachShadow({ mode: 'open' }).innerHTML = '<div {m}><slot></slot></div>'; h.firstChild.textContent = word`,
  ),
  place(
    "a slot that an element is given later",
    "",
    `${component("<slot></slot><div {m}><slot name=s></slot></div>", "<p>.</p>")}
      await later(); h.firstChild.slot = 's'; h.firstChild.innerHTML = '<b title=' + word + '>' + word`,
  ),
  place(
    "a slot that is moved later",
    "",
    `${component("<p><slot></slot></p><div {m}></div>", "<p>.</p>")}
      await later(); r.lastChild.append(r.querySelector('slot')); h.firstChild.textContent = word; h.append(word)`,
  ),
  place(
    "a slot around which the mark comes later",
    "",
    `${component("<div><slot></slot></div>", "<p>.</p>")}
      await later(); r.firstChild.className = 'avcobrowse-mask'; await later(); h.firstChild.textContent = word; h.append(word)`,
  ),
  place(
    "a slot that a script fills",
    "<div></div>",
    `const r = box.firstChild.attachShadow({ mode: 'open', slotAssignment: 'manual' }); r.innerHTML = '<div {m}><slot></slot></div>';
      const p = document.createElement('p'); box.firstChild.append(p); await later();
      p.textContent = word; r.querySelector('slot').assign(p)`,
  ),
];

/** What stands outside and belongs to what is masked. */
const around = [
  place(
    "what a masked field offers",
    "<input {m} list=list-{c}><datalist id=list-{c}><option value={c}>{c}</datalist>",
  ),
  place(
    "what a field offers that is masked later",
    "<div><input list=dl></div><datalist id=dl></datalist>",
    "await later(); box.firstChild.className = 'avcobrowse-mask'; box.lastChild.innerHTML = '<option label=' + word + '>' + word",
  ),
  place(
    "what a field offers of which a masked one comes later",
    "<input list=later><datalist id=later></datalist>",
    "await later(); const i = document.createElement('input'); i.className = 'avcobrowse-mask'; i.setAttribute('list', 'later');" +
      "box.append(i); box.querySelector('datalist').innerHTML = '<option value=' + word + '>' + word",
  ),
  place(
    "a field that leaves the masked place at once",
    "<div {m}><input></div>",
    "const i = box.querySelector('input'); await later(); i.value = word; box.append(i)",
  ),
  place(
    "the masked title of the page",
    "",
    "const t = document.createElement('title'); t.className = 'avcobrowse-mask'; t.textContent = word; document.head.prepend(t);" +
      "await later(); t.remove()",
  ),
];

/** Secret fields that are gone, or have become others, before anybody has read them. */
const ofSecrets = [
  place(
    "a password that is replaced at once",
    "<div><input type=password></div>",
    "const f = box.querySelector('input'); await later(); f.value = word; box.firstChild.innerHTML = '<p>' + word",
  ),
  place(
    "a password that was there for a moment",
    "<div></div><p></p>",
    "const f = document.createElement('input'); f.type = 'password'; box.firstChild.append(f); f.value = word; f.remove();" +
      "await later(); box.lastChild.textContent = word",
  ),
  place(
    "a password in a component that is made later, which the component repeats",
    "<x-late></x-late>",
    "await later(); const h = box.firstChild; const r = h.attachShadow({ mode: 'open' }); r.innerHTML = '<input type=password>';" +
      "r.firstChild.value = word; await later(); h.setAttribute('value', word); h.title = word",
  ),
  place(
    "a field of a component that is given its label",
    "",
    `${component("<slot></slot><input>", "<label>Password</label>")} r.lastChild.value = word`,
  ),
];

export const maskedPlaces: readonly MaskedPlace[] = [
  ...ofElement,
  ...inStyle,
  ...inSlots,
  ...around,
  ...ofSecrets,
];
