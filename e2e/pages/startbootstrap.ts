import type { Routes } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import { offline } from "./offline.ts";
import type { Corpus } from "./types.ts";

const local = {
  "https://use.fontawesome.com/releases/v6.3.0/js/all.js": "/icons/js/all.min.js",
  "https://cdn.jsdelivr.net/npm/bootstrap@5.2.3/dist/": "/bootstrap/",
};

const shared = {
  "/icons/": `${packageFolder("startbootstrap-sb-admin-2")}/vendor/fontawesome-free/`,
  "/bootstrap/": `${packageFolder("bootstrap")}/dist/`,
};

/** The package's pages with what they load from elsewhere. */
function site(name: string, pages: string[]): Routes {
  const folder = `${packageFolder(name)}/dist`;
  const changed = pages.map((page) => [`/${page}`, offline(`${folder}/${page}`, local)] as const);
  return { ...shared, "/": `${folder}/`, ...Object.fromEntries(changed) };
}

/** A blog: photographs, long prose, icons that a script turns into SVG, a form. */
export const cleanBlog: Corpus = {
  name: "clean-blog",
  about: "A Bootstrap 5 blog: photographs, long prose, icons that a script turns into SVG.",
  packages: ["startbootstrap-clean-blog", "bootstrap"],
  routes: async () => site("startbootstrap-clean-blog", ["index.html", "post.html", "contact.html"]),
  pages: [
    {
      name: "article",
      path: "/post.html",
      use: async (page) => {
        for (let i = 0; i < 5; i++) {
          await wheel(page, 400);
        }
        await wheel(page, -300);
      },
    },
    {
      name: "contact",
      path: "/contact.html",
      use: async (page) => {
        await page.locator("#name").pressSequentially("Ada Example", { delay: 30 });
        await page.locator("#email").pressSequentially("ada@example.org", { delay: 20 });
        await page.locator("#message").pressSequentially("Where is my order?", { delay: 20 });
        await still(page);
      },
    },
  ],
};

/** A one-page company site: large pictures, a timeline, modals with a portfolio. */
export const agency: Corpus = {
  name: "agency",
  about: "A one-page company site: large pictures, a timeline, modals.",
  packages: ["startbootstrap-agency", "bootstrap"],
  routes: async () => site("startbootstrap-agency", ["index.html"]),
  pages: [
    {
      name: "portfolio",
      path: "/index.html",
      use: async (page) => {
        await page.mouse.wheel(0, 1400);
        await page.locator("[href='#portfolioModal1']").click();
        await page.locator("#portfolioModal1.show").waitFor();
        await still(page);
        await page.locator("#portfolioModal1 .btn").click();
        await still(page);
        await wheel(page, 900);
      },
    },
  ],
};
