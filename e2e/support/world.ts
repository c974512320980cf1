import type { Config } from "@copane/server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

/** One browser and one server for a test file. */
export interface World {
  readonly browser: Browser;
  readonly stack: Stack;
}

/** Starts the file's browser and server before its tests and ends them after. */
export function setUpWorld(overrides: Partial<Config> = {}): World {
  const world: { browser?: Browser; stack?: Stack } = {};
  beforeAll(async () => {
    [world.browser, world.stack] = await Promise.all([launchBrowser(), startStack(overrides)]);
  });
  afterAll(async () => {
    await world.browser?.close();
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
