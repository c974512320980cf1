import "./lib/node-version.mjs";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "./build.mjs";
import { ensureEngines } from "./lib/engines.mjs";
import { installPackages } from "./lib/install.mjs";
import { ensureRedis } from "./lib/redis.mjs";
import { root, runTool, step } from "./lib/run.mjs";

const usage = `npm test [-- FILTER…]     everything that CI runs; with filters only the test files whose path has one
npm run test:quick        the checks and the unit tests: no browser, no build`;

const report = `${root}.cache/vitest.json`;
const given = process.argv.slice(2);
const quick = given.includes("--quick");
const filters = given.filter((word) => word !== "--quick");

const types = ["checking types", "typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]];
const shortChecks = [
  ["linting", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]],
  ["looking for long lines", "../scripts/check-lines.mjs", []],
  ["looking how the engine asks the page", "../scripts/check-dom-access.mjs", []],
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

/** Runs checks one after another; each prints only when it fails. */
async function checkAll(checks) {
  for (const [label, script, args] of checks)
    await check(label, async () => {
      const { code, output } = await runTool(script, args, { quiet: true });
      if (code !== 0) throw new Error(output);
    });
}

async function main() {
  await installPackages();
  const chromium = quick ? undefined : await ensureEngines();
  // The check of types fills one core, the others with the build fill the second.
  const [, built] = await Promise.all([
    checkAll([types]),
    checkAll(shortChecks).then(() => quick || check("building", () => build({ all: true }))),
  ]);
  if (!built) return;
  if (!quick) await checkAll([["comparing sizes with their budgets", "../scripts/check-sizes.mjs", []]]);
  // Imported late: it needs a package that was perhaps installed just now.
  const { ensurePostgres } = await import("./lib/postgres.mjs");
  const postgres = await ensurePostgres();
  const redis = await ensureRedis().catch((error) => {
    postgres.stop();
    throw error;
  });
  try {
    await runTests({
      ...(chromium && { COPANE_CHROMIUM: chromium }),
      TEST_DATABASE_URL: postgres.url,
      TEST_REDIS_URL: redis.url,
    });
  } finally {
    redis.stop();
    postgres.stop();
  }
}

async function runTests(env) {
  mkdirSync(`${root}.cache`, { recursive: true });
  rmSync(report, { force: true });
  const { code } = await runTool(
    "vitest/vitest.mjs",
    [
      "run",
      ...(quick ? ["--project", "unit"] : []),
      // Those of vitest.config.ts, and a report to count by.
      "--reporter=./scripts/lib/progress-reporter.ts",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { env },
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

if (given.includes("--help")) {
  console.log(usage);
} else {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
  }
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}
