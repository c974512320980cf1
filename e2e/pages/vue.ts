import { bundle, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Vue: two-way bound fields, conditional lists, transitions of classes. */
export const vue: Corpus = {
  name: "vue",
  about: "Vue: two-way bound fields, conditional lists, transitions of classes.",
  packages: ["vue"],
  async routes() {
    return { "/": shell("Vue", "/app.js"), "/app.js": await bundle("pages/apps/vue.ts") };
  },
  pages: [
    {
      name: "tasks",
      path: "/",
      field: "#task",
      click: {
        target: "#done-1",
        changed: async (page) => (await page.locator("#open").textContent()) === "1 open",
      },
      use: async (page) => {
        for (const task of ["Water the plants", "Pay the rent", "Answer the letter"]) {
          await page.locator("#task").pressSequentially(task, { delay: 20 });
          await page.locator("#add").click();
        }
        await page.locator("#done-2").check();
        await page.locator("#colour").selectOption("green");
      },
    },
  ],
};
