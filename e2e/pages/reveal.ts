import { still } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import { offline } from "./offline.ts";
import type { Corpus } from "./types.ts";

/** A slide deck: 3D transforms, transitions, auto-animated elements, code with moving highlights. */
export const reveal: Corpus = {
  name: "reveal",
  about: "reveal.js's demo deck: 3D transforms, transitions, auto-animated elements, highlighted code.",
  packages: ["reveal.js"],
  routes: async () => ({
    "/demo.html": offline(`${packageFolder("reveal.js")}/demo.html`),
    "/": `${packageFolder("reveal.js")}/`,
  }),
  pages: [
    {
      name: "deck",
      path: "/demo.html",
      ready: (page) => page.locator(".reveal.ready").waitFor(),
      use: async (page) => {
        for (const key of [
          "ArrowRight",
          "ArrowDown",
          "ArrowRight",
          "ArrowRight",
          "ArrowRight",
          "ArrowRight",
        ]) {
          await page.keyboard.press(key);
          await still(page);
        }
        await still(page);
      },
    },
  ],
};
