import { defineConfig } from "vitest/config";
import { findChromium } from "./scripts/lib/chromium.mjs";

const chromium = findChromium();
// Tests run on our sources: nothing between packages needs a build.
const source = { conditions: ["copane-source", "node"] };
const base = { resolve: source, ssr: { resolve: { ...source, externalConditions: ["copane-source"] } } };
const env = chromium === undefined ? {} : { COPANE_CHROMIUM: chromium };
// One Chromium at a time: two would fight for a small machine and make timings lie.
// On a shared machine a browser can stand still for seconds: CI looks twice before it says that a test failed.
const inChromium = {
  env,
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 90_000,
  retry: process.env.CI ? 1 : 0,
};

export default defineConfig({
  ...base,
  test: {
    projects: [
      {
        ...base,
        test: {
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
          include: ["packages/*/src/**/*.browser.test.ts", "apps/*/src/**/*.browser.test.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...base,
        test: {
          ...inChromium,
          name: "e2e",
          include: ["e2e/tests/**/*.test.ts"],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
