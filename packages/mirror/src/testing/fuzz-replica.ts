import fc from "fast-check";
import type { Page } from "playwright-core";
import { launchChromium } from "../../../../scripts/lib/browser.ts";
import { mirroredPage } from "./browser.ts";
import { bundled } from "./bundle.ts";
import { fuzzOptions } from "./fuzz-options.ts";
import { damagedStream, forgedStream } from "./replica-fuzz.ts";

const usage = "npm run fuzz:replica [-- --runs N --seed S]";

/** Streams of one call into the page. */
const TOGETHER = 20;

/** Plays forged streams at a replica, and real ones that were damaged on their way; prints what became of them. */
async function main(): Promise<void> {
  const { runs, seed } = fuzzOptions(usage, 10_000);
  console.log(`${runs} streams with seed ${seed}`);
  const browser = await launchChromium();
  let crashed = false;
  const real = await realStream(await mirroredPage(browser, sample));
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  page.on("crash", () => {
    crashed = true;
  });
  await page.addScriptTag({ content: await bundled("in-page-forged.ts") });
  await page.evaluate(() => {
    window.forged = window.startForged();
  });
  const streams = fc.sample(fc.oneof(forgedStream, damagedStream(real)), { numRuns: runs, seed });
  const seen = { refused: 0, frames: 0, longestMs: 0, slow: 0 };
  for (let from = 0; from < runs; from += TOGETHER) {
    const part = streams.slice(from, from + TOGETHER);
    const outcomes = await page.evaluate(async (given) => {
      const all = [];
      for (const payloads of given) all.push(await window.forged.playBytes(payloads));
      return all;
    }, part);
    outcomes.forEach(({ ended, frames, longestMs, errors }, i) => {
      seen.frames += frames;
      if (ended !== undefined) seen.refused++;
      if (longestMs > 1_000) seen.slow++;
      seen.longestMs = Math.max(seen.longestMs, longestMs);
      if (errors.length > 0) failed(`stream ${from + i}: ${errors.join("\n")}`);
    });
    if (from % 1_000 === 0 && from > 0) console.log(`  ${from} streams, longest task ${seen.longestMs} ms`);
  }
  await browser.close();
  if (crashed) failed("the page crashed");
  const { frames, refused, longestMs, slow } = seen;
  console.log(`${runs} streams, ${frames} frames, ${refused} refused, no crash, no uncaught error`);
  console.log(`longest task ${longestMs} ms; ${slow} streams with one of more than a second`);
}

const sample =
  "<style>.a{color:red}</style><ul><li class=a>a<li>b<b>c</b></ul><form><input value=1><select><option>1<option>2</select>" +
  "<textarea>t</textarea></form><table><tr><td>1<td>2</table><iframe srcdoc='<p>inside'></iframe><svg><g id=g /><use href=#g></svg>";

/** What a real capture sends of a page, uncompressed. */
async function realStream(page: Page): Promise<number[][]> {
  const frames = await page.evaluate(async () => {
    document.body.append("more", document.createElement("p"));
    await window.mirror.settle();
    return Promise.all(window.mirror.sent.map(async ({ written }) => [...(await written)]));
  });
  await page.close();
  return frames;
}

function failed(message: string): never {
  console.log(message);
  process.exit(1);
}

await main();
