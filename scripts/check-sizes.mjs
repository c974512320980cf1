import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { root } from "./lib/run.mjs";
import { versionFolder } from "./lib/versioned.mjs";

/**
 * Compares what browsers load, in bytes of gzip, with `sizes.json`; to be run after a build. A budget is what was
 * there and a little: a change that needs more says so by changing it.
 */
const budgets = JSON.parse(readFileSync(`${root}scripts/sizes.json`, "utf8"));

const sizeOf = (path) =>
  existsSync(path) ? gzipSync(readFileSync(path), { level: 9 }).length : Number.POSITIVE_INFINITY;

for (const [folder, scripts] of Object.entries(budgets)) {
  const scriptsOf = existsSync(`${root}${folder}/copane.json`)
    ? versionFolder(`${root}${folder}`)
    : `${root}${folder}`;
  for (const [names, most] of Object.entries(scripts)) {
    const paths = names.split(" + ").map((name) => `${scriptsOf}/${name}.js`);
    const bytes = paths.map(sizeOf).reduce((sum, size) => sum + size);
    const over = bytes > most;
    if (over) process.exitCode = 1;
    const line = `${folder}: ${names}: ${bytes} of ${most} bytes (gzip)`;
    if (over) console.error(`${line}: too large`);
    else console.log(line);
  }
}
