import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { parts } from "./parts.mjs";

/**
 * What customers' pages load: loader, session, parts of it that are fetched when they are needed, frames of
 * other origins, the fallback for blocked WebSockets.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

/** Styles are written for people; customers load them without what only people need. */
const tightStyles = {
  name: "tight-styles",
  setup(esbuild) {
    esbuild.onLoad({ filter: /style\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      // One that holds another style is left as it is.
      const [, before, css, after] = source.match(/^(.*= `)([^`$]*)(`;\s*)$/s) ?? [];
      if (css === undefined) return undefined;
      const { code } = await transform(css, { loader: "css", minify: true });
      return { contents: before + code.trim() + after, loader: "ts" };
    });
  },
};
/** What esbuild has made small, made smaller by a thirtieth: every session pays for it. */
const tighter = {
  name: "tighter",
  setup(esbuild) {
    esbuild.onEnd(async ({ outputFiles = [] }) => {
      const script = outputFiles.find(({ path }) => path.endsWith(".js"));
      const map = outputFiles.find(({ path }) => path.endsWith(".map"));
      if (!script || !map) return;
      const { code, map: tight } = await minify(script.text, {
        module: esbuild.initialOptions.format === "esm",
        ecma: 2022,
        // Functions written out in place and statements joined by commas are shorter, but deflate to more.
        compress: { passes: 3, inline: 1, sequences: false },
        format: { preamble: esbuild.initialOptions.banner?.js ?? "" },
        sourceMap: { content: map.text, url: basename(map.path) },
      });
      await writeFile(script.path, code);
      await writeFile(map.path, tight);
    });
  },
};
const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  write: false,
  target: "es2022",
  conditions: ["copane-source"],
  logLevel: "warning",
  legalComments: "none",
  plugins: [tightStyles, tighter],
};
/** A script that exports what one of the lists of `parts.mjs` names. */
const partOf = (modules) => ({
  stdin: {
    contents: Object.entries(modules)
      .map(([module, names]) => `export { ${names.join(", ")} } from "${module}";`)
      .join("\n"),
    resolveDir: here("."),
  },
});
const languages = (await readdir(here("./src/locales"), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== "en")
  .map((entry) => entry.name);
const scripts = {
  "copane-session": { entryPoints: [here("./src/session.ts")] },
  "copane-frame-guest": { entryPoints: [here("./src/frame-guest.ts")] },
  ...Object.fromEntries(Object.entries(parts).map(([name, modules]) => [`copane-${name}`, partOf(modules)])),
  ...Object.fromEntries(
    languages.map((name) => [`copane-${name}`, { entryPoints: [here(`./src/locales/${name}/index.ts`)] }]),
  ),
};
await Promise.all([
  build({
    ...shared,
    entryPoints: [here("./src/loader.ts")],
    outfile: `${outdir}/copane.js`,
    format: "iife",
  }),
  ...Object.entries(scripts).map(([name, source]) =>
    build({
      ...shared,
      ...source,
      outfile: `${outdir}/${name}.js`,
      format: "esm",
      // Nearly all of it runs as a session starts: browsers that know this compile it while it loads, beside the page.
      banner: name === "copane-session" ? { js: "//# allFunctionsCalledOnLoad" } : {},
    }),
  ),
]);
