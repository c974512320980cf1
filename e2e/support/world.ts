import type { Config } from "@copane/server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { closeAllPages } from "../../scripts/lib/browser.ts";
import { sharedBrowser } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

/** The browser of the test process, and a server of its own for a test file. */
export interface World {
  readonly browser: Browser;
  readonly stack: Stack;
}

/** Starts the file's server before its tests; after them closes all pages and ends the server. */
export function setUpWorld(overrides: Partial<Config> = {}): World {
  const world: { browser?: Browser; stack?: Stack } = {};
  beforeAll(async () => {
    [world.browser, world.stack] = await Promise.all([sharedBrowser(), startStack(overrides)]);
  });
  afterAll(async () => {
    await closeAllPages(world.browser);
    await world.stack?.close();
  });
  return {
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
