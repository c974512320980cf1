import { html, type Routes } from "../support/http.ts";

/** One canary a place: what must never leave the browser, and one that must, so that the test can fail. */
export class Canaries {
  readonly #planted = new Map<string, string>();
  readonly control = word("control");

  /** A fresh word for a place. */
  plant(place: string): string {
    const canary = word(String(this.#planted.size));
    this.#planted.set(canary, place);
    return canary;
  }

  /** The places whose canary `escaped` finds. */
  places(escaped: (canary: string) => boolean): string[] {
    return [...this.#planted].filter(([canary]) => escaped(canary)).map(([, place]) => place);
  }

  get count(): number {
    return this.#planted.size;
  }
}

/** Long enough that no byte sequence is one by chance; letters only, so that no encoding changes it. */
function word(seed: string): string {
  const letters = Array.from({ length: 14 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26)));
  return `canary${letters.join("")}${seed}`;
}

/** A page with a canary in every kind of masked place that markup can make. */
export function privacyPage(canaries: Canaries): Routes {
  const c = (place: string) => canaries.plant(place);
  const frame = `<!doctype html><title>Inner</title><p class="avcobrowse-mask">${c("masked text in a frame")}</p>
<input type="password" value="${c("password in a frame")}"><div class="avcobrowse-hide">${c("hidden in a frame")}</div>`;
  return {
    "/frame": html(frame),
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Privacy</title></head><body>
<h1>${canaries.control}</h1>
<label>Password <input id="password" type="password" value="${c("password value")}" placeholder="${c("password placeholder")}" title="${c("password title")}"></label>
<input name="card" autocomplete="cc-number" value="${c("card value")}" aria-label="${c("card label")}">
<input autocomplete="cc-csc" value="${c("card security code")}">
<input autocomplete="one-time-code" value="${c("one-time code")}">
<input name="cardnumber" value="${c("card by name")}">
<input id="iban" value="${c("iban by id")}">
<input placeholder="Security code" value="${c("code by placeholder")}">
<input type="text" name="pin" value="${c("pin by name")}">
<p id="masked" class="avcobrowse-mask">${c("masked text")} <b title="${c("title inside masked")}" data-secret="${c("data attribute inside masked")}">${c("nested masked text")}</b></p>
<textarea class="avcobrowse-mask" placeholder="${c("masked placeholder")}">${c("masked textarea")}</textarea>
<select class="avcobrowse-mask" aria-label="Account"><option value="${c("option value")}">${c("option text")}</option><option label="${c("option label")}">x</option></select>
<img class="avcobrowse-mask" alt="${c("alt of a masked image")}" src="/none.png">
<a class="avcobrowse-mask" href="/account/${c("address of a masked link")}" aria-description="${c("aria description")}">${c("masked link")}</a>
<button class="avcobrowse-block" value="${c("blocked value")}" title="${c("blocked title")}">${c("blocked button")}</button>
<input type="submit" class="avcobrowse-block" value="${c("blocked submit")}">
<label class="avcobrowse-block"><input type="checkbox" value="${c("blocked checkbox")}"> ${c("blocked label")}</label>
<div class="avcobrowse-hide" title="${c("hidden title")}">${c("hidden text")}<img alt="${c("hidden alt")}" src="/${c("hidden picture")}.png"></div>
<section id="removed" data-x="${c("attribute of removed")}">${c("removed text")}</section>
<div id="host"></div>
<div id="closed"></div>
<svg class="avcobrowse-mask" width="90" height="20"><title>${c("masked svg title")}</title><text y="15">${c("masked svg text")}</text></svg>
<div class="avcobrowse-hide"><style>.x::before { content: "${c("style inside hidden")}" }</style></div>
<div contenteditable class="avcobrowse-mask">${c("masked contenteditable")}</div>
<details class="avcobrowse-mask"><summary>${c("masked summary")}</summary>${c("masked details")}</details>
<table class="avcobrowse-mask"><caption>${c("masked caption")}</caption><tr><td>${c("masked cell")}</td></tr></table>
<template class="avcobrowse-mask">${c("masked template")}</template>
<!-- ${c("comment")} -->
<script type="application/json">${c("script text")}</script>
<noscript>${c("noscript text")}</noscript>
<iframe src="/frame" title="Statement"></iframe>
<input type="hidden" name="csrf" value="${c("hidden field")}">
<div id="dynamic"></div><div id="target" class="avcobrowse-mask"></div>
<script>
const make = (id, mode, text, secret) => {
  document.getElementById(id).attachShadow({ mode }).innerHTML =
    '<p class="avcobrowse-mask">' + text + '</p><input type="password" value="' + secret + '">';
};
make("host", "open", "${c("masked text in a shadow root")}", "${c("password in a shadow root")}");
make("closed", "closed", "${c("masked text in a closed root")}", "${c("password in a closed root")}");
</script></body></html>`),
  };
}
