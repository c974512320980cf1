import { readdirSync, readFileSync } from "node:fs";
import { marked } from "marked";
import { html } from "../support/http.ts";
import { wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** Prose that others wrote, as a documentation site would show it. */
function article(title: string, lang: string, markdown: string) {
  return html(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/style/github-markdown-light.css"><style>body { max-width: 60rem; margin: 2rem auto } mark { background: #fde68a }</style></head>
<body><input id="find" placeholder="Find"><main class="markdown-body">${withoutPictures(marked.parse(markdown, { async: false }))}</main>
<script>const find = document.getElementById("find"); find.oninput = () => {
  for (const mark of document.querySelectorAll("mark")) mark.replaceWith(mark.textContent);
  document.querySelector("main").normalize();
  if (find.value.length < 2) return;
  for (const item of [...document.querySelectorAll("main li, main p")].slice(0, 400)) for (const text of [...item.childNodes].filter((it) => it.nodeType === 3)) {
    const at = text.data.indexOf(find.value); if (at < 0) continue;
    const rest = text.splitText(at); rest.splitText(find.value.length); const mark = document.createElement("mark"); rest.replaceWith(mark); mark.append(rest); } };</script></body></html>`);
}

/** Their pictures are elsewhere: badges and screenshots. */
function withoutPictures(page: string): string {
  return page.replace(/<img[^>]*>/g, "").replace(/<(script|iframe)[\s\S]*?<\/\1>/g, "");
}

const readme = (name: string, file: string) => readFileSync(`${packageFolder(name)}/${file}`, "utf8");

/** Every Chinese read-me of the component packages below antd. */
function chinese(): string {
  const folder = packageFolder("@rc-component");
  return readdirSync(folder)
    .flatMap((name) => {
      try {
        return [readFileSync(`${folder}/${name}/README.zh-CN.md`, "utf8")];
      } catch {
        return [];
      }
    })
    .join("\n\n");
}

export const articles: Corpus = {
  name: "articles",
  about:
    "Long texts: a change log of 250 KB, and Chinese and Japanese, with a search that marks what it finds.",
  packages: ["leaflet", "antd", "marked", "github-markdown-css"],
  routes: async () => ({
    "/style/": `${packageFolder("github-markdown-css")}/`,
    "/long": article("Change log", "en", readme("leaflet", "CHANGELOG.md")),
    "/cjk": article("说明", "zh", chinese()),
  }),
  pages: [
    { name: "long", path: "/long", use: find("zoom") },
    { name: "cjk", path: "/cjk", use: find("组件") },
  ],
};

function find(word: string): NonNullable<Corpus["pages"][number]["use"]> {
  return async (page) => {
    await page.locator("#find").pressSequentially(word, { delay: 120 });
    for (let i = 0; i < 5; i++) {
      await wheel(page, 1_200);
    }
  };
}
