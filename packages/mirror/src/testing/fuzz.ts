import fc from "fast-check";
import { launchChromium } from "../../../../scripts/lib/browser.ts";
import { mirroredPage } from "./browser.ts";
import { fuzzOptions } from "./fuzz-options.ts";
import { type Step, steps } from "./steps.ts";

const usage = "npm run fuzz:mirror [-- --runs N --seed S]";

/** Plays random sequences until one leaves the replica different from the page; prints its shortest form. */
async function main(): Promise<void> {
  const { runs, seed } = fuzzOptions(usage, 2_000);
  console.log(`${runs} runs with seed ${seed}`);
  const browser = await launchChromium();
  const page = await mirroredPage(browser, "", {}, { secure: true });
  const began = Date.now();
  let done = 0;
  const result = await fc.check(
    fc.asyncProperty(steps, async (played: Step[]) => {
      const sides = await page.evaluate((given) => window.mirror.fuzz(given as never), played);
      if (++done % 500 === 0) console.log(`  ${done} after ${Math.round((Date.now() - began) / 1_000)} s`);
      if (sides.errors.length > 0) throw new Error(sides.errors.join("\n"));
      if (sides.mirror !== sides.page) throw new Error(difference(sides.page, sides.mirror));
    }),
    { numRuns: runs, seed },
  );
  await browser.close();
  if (!result.failed) {
    console.log(`${done} sequences, the replica was the page after each`);
    return;
  }
  console.log(`Failed after ${result.numRuns} runs; shortest form of it, for src/fuzz.browser.test.ts:`);
  console.log(JSON.stringify(result.counterexample?.[0]));
  console.log(result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance);
  process.exitCode = 1;
}

/** The first lines in which the two differ. */
function difference(page: string, mirror: string): string {
  const [expected, found] = [page.split("\n"), mirror.split("\n")];
  const at = expected.findIndex((line, i) => line !== found[i]);
  const from = Math.max(0, at - 3);
  return `page:\n${expected.slice(from, at + 4).join("\n")}\nreplica:\n${found.slice(from, at + 4).join("\n")}`;
}

await main();
