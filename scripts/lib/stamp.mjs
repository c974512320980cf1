import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { root } from "./run.mjs";

/**
 * Runs `build` unless the inputs have the same content as when it last succeeded and the outputs exist.
 * @param {{ name: string, inputs: string[], outputs: string[], build: () => Promise<void> }} task
 * @returns {Promise<boolean>} whether it was built
 */
export async function buildIfChanged({ name, inputs, outputs, build }) {
  const stamp = `${root}.cache/build-${name}.stamp`;
  const hash = contentHash([...inputs, "package-lock.json", "scripts/build.mjs", "tsconfig.json"]);
  const complete = outputs.every((path) => existsSync(`${root}${path}`));
  if (complete && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  await build();
  mkdirSync(`${root}.cache`, { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** @param {string[]} paths files or folders below the root */
function contentHash(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesOf(path))
      hash
        .update(`${file}\0`)
        .update(readFileSync(`${root}${file}`))
        .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (!existsSync(`${root}${path}`)) return [];
  if (statSync(`${root}${path}`).isFile()) return [path];
  return readdirSync(`${root}${path}`)
    .filter((name) => name !== "dist" && name !== "node_modules" && !/\.test\.tsx?$/.test(name))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}
