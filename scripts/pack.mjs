import "./lib/node-version.mjs";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { publishedPackages } from "./lib/published.mjs";
import { root, run, runTool, step } from "./lib/run.mjs";

/** Where the tarballs come to be. */
const place = `${root}.cache/packages`;

/** The manifest as it is published: without what only this repository can follow. */
function published({ devDependencies: _, ...manifest }) {
  const exports = Object.fromEntries(
    Object.entries(manifest.exports)
      .map(([path, { "copane-source": _source, ...entry }]) => [path, entry])
      .filter(([, entry]) => "default" in entry),
  );
  return { ...manifest, exports: { ...exports, "./package.json": "./package.json" } };
}

/** Makes the tarballs of all published packages; gives their paths by name. */
export async function pack() {
  const { installPackages } = await import("./lib/install.mjs");
  await installPackages();
  await build({ all: true });
  rmSync(place, { recursive: true, force: true });
  const made = {};
  for (const { name, folder, manifest } of publishedPackages()) {
    const stage = `${place}/${name.replace(/^@/, "")}`;
    mkdirSync(stage, { recursive: true });
    for (const path of manifest.files)
      cpSync(`${root}${folder}/${path}`, `${stage}/${path}`, { recursive: true });
    writeFileSync(`${stage}/package.json`, `${JSON.stringify(published(manifest), null, 2)}\n`);
    copyFileSync(`${root}${folder}/README.md`, `${stage}/README.md`);
    copyFileSync(`${root}LICENSE`, `${stage}/LICENSE`);
    const npm = await run("npm", ["pack", "--json", "--pack-destination", place], {
      quiet: true,
      cwd: stage,
    });
    if (npm.code !== 0) throw new Error(`Packing ${name} failed:\n${npm.output}`);
    made[name] = `${place}/${JSON.parse(npm.output.slice(npm.output.indexOf("[")))[0].filename}`;
    rmSync(stage, { recursive: true });
  }
  rmSync(`${place}/copane`, { recursive: true, force: true });
  writeFileSync(`${place}/index.json`, JSON.stringify(made, null, 2));
  return made;
}

/** What others would see of a tarball: its exports and types, as bundlers, Node and TypeScript resolve them. */
async function examine(name, tarball) {
  const lint = await runTool("publint/src/cli.js", ["run", tarball, "--strict"], { quiet: true });
  if (lint.code !== 0) throw new Error(`publint says of ${name}:\n${lint.output}`);
  const { output, code } = await runTool(
    "@arethetypeswrong/cli/dist/index.js",
    [tarball, "--profile", "esm-only", "--format", "ascii", "--no-emoji"],
    { quiet: true },
  );
  if (code !== 0) throw new Error(`Are the types wrong says of ${name}:\n${output}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const made = await pack();
    for (const [name, tarball] of Object.entries(made)) {
      await step(`examining ${name}`, () => examine(name, tarball));
      console.log(`  ${tarball}: ${readFileSync(tarball).length} bytes`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
