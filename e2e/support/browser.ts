import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { type DrivenName, type EngineName, engineNames } from "../../scripts/drivers/index.ts";
import { launchChromium, sharedChromium } from "../../scripts/lib/browser.ts";
import { drivenBrowser, type SideName } from "../engines/browser.ts";

/** It reaches nothing but this machine, so that no test depends on the internet; letters look alike everywhere. */
const args = [
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** A headless Chromium that the caller closes, as people have it: for measurements. */
export const launchBrowser = (): Promise<Browser> => launchChromium(args, { windowed: true });

/** The one Chromium of the test process. */
export const sharedBrowser = (): Promise<Browser> => sharedChromium(args);

/** Which engine each side has. */
export type Engines = Record<"customer" | "agent", EngineName>;

/** The engines that this run of tests is for: Chromium where nothing else is said. */
export function wantedEngines(): Engines {
  const named = (variable: string, otherwise: EngineName) => {
    const name = process.env[variable] || otherwise;
    const known = engineNames.find((one) => one === name);
    if (!known) throw new Error(`${variable} is "${name}", not one of ${engineNames.join(", ")}`);
    return known;
  };
  const customer = named("COPANE_BROWSER", "chromium");
  return { customer, agent: named("COPANE_AGENT_BROWSER", customer) };
}

/** Browsers of which each side takes its own; it goes wherever a browser goes. */
const pairs = new WeakMap<Browser, Record<SideName, Browser>>();

/** The browsers of the test process for both sides, as one. */
export async function browsersFor({ customer, agent }: Engines): Promise<Browser> {
  const of = (name: EngineName, side: SideName) =>
    name === "chromium" ? sharedBrowser() : drivenBrowser(name as DrivenName, side);
  const sides = {
    customer: await of(customer, "customer"),
    agent: await of(agent, "agent"),
    witness: await of(agent, "witness"),
  };
  if (sides.customer === sides.agent) return sides.customer;
  const contexts = () => Object.values(sides).flatMap((browser) => browser.contexts());
  const pair = { contexts } as unknown as Browser;
  pairs.set(pair, sides);
  return pair;
}

/** Size of both browsers' pages in comparisons, so that the agent's picture has scale 1. */
const viewport = { width: 1280, height: 800 };

/** A fresh profile with one window size for all. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
  side: SideName = "customer",
): Promise<BrowserContext> {
  const own = pairs.get(browser)?.[side] ?? browser;
  const context = await own.newContext({ viewport, ...options });
  // tsx marks the functions that we send into pages with a helper that no page has.
  await context.addInitScript({
    content: 'Object.defineProperty(globalThis, "__name", { value: (it) => it, configurable: true });',
  });
  return context;
}
