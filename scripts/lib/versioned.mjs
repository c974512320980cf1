import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/*
 * Scripts under names that never mean anything else: those of one version stand in a folder that is called by the hash
 * of them all, with the loader among them. Beside the folder stand the loader, at its stable address, and
 * `copane.json`, which says what belongs to the version.
 */

/** What the loader has of a version's name while the name is made. */
export const unnamed = "000000000000";

/** The hash of a file as `integrity` attributes have it, without the algorithm's name. */
export const hashOf = (path) => createHash("sha256").update(readFileSync(path)).digest("base64");

/** The scripts in a folder, by name. */
export const scriptsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort();

/** The name of a version: made of all its scripts, the loader among them, which does not know it yet. */
export function versionOf(folder) {
  const hash = createHash("sha256");
  for (const name of scriptsIn(folder)) hash.update(`${name} ${hashOf(`${folder}/${name}`)}\n`);
  return hash.digest("hex").slice(0, unnamed.length);
}

/**
 * Gives a version's folder its name, and puts its loader and list beside it.
 * @param {{ outdir: string, made: string, version: string, loader: string, release: string }} options `made` is where
 * its scripts stand in `outdir`
 */
export function publishVersion({ outdir, made, version, loader, release }) {
  const folder = `${outdir}/${version}`;
  renameSync(`${outdir}/${made}`, folder);
  for (const name of readdirSync(folder))
    if (name.startsWith(`${loader}.js`)) copyFileSync(`${folder}/${name}`, `${outdir}/${name}`);
  const scripts = Object.fromEntries(
    scriptsIn(folder).map((name) => [name, `sha256-${hashOf(`${folder}/${name}`)}`]),
  );
  writeFileSync(`${outdir}/copane.json`, `${JSON.stringify({ release, version, scripts }, null, 2)}\n`);
}

/** Where the scripts of a built folder stand. */
export function versionFolder(outdir) {
  return `${outdir}/${JSON.parse(readFileSync(`${outdir}/copane.json`, "utf8")).version}`;
}
