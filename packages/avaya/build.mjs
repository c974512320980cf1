import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pageGlobals } from "../../scripts/lib/page-globals.mjs";
import { partOf } from "../../scripts/lib/parts.mjs";
import { tighter, tightStyles } from "../../scripts/lib/tight.mjs";
import { parts } from "./parts.mjs";

/** The folder that pages of the Avaya SDK load from: its names, our code. */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

const shared = {
  ...pageGlobals,
  outdir,
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
await Promise.all([
  build({
    ...shared,
    entryPoints: { "AvayaCoBrowseClientServices.min": here("./src/browser.ts") },
    format: "iife",
  }),
  build({
    ...shared,
    entryPoints: { "copane-customer": here("./src/customer-engine.ts") },
    format: "esm",
  }),
  ...Object.entries(parts).map(([name, modules]) => {
    const { outdir: _, ...options } = shared;
    return build({
      ...options,
      ...partOf(modules, here(".")),
      outfile: `${outdir}/copane-${name}.js`,
      format: "esm",
    });
  }),
]);

/** Files of the SDK that ours has no use for. Loaders fetch them in sequence and stop at one that is missing. */
for (const name of ["sock.js", "Base64.js", "md5.js", "jquery_path.js", "jquery.min.js"]) {
  await writeFile(
    `${outdir}/${name}`,
    `/* ${name}: empty on purpose. Copane needs nothing of it and leaves the page's own libraries alone. */\n`,
  );
}
for (const name of ["cbe.css", "agent.css"]) {
  await writeFile(
    `${outdir}/${name}`,
    `/* ${name}: empty on purpose. What Copane shows brings its own styles and does not touch the page's. */\n`,
  );
}
await cp(here("./assets"), outdir, { recursive: true });

// Pages name the files flat in the folder, or in the places that the SDK was shipped in.
const files = await readdir(outdir);
const place = async (folder, wanted) => {
  await mkdir(`${outdir}/${folder}`, { recursive: true });
  for (const name of files.filter(wanted)) await cp(`${outdir}/${name}`, `${outdir}/${folder}/${name}`);
};
for (const part of ["common", "customer", "agent"]) {
  await place(`${part}/lib`, (name) => /\.js(\.br|\.gz)?$/.test(name));
  await place(`${part}/css`, (name) => name.endsWith(".css"));
  await place(`${part}/img`, (name) => name.endsWith(".png"));
}
await place("css", (name) => name.endsWith(".css"));
await place("img", (name) => name.endsWith(".png"));
