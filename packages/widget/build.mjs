import { mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { loaderGlobals, pageGlobals } from "../../scripts/lib/page-globals.mjs";
import { partOf, takenFrom } from "../../scripts/lib/parts.mjs";
import { tighter, tightStyles } from "../../scripts/lib/tight.mjs";
import { parts, shared as sharedModules } from "./parts.mjs";

/**
 * What customers' pages load: loader, session, parts of it that are fetched when they are needed, frames of
 * other origins, the fallback for blocked WebSockets.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

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
/** Nearly all of these runs as a session starts: browsers that know this compile it while it loads, beside the page. */
const atOnce = { banner: { js: "//# allFunctionsCalledOnLoad" } };
/** What a script exports for those that are loaded after it. */
const given = (name) => sharedModules[name] ?? {};
/** What a script takes from others. */
const othersOf = (name) =>
  Object.fromEntries(
    Object.entries(sharedModules)
      .filter(([other]) => other !== name)
      .map(([other, modules]) => [`copane-${other}`, modules]),
  );
const languages = (await readdir(here("./src/locales"), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== "en")
  .map((entry) => entry.name);
const scripts = {
  "copane-session": partOf({ "./src/session.ts": ["createWidget"], ...given("session") }, here(".")),
  "copane-launcher": { entryPoints: [here("./src/launcher-locales.ts")] },
  "copane-old-browser": { entryPoints: [here("./src/old-browser.ts")] },
  "copane-frame": { entryPoints: [here("./src/frame.ts")] },
  "copane-frame-guest": { entryPoints: [here("./src/frame-guest.ts")] },
  ...Object.fromEntries(
    Object.entries(parts).map(([name, modules]) => [
      `copane-${name}`,
      {
        ...partOf({ ...modules, ...given(name) }, here(".")),
        plugins: [takenFrom(othersOf(name), here), ...shared.plugins],
      },
    ]),
  ),
  ...Object.fromEntries(
    languages.map((name) => [`copane-${name}`, { entryPoints: [here(`./src/locales/${name}/index.ts`)] }]),
  ),
};
/** Read by browsers that are too old for the rest, to say so. */
const old = { target: "es2018" };
await Promise.all([
  build({
    ...shared,
    ...loaderGlobals,
    ...old,
    entryPoints: [here("./src/script.ts")],
    outfile: `${outdir}/copane.js`,
    format: "iife",
  }),
  ...Object.entries(scripts).map(([name, source]) =>
    build({
      ...shared,
      ...(/old-browser|launcher/.test(name) ? loaderGlobals : pageGlobals),
      ...source,
      ...(/session|mirror/.test(name) ? atOnce : {}),
      ...(/old-browser/.test(name) ? old : {}),
      outfile: `${outdir}/${name}.js`,
      format: "esm",
    }),
  ),
]);
