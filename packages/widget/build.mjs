import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { loaderGlobals, pageGlobals } from "../../scripts/lib/page-globals.mjs";
import { partOf, takenFrom } from "../../scripts/lib/parts.mjs";
import { tighter, tightStyles } from "../../scripts/lib/tight.mjs";
import { hashOf, publishVersion, scriptsIn, unnamed, versionOf } from "../../scripts/lib/versioned.mjs";
import { parts, shared as sharedModules } from "./parts.mjs";

/**
 * What customers' pages load: loader, session, parts of it that are fetched when they are needed, frames of
 * other origins, the fallback for blocked WebSockets.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
const made = `${outdir}/made`;
await rm(outdir, { recursive: true, force: true });
await mkdir(made, { recursive: true });

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
/** What the loader itself fetches; the session's script fetches the others. */
const ofLoader = ["session", "mirror", "launcher", "old-browser", "frame", "frame-guest"];

/** The hashes of scripts that are built, by name. */
const hashes = (names) =>
  Object.fromEntries(names.map((name) => [name, hashOf(`${made}/copane-${name}.js`)]));

function buildScript(name, define = {}) {
  const globals = /old-browser|launcher/.test(name) ? loaderGlobals : pageGlobals;
  return build({
    ...shared,
    ...globals,
    define: { ...globals.define, ...define },
    ...scripts[name],
    ...(/session|mirror/.test(name) ? atOnce : {}),
    ...(/old-browser/.test(name) ? old : {}),
    outfile: `${made}/${name}.js`,
    format: "esm",
  });
}

function buildLoader(version) {
  return build({
    ...shared,
    ...old,
    define: {
      ...loaderGlobals.define,
      COPANE_VERSION: JSON.stringify(version),
      COPANE_HASHES: JSON.stringify(hashes(ofLoader)),
    },
    entryPoints: [here("./src/script.ts")],
    outfile: `${made}/copane.js`,
    format: "iife",
  });
}

// What knows the hashes of others is built after them.
const session = "copane-session";
await Promise.all(
  Object.keys(scripts)
    .filter((name) => name !== session)
    .map((name) => buildScript(name)),
);
const ofSession = scriptsIn(made)
  .map((name) => name.slice("copane-".length, -".js".length))
  .filter((name) => !ofLoader.includes(name));
const onMirror = [];
for (const name of ofSession)
  if (/from"\.\/copane-mirror\.js"/.test(await readFile(`${made}/copane-${name}.js`, "utf8")))
    onMirror.push(name);
await buildScript(session, {
  COPANE_HASHES: JSON.stringify(hashes(ofSession)),
  COPANE_ON_MIRROR: JSON.stringify(onMirror),
});
await buildLoader(unnamed);
const version = versionOf(made);
await buildLoader(version);
const { version: release } = JSON.parse(await readFile(here("./package.json"), "utf8"));
publishVersion({ outdir, made: "made", version, loader: "copane", release });
