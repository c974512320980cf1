import { html } from "../support/http.ts";
import { still } from "../support/still.ts";
import { bundle } from "./modules.ts";
import type { Corpus } from "./types.ts";

const page = html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Material Web</title>
<style>body { font: 16px sans-serif; margin: 2rem; display: grid; gap: 1rem; max-width: 44rem } md-list { border: 1px solid #ccc }</style>
</head><body><h1>Account</h1>
<md-tabs><md-primary-tab>Profile</md-primary-tab><md-primary-tab>Security</md-primary-tab><md-primary-tab>Letters</md-primary-tab></md-tabs>
<md-outlined-text-field label="Name" name="name"></md-outlined-text-field>
<md-filled-text-field label="City" supporting-text="Where letters go"></md-filled-text-field>
<md-outlined-select label="Country"><md-select-option value="no"><div slot="headline">Norway</div></md-select-option>
<md-select-option value="pt"><div slot="headline">Portugal</div></md-select-option></md-outlined-select>
<label><md-checkbox></md-checkbox> Newsletter</label><label><md-switch selected></md-switch> Reminders</label>
<label><md-radio name="r" value="a" checked></md-radio> Post</label><label><md-radio name="r" value="b"></md-radio> Mail</label>
<md-slider labeled value="40"></md-slider><md-linear-progress value="0.6"></md-linear-progress>
<md-chip-set><md-filter-chip label="Bills"></md-filter-chip><md-filter-chip label="Orders" selected></md-filter-chip></md-chip-set>
<md-list><md-list-item type="button">First</md-list-item><md-divider></md-divider><md-list-item type="button">Second</md-list-item></md-list>
<md-filled-button id="open">Open</md-filled-button>
<md-dialog id="dialog"><div slot="headline">Sure?</div><form slot="content" id="f" method="dialog">Nothing is lost.</form>
<div slot="actions"><md-text-button form="f">Yes</md-text-button></div></md-dialog>
<script src="/app.js"></script></body></html>`);

/** Lit elements: shadow roots within shadow roots, form-associated elements, a dialog in a shadow root. */
export const materialWeb: Corpus = {
  name: "material-web",
  about: "Material Web: Lit elements, shadow roots within shadow roots, a native dialog inside one of them.",
  packages: ["@material/web"],
  routes: async () => ({ "/": page, "/app.js": await bundle("pages/apps/material-web.ts") }),
  pages: [
    {
      name: "account",
      path: "/",
      ready: (view) =>
        view.waitForFunction(() => customElements.get("md-dialog") !== undefined).then(() => {}),
      use: async (view) => {
        await view.locator("md-outlined-text-field input").pressSequentially("Ada Example", { delay: 30 });
        await view.locator("md-checkbox").click();
        await view.locator("md-primary-tab").nth(1).click();
        await view.locator("md-filter-chip").first().click();
        await view.locator("#open").click();
        await still(view);
      },
    },
  ],
};
