import type { Config } from "@copane/server";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { closeAllPages } from "../../scripts/lib/browser.ts";
import { underTest } from "../engines/cannot.ts";
import { browsersFor, type Engines, wantedEngines } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

/** The browsers of the test process, and a server of its own for a test file. */
export interface World {
  readonly engines: Engines;
  readonly browser: Browser;
  readonly stack: Stack;
}

/** Starts the file's server before its tests; after them closes all pages and ends the server. */
export function setUpWorld(overrides: Partial<Config> = {}, engines = wantedEngines()): World {
  const world: { browser?: Browser; stack?: Stack } = {};
  beforeAll(async () => {
    const listening = engines.customer !== "chromium";
    [world.browser, world.stack] = await Promise.all([
      browsersFor(engines),
      startStack(overrides, listening),
    ]);
  });
  beforeEach((context) => underTest(context));
  afterEach(() => underTest(undefined));
  afterAll(async () => {
    await closeAllPages(world.browser);
    await world.stack?.close();
  });
  return {
    engines,
    get browser() {
      return present(world.browser);
    },
    get stack() {
      return present(world.stack);
    },
  };
}

function present<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("only inside of tests");
  return thing;
}
