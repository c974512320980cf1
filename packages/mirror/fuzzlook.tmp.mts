import fc from "fast-check";
import { launch, mirroredPage } from "./src/testing/browser.ts";
import { maskedSteps, steps } from "./src/testing/steps.ts";

const b = await launch();
const page = await mirroredPage(b, "");
const runs = Number(process.argv[2] ?? 100),
  seed = Number(process.argv[3] ?? 5);
const lens = [];
const t = Date.now();
let n = 0;
const result = await fc.check(
  fc.asyncProperty(steps, async (s) => {
    n++;
    const r = await page.evaluate((g) => window.mirror.fuzz(g), s);
    lens.push(r.page.length);
    if (r.errors.length) throw new Error(r.errors[0]);
    if (r.page !== r.mirror) throw new Error("PAGE\n" + r.page + "\nMIRROR\n" + r.mirror);
  }),
  { numRuns: runs, seed, interruptAfterTimeLimit: 120000 },
);
console.log(n, (Date.now() - t) / n, "ms", "median len", lens.sort((a, b) => a - b)[lens.length >> 1]);
if (result.failed) {
  console.log(JSON.stringify(result.counterexample), result.numShrinks);
  console.log(result.errorInstance?.message?.slice(0, 3000));
}
await b.close();
