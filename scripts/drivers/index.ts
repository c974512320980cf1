import { findEngine } from "../lib/engines.mjs";
import { startChromium } from "./chromium.ts";
import { startFirefox } from "./firefox.ts";
import type { DriverEngine, Engine, EngineName } from "./types.ts";
import { startWebKit, type WebKitPaths } from "./webkit.ts";

export {
  type DriverEngine,
  type DriverPage,
  type Engine,
  type EngineName,
  type EnginePage,
  engineNames,
  type NativeDialog,
} from "./types.ts";

/** The engines that a WebDriver drives. */
export type DrivenName = Exclude<EngineName, "chromium">;

/** Starts a browser of an engine. Throws, with what to install, where this machine has none. */
export async function startEngine(name: EngineName): Promise<Engine> {
  return name === "chromium" ? startChromium() : startDriver(name);
}

/** The same for the engines that a WebDriver drives. */
export async function startDriver(name: DrivenName): Promise<DriverEngine> {
  const found = findEngine(name);
  return name === "firefox" ? startFirefox(found as string) : startWebKit(found as WebKitPaths);
}
