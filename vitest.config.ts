import { defineConfig } from "vitest/config";
import { findChromium } from "./scripts/lib/chromium.mjs";
import { LongestFirst } from "./scripts/lib/longest-first.ts";

const chromium = findChromium();
// Tests run on our sources: nothing between packages needs a build.
const source = { conditions: ["copane-source", "node"] };
const base = { resolve: source, ssr: { resolve: { ...source, externalConditions: ["copane-source"] } } };
const env = chromium === undefined ? {} : { COPANE_CHROMIUM: chromium };
// Three test processes, whatever the machine: each waits for its browsers half of the time, so that three fill two
// cores. More would make time-outs lie.
// On a shared machine one can stand still for seconds: CI looks twice before it says that a test failed.
// A process goes from file to file with its modules: a Chromium, a bundle and the embedded database, of which each
// server has a part of its own, are made once.
const workers = { maxWorkers: 3, retry: process.env.CI ? 1 : 0, isolate: false };
const inChromium = {
  ...workers,
  env,
  testTimeout: 60_000,
  hookTimeout: 90_000,
};
/** They compare what happens with what the clock says: nothing runs beside them. */
const timed = ["e2e/tests/avaya-intervals.test.ts", "e2e/tests/avaya-timeouts.test.ts"];

/** What is tested in Firefox and WebKit too: one engine on both sides. Mixed pairs have a test of their own. */
const inEngines = {
  firefox: ["control", "privacy", "looks", "fidelity", "delivery"],
  webkit: ["journey", "control", "privacy", "delivery"],
};
const engines = Object.entries(inEngines).map(([name, files]) => ({
  ...base,
  test: {
    ...inChromium,
    name: `e2e-${name}`,
    env: { ...env, COPANE_BROWSER: name },
    include: files.map((file) => `e2e/tests/${file}.test.ts`),
  },
}));

export default defineConfig({
  ...base,
  test: {
    reporters: ["./scripts/lib/progress-reporter.ts"],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...base,
        test: {
          ...workers,
          name: "unit",
          include: [
            "packages/*/src/**/*.test.{ts,tsx}",
            "apps/*/src/**/*.test.{ts,tsx}",
            "bench/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**"],
          // An embedded database is made, which takes a busy machine many seconds.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...base,
        test: {
          ...inChromium,
          name: "browser",
          include: [
            "packages/*/src/**/*.browser.test.ts",
            "apps/*/src/**/*.browser.test.ts",
            "bench/**/*.browser.test.ts",
          ],
        },
      },
      {
        ...base,
        test: {
          ...inChromium,
          name: "e2e",
          include: ["e2e/tests/**/*.test.ts"],
          exclude: timed,
        },
      },
      ...engines,
      {
        ...base,
        test: {
          ...inChromium,
          name: "timed",
          include: timed,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
