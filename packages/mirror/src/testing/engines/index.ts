import { findEngine } from "../../../../../scripts/lib/engines.mjs";
import { startChromium } from "./chromium.ts";
import { startFirefox } from "./firefox.ts";
import type { Engine, EngineName } from "./types.ts";
import { startWebKit, type WebKitPaths } from "./webkit.ts";

export { type Engine, type EngineName, type EnginePage, engineNames } from "./types.ts";

/** Starts a browser of an engine. Throws, with what to install, where this machine has none. */
export async function startEngine(name: EngineName): Promise<Engine> {
  if (name === "chromium") return startChromium();
  const found = findEngine(name);
  return name === "firefox" ? startFirefox(found as string) : startWebKit(found as WebKitPaths);
}
