import { mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { tighter, tightStyles } from "../../scripts/lib/tight.mjs";
import { parts } from "./parts.mjs";

/**
 * What customers' pages load: loader, session, parts of it that are fetched when they are needed, frames of
 * other origins, the fallback for blocked WebSockets.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

/** An entry that makes the bundler put what stands behind it into a script of its own; not written itself. */
const DOOR = "door";
const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  write: false,
  target: "es2022",
  conditions: ["copane-source"],
  logLevel: "warning",
  legalComments: "none",
  plugins: [tightStyles, tighter([DOOR])],
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
  // What decides about what may leave is a script that the session imports: no session is without it. The loader
  // asks for both at once.
  build({
    ...shared,
    entryPoints: {
      "copane-session": here("./src/session.ts"),
      [DOOR]: here("../mirror/src/privacy/index.ts"),
    },
    outdir,
    splitting: true,
    chunkNames: "copane-privacy",
    format: "esm",
    // Nearly all of it runs as a session starts: browsers that know this compile it while it loads, beside the page.
    banner: { js: "//# allFunctionsCalledOnLoad" },
  }),
  ...Object.entries(scripts).map(([name, source]) =>
    build({
      ...shared,
      ...source,
      outfile: `${outdir}/${name}.js`,
      format: "esm",
    }),
  ),
]);
