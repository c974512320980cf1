import { readFileSync } from "node:fs";
import { html, type Routes } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

const folder = `${packageFolder("govuk-frontend")}/dist/govuk`;

const forms = [
  "input",
  "textarea",
  "character-count",
  "select",
  "radios",
  "checkboxes",
  "date-input",
  "password-input",
  "file-upload",
  "error-summary",
  "button",
];
const content = [
  "accordion",
  "tabs",
  "details",
  "table",
  "summary-list",
  "task-list",
  "notification-banner",
  "pagination",
  "breadcrumbs",
  "tag",
  "warning-text",
  "inset-text",
  "panel",
];
const frame = [
  "skip-link",
  "cookie-banner",
  "header",
  "service-navigation",
  "phase-banner",
  "back-link",
  "footer",
];

/** The UK government's component library, from the HTML of its own fixtures. */
export const govuk: Corpus = {
  name: "govuk-frontend",
  about: "The UK government's component library, from the HTML of its own fixtures: forms, long content.",
  packages: ["govuk-frontend"],
  async routes(): Promise<Routes> {
    return {
      "/forms": page("Forms", forms),
      "/content": page("Content", content),
      "/frame": page("Page frame", frame),
      "/assets/": `${folder}/assets/`,
      "/govuk/": `${folder}/`,
    };
  },
  pages: [
    {
      name: "forms",
      path: "/forms",
      // The first field asks for a National Insurance number, which is masked.
      field: ".govuk-date-input__input",
      click: {
        target: ".govuk-radios__input",
        changed: (page) => page.locator(".govuk-radios__input").first().isChecked(),
      },
      use: async (page) => {
        const date = page.locator(".govuk-date-input__input");
        await date.nth(0).pressSequentially("31", { delay: 30 });
        await date.nth(1).pressSequentially("3", { delay: 30 });
        await date.nth(2).pressSequentially("1980", { delay: 30 });
        await page.locator("textarea").first().pressSequentially("A few words about it.", { delay: 20 });
        await page.locator("select").first().selectOption({ index: 1 });
        await page.locator(".govuk-radios__input").nth(1).check();
        await page.locator(".govuk-checkboxes__input").first().check();
        await wheel(page, 900);
      },
    },
    {
      name: "content",
      path: "/content",
      click: {
        target: ".govuk-accordion__show-all",
        changed: async (page) =>
          (await page.locator(".govuk-accordion__show-all").first().getAttribute("aria-expanded")) === "true",
      },
      use: async (page) => {
        await page.locator(".govuk-accordion__show-all").first().click();
        await page.locator(".govuk-tabs__tab").nth(1).click();
        await page.locator(".govuk-details__summary").first().click();
        await wheel(page, 1500);
      },
    },
    {
      name: "frame",
      path: "/frame",
      use: async (page) => {
        await page.mouse.wheel(0, 1200);
        await page.locator(".govuk-cookie-banner button").first().click();
        await still(page);
      },
    },
  ],
};

interface Fixture {
  name: string;
  html: string;
}

/** The first three fixtures of each component, below one another. */
function page(title: string, components: string[]): { type: string; body: string } {
  const sections = components.map((component) => {
    const file = `${folder}/components/${component}/fixtures.json`;
    const { fixtures } = JSON.parse(readFileSync(file, "utf8")) as { fixtures: Fixture[] };
    const bodies = fixtures
      .slice(0, 3)
      .map((fixture) => `<div class="govuk-!-margin-bottom-6">${fixture.html}</div>`);
    return `<section><h2 class="govuk-heading-m">${component}</h2>${bodies.join("\n")}</section>`;
  });
  return html(`<!doctype html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="stylesheet" href="/govuk/govuk-frontend.min.css"></head>
<body class="govuk-template__body"><script>document.body.className += " js-enabled govuk-frontend-supported";</script>
<div class="govuk-width-container"><main class="govuk-main-wrapper"><h1 class="govuk-heading-xl">${title}</h1>
${sections.join("\n")}</main></div>
<script type="module">import { initAll } from "/govuk/govuk-frontend.min.js"; initAll();</script></body></html>`);
}
