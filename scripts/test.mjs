import "./lib/node-version.mjs";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "./build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { installPackages } from "./lib/install.mjs";
import { root, runTool, step } from "./lib/run.mjs";

const report = `${root}.cache/vitest.json`;

const checks = [
  ["linting", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]],
  ["checking types", "typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]],
  ["looking for dead code", "knip/bin/knip.js", ["--no-progress"]],
  [
    "checking the layers",
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", ".dependency-cruiser.cjs", "packages", "apps", "e2e", "bench"],
  ],
];

let passed = 0;
let failed = 0;

/** Counts a step as one passed or failed check. */
async function check(label, work) {
  try {
    await step(label, work);
    passed++;
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
    return false;
  }
}

async function main() {
  await installPackages();
  const chromium = await ensureChromium();
  if (!(await check("building", () => build({ all: true })))) return;
  for (const [label, script, args] of checks) {
    await check(label, async () => {
      const { code, output } = await runTool(script, args, { quiet: true });
      if (code !== 0) throw new Error(output);
    });
  }
  // Imported late: it needs a package that was perhaps installed just now.
  const { ensurePostgres } = await import("./lib/postgres.mjs");
  const postgres = await ensurePostgres();
  try {
    await runTests(chromium, postgres.url);
  } finally {
    postgres.stop();
  }
}

async function runTests(chromium, databaseUrl) {
  mkdirSync(`${root}.cache`, { recursive: true });
  rmSync(report, { force: true });
  const { code } = await runTool(
    "vitest/vitest.mjs",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
    { env: { COPANE_CHROMIUM: chromium, TEST_DATABASE_URL: databaseUrl } },
  );
  const failedBefore = failed;
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    passed += result.numPassedTests;
    failed += result.numFailedTests;
    // A file that does not load has no tests to fail.
    failed += result.testResults.filter(
      (file) => file.status === "failed" && !file.assertionResults.length,
    ).length;
  } catch {
    console.error("The test run left no report.");
  }
  // Errors outside of any test make the exit code alone.
  if (code !== 0 && failed === failedBefore) failed++;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
