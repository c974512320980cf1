import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run, runTool, step } from "./run.mjs";

/** Flags for every Chromium we start: no sandbox (root in CI), no background traffic. */
export const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** The same engine without a window: a page of its own takes a quarter of the time. */
const windowless = "chromium-headless-shell";

/**
 * Path of a Chromium that starts: COPANE_CHROMIUM, else one of the system, else one of Playwright's.
 * @param {{ windowed?: boolean }} [options] `windowed`: one that has windows, though nobody sees them
 */
export function findChromium({ windowed = false } = {}) {
  const fits = (/** @type {string} */ path) => !windowed || !path.includes(windowless);
  const named = process.env.COPANE_CHROMIUM;
  if (named && fits(named)) return named;
  return [...systemBrowsers(), ...playwrightBrowsers()].filter(fits).find(starts);
}

/**
 * Finds a Chromium or installs one: by apt when that is allowed, else by Playwright. CI's machines get the one without
 * a window besides one that they have; on others nobody installs what is not needed.
 */
export async function ensureChromium() {
  const found = findChromium();
  const both = found?.includes(windowless) && findChromium({ windowed: true });
  if (found && (both || process.env.COPANE_CHROMIUM || !process.env.CI)) return found;
  return step("installing Chromium (once)", async () => {
    await installByApt();
    const installed = findChromium();
    if (installed) return installed;
    const withDeps = rootPrefix() && process.platform === "linux" ? ["--with-deps"] : [];
    await runTool("playwright-core/cli.js", ["install", ...withDeps, "chromium"]);
    const downloaded = findChromium();
    if (downloaded) return downloaded;
    throw new Error(
      "No Chromium was found and none could be installed. Install one and set COPANE_CHROMIUM to its path.",
    );
  });
}

/** Where the system has no package of that name, the next one is tried. */
async function installByApt() {
  const asRoot = process.platform === "linux" && existsSync("/usr/bin/apt-get") && rootPrefix();
  if (!asRoot) return;
  await asRoot("apt-get", ["update", "-qq"]);
  for (const names of [["chromium", windowless], ["chromium"]]) {
    const { code } = await asRoot("apt-get", [
      "install",
      "-y",
      "-qq",
      "--no-install-recommends",
      ...names,
      "fonts-liberation",
    ]);
    if (code === 0) return;
  }
}

function systemBrowsers() {
  const names = [
    windowless,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
  ];
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ].filter(existsSync);
}

function playwrightBrowsers() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), ".cache/ms-playwright"),
    join(homedir(), "Library/Caches/ms-playwright"),
    join(homedir(), "AppData/Local/ms-playwright"),
  ];
  const inside = [
    "chrome-linux64/chrome",
    "chrome-linux/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
  ];
  return caches
    .filter((cache) => cache !== undefined && existsSync(cache))
    .flatMap((cache) => {
      const versions = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
      // Newest first.
      versions.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
      return versions.flatMap((version) => inside.map((path) => join(cache, version, path)));
    })
    .filter(existsSync);
}

/** Some systems put a stub there that only says how to install the real one. */
function starts(path) {
  try {
    return /\d+\.\d+/.test(execFileSync(path, ["--version"], { stdio: "pipe", timeout: 20_000 }).toString());
  } catch {
    return false;
  }
}

/** A way to run as root without a question, if there is one. */
export function rootPrefix() {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (process.getuid?.() === 0) return (command, args) => run(command, args, { env });
  try {
    execFileSync("sudo", ["-n", "true"], { stdio: "ignore" });
    return (command, args) => run("sudo", ["-n", command, ...args], { env });
  } catch {
    return undefined;
  }
}
