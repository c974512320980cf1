import { html } from "../support/http.ts";
import { still } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Web components: every control is a shadow root with adopted style sheets. */
export const shoelace: Corpus = {
  name: "shoelace",
  about: "Web components: every control is a shadow root with adopted style sheets.",
  packages: ["@shoelace-style/shoelace"],
  async routes() {
    return { "/": page, "/shoelace/": `${packageFolder("@shoelace-style/shoelace")}/cdn/` };
  },
  pages: [
    {
      name: "controls",
      path: "/",
      ready: async (page) => {
        await page.waitForFunction(() => customElements.get("sl-rating") !== undefined);
        await still(page);
      },
      field: "sl-input[name=city] >> input",
      click: {
        target: "sl-checkbox >> .checkbox__control",
        changed: (page) =>
          page
            .locator("sl-checkbox")
            .first()
            .evaluate((box) => (box as unknown as { checked: boolean }).checked),
      },
      use: async (page) => {
        await page.locator("sl-input[name=city] >> input").pressSequentially("Lisbon", { delay: 30 });
        await page.locator("sl-select").click();
        await page.locator("sl-option[value=one]").click();
        await page.locator("sl-checkbox").click();
        await page.locator("sl-radio[value=later]").click();
        await page.locator("sl-tab[panel=photos]").click();
        await page.locator("sl-details").click();
        await still(page);
      },
    },
  ],
};

const page = html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shoelace</title>
<link rel="stylesheet" href="/shoelace/themes/light.css">
<script type="module" src="/shoelace/shoelace.js"></script>
<style>body { font: 16px sans-serif; margin: 2rem; display: grid; gap: 1rem; max-width: 40rem }</style></head><body>
<h1>Book a room</h1>
<sl-input name="city" label="City" placeholder="Where to?" help-text="A city or an airport"></sl-input>
<sl-textarea label="Wishes" value="A quiet room"></sl-textarea>
<sl-select label="Beds" value="two"><sl-option value="one">One</sl-option><sl-option value="two">Two</sl-option></sl-select>
<sl-checkbox>Breakfast included</sl-checkbox>
<sl-switch checked>Late arrival</sl-switch>
<sl-radio-group label="Pay" name="pay" value="now"><sl-radio value="now">Now</sl-radio><sl-radio value="later">Later</sl-radio></sl-radio-group>
<sl-range label="Nights" value="40"></sl-range>
<sl-rating label="Rating" value="3"></sl-rating>
<sl-progress-bar value="60">60 %</sl-progress-bar>
<sl-alert open variant="primary">Prices include <strong>all</strong> taxes.</sl-alert>
<sl-details summary="Terms" open>Free cancellation until the day before.</sl-details>
<sl-tab-group><sl-tab slot="nav" panel="map">Map</sl-tab><sl-tab slot="nav" panel="photos">Photos</sl-tab>
<sl-tab-panel name="map">A map of the place</sl-tab-panel><sl-tab-panel name="photos">Photos of the place</sl-tab-panel></sl-tab-group>
<sl-button variant="primary">Book</sl-button> <sl-badge variant="success">New</sl-badge>
</body></html>`);
