import { still } from "../support/still.ts";
import { bundle, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** React with MUI: styles that exist only in the CSSOM, controlled inputs. */
export const mui: Corpus = {
  name: "mui",
  about: "React with MUI: styles that exist only in the CSSOM, controlled inputs.",
  packages: ["@mui/material", "@emotion/react"],
  async routes() {
    return { "/": shell("MUI", "/app.js"), "/app.js": await bundle("pages/apps/mui.tsx") };
  },
  pages: [
    {
      name: "form",
      path: "/",
      field: "input[name=title]",
      click: {
        target: "button#add",
        changed: async (page) => (await page.locator("#count").textContent()) === "1 item",
      },
      use: async (page) => {
        for (const title of ["First", "Second", "Third"]) {
          await page.locator("input[name=title]").fill("");
          await page.locator("input[name=title]").pressSequentially(title, { delay: 30 });
          await page.locator("button#add").click();
        }
        await still(page);
      },
    },
  ],
};
