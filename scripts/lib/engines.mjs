import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium, findChromium, rootPrefix } from "./chromium.mjs";
import { step } from "./run.mjs";

/** What each of the other engines needs from Debian's packages. WebKit has no mode without a screen. */
const packages = {
  firefox: ["firefox-esr"],
  webkit: ["webkit2gtk-driver", "xvfb"],
};

/**
 * Where a browser of an engine is on this machine. Throws, saying what to install, when it is not there.
 * @param {"chromium" | "firefox" | "webkit"} name
 */
export function findEngine(name) {
  const found = finders[name]();
  if (found) return found;
  const what = name === "chromium" ? "chromium" : packages[name].join(" ");
  throw new Error(
    `No ${name} was found. Install it (apt-get install ${what}) or run \`npm test\`, which does.`,
  );
}

/** Finds the browsers of all engines, or installs them. Rejects, saying what is missing, where that is impossible. */
export async function ensureEngines() {
  const chromium = await ensureChromium();
  const missing = Object.keys(packages).filter((name) => !finders[name]());
  if (missing.length > 0) {
    await step(`installing ${missing.join(" and ")} (once)`, async () => {
      const asRoot = existsSync("/usr/bin/apt-get") ? rootPrefix() : undefined;
      if (!asRoot) return;
      const wanted = missing.flatMap((name) => packages[name]);
      await asRoot("apt-get", ["update", "-qq"]);
      await asRoot("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted]);
    });
  }
  for (const name of missing) findEngine(name);
  return chromium;
}

const finders = {
  chromium: findChromium,
  firefox: () => process.env.COPANE_FIREFOX ?? onPath("firefox-esr") ?? onPath("firefox"),
  webkit: () => {
    const browser = process.env.COPANE_WEBKIT ?? miniBrowser();
    const driver = onPath("WebKitWebDriver");
    const screen = onPath("Xvfb");
    return browser && driver && screen ? { browser, driver, screen } : undefined;
  },
};

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** WebKit's small browser, which its package puts beside the library. */
function miniBrowser() {
  const folders = ["/usr/lib", "/usr/libexec", "/usr/lib64"].filter(existsSync);
  const inside = folders.flatMap((folder) => [
    folder,
    ...readdirSync(folder).map((name) => join(folder, name)),
  ]);
  const versions = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
  return inside
    .flatMap((folder) => versions.map((version) => join(folder, version, "MiniBrowser")))
    .find((path) => existsSync(path));
}
