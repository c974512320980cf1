import { html } from "../support/http.ts";
import { still, wheel } from "../support/still.ts";
import { bundle, packageFolder, shell } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** A rich-text editor: contenteditable, selection, a toolbar with pop-ups. */
export const quill: Corpus = {
  name: "quill",
  about: "Quill: contenteditable with formats, lists and a toolbar with pop-ups.",
  packages: ["quill"],
  routes: async () => ({
    "/lib/": `${packageFolder("quill")}/dist/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Editor</title><link rel="stylesheet" href="/lib/quill.snow.css"></head>
<body><div id="editor" style="height:500px"><h2>Letter</h2><p>Dear customer, <strong>thank you</strong> for your call.</p></div>
<script src="/lib/quill.js"></script><script>window.quill = new Quill("#editor", { theme: "snow", modules: { toolbar: [[{ header: [1, 2, false] }], ["bold", "italic", "underline"], [{ list: "ordered" }, { list: "bullet" }], [{ color: [] }, "link"]] } });</script></body></html>`),
  }),
  pages: [
    {
      name: "letter",
      path: "/",
      ready: (page) => page.locator(".ql-editor").waitFor(),
      use: async (page) => {
        await page.locator(".ql-editor p").last().click();
        await page.keyboard.press("End");
        await page.keyboard.type(" We looked into it.", { delay: 25 });
        await page.keyboard.press("Enter");
        await page.locator("button.ql-list[value=bullet]").click();
        await page.keyboard.type("First", { delay: 25 });
        await page.keyboard.press("Enter");
        await page.locator("button.ql-bold").click();
        await page.keyboard.type("Second", { delay: 25 });
        await page.locator(".ql-color .ql-picker-label").click();
        await still(page);
      },
    },
  ],
};

/** A code editor: a virtualised contenteditable whose lines are rebuilt while scrolling. */
export const codeMirror: Corpus = {
  name: "codemirror",
  about: "CodeMirror: a contenteditable of which only the lines in sight exist, rebuilt while scrolling.",
  packages: ["codemirror"],
  routes: async () => ({
    "/": shell("Code", "/app.js"),
    "/app.js": await bundle("pages/apps/codemirror.ts"),
  }),
  pages: [
    {
      name: "code",
      path: "/",
      ready: (page) => page.locator(".cm-line").nth(10).waitFor(),
      use: async (page) => {
        await page.locator(".cm-line").nth(3).click();
        await page.keyboard.type("const answer = 42;", { delay: 25 });
        await page.keyboard.press("Enter");
        await page.locator(".cm-scroller").hover();
        for (let i = 0; i < 5; i++) {
          await wheel(page, 700);
        }
      },
    },
  ],
};
