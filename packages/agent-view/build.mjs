import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The element as one script, for pages that bundle nothing: it defines itself. Other languages stand beside it. */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });

const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  target: "es2022",
  conditions: ["copane-source"],
  logLevel: "warning",
  legalComments: "none",
};

/** Words that are fetched when they are spoken: one script for each language, beside the element's. */
const languagesBeside = {
  name: "languages-beside",
  setup(esbuild) {
    esbuild.onResolve({ filter: /\/(view|index)\.ts$/ }, ({ kind, path }) =>
      kind === "dynamic-import"
        ? { path: `./copane-agent-view-${path.split("/").at(-2)}.js`, external: true }
        : undefined,
    );
  },
};

const languages = (await readdir(here("./src/locales"), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== "en")
  .map((entry) => entry.name);

/** What `languagesBeside` names. */
const wordsIn = (language) => ({
  contents: `export { view } from "./src/locales/${language}/view.ts";
    export * from "@copane/ui/locales/${language}";`,
  resolveDir: here("."),
});

await mkdir(outdir, { recursive: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: [here("./src/browser.ts")],
    outfile: `${outdir}/copane-agent-view.js`,
    format: "iife",
    plugins: [languagesBeside],
  }),
  build({
    ...shared,
    entryPoints: [here("./src/frame.ts")],
    outfile: `${outdir}/copane-agent-frame.js`,
    format: "iife",
  }),
  copyFile(here("./frame.html"), `${outdir}/copane-agent-frame.html`),
  ...languages.map((language) =>
    build({
      ...shared,
      stdin: wordsIn(language),
      outfile: `${outdir}/copane-agent-view-${language}.js`,
      format: "esm",
    }),
  ),
]);
