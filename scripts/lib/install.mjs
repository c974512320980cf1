import { existsSync, readFileSync } from "node:fs";
import { root, run, step } from "./run.mjs";

/** Installs the npm packages when some are absent or not the ones the lock file names. */
export async function installPackages() {
  if (installed()) return;
  await step("installing npm packages (once; some minutes on a slow line)", async () => {
    const { code } = await run("npm", ["ci", "--no-audit", "--no-fund"]);
    if (code !== 0) throw new Error("npm ci failed; its messages are above.");
  });
}

/**
 * npm writes `node_modules/.package-lock.json` last, so a broken installation has none or an old one.
 * Packages for other systems are optional and may be absent.
 */
function installed() {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes("node_modules/") || entry.optional || entry.devOptional) return true;
    // Of a package of ours that is new there is no link yet.
    return entry.link ? existsSync(`${root}${path}`) : present[path]?.version === entry.version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }> |
 * undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, "utf8")).packages;
  } catch {
    return undefined;
  }
}
