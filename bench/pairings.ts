import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Engines, endBrowsers, keepPictures, listensFor, runFidelity, startStack } from "@copane/e2e";
import { build } from "../scripts/build.mjs";
import { type EngineName, engineNames } from "../scripts/drivers/index.ts";
import { type PageResult, type PairingsReport, pairingsMarkdown } from "./report/pairings.ts";
import { chosen, type Entry, Sites } from "./targets.ts";

const usage = `npm run bench:pairings [-- --pairs customer-agent,… --pages a,b --json FILE --again]
  engines: ${engineNames.join(", ")}; pages that the file has already are left out but for --again`;

const pictures = fileURLToPath(new URL("out/pairings/", import.meta.url));

/** A page that takes longer has hung. */
const MOST_MS = 120_000;

/** Shares the corpus between each two engines; the file has what runs before it found, too. */
async function main(): Promise<void> {
  const { pairs, entries, json, again } = options();
  await build({ all: false });
  const report = await before(json);
  const sites = new Sites();
  const stacks = new Map<boolean, ReturnType<typeof startStack>>();
  // Page by page, so that a run that is cut short has each in all pairings.
  for (const entry of entries) {
    for (const engines of pairs) {
      const same = (one: PageResult) => one.page === entry.name && sameEngines(one.engines, engines);
      if (!again && report.results.some(same)) continue;
      const listening = listensFor(engines);
      const stack = stacks.get(listening) ?? startStack({}, listening);
      stacks.set(listening, stack);
      const result = await runPage(entry, await sites.url(entry), engines, await stack);
      report.results = [...report.results.filter((one) => !same(one)), result];
      report.at = new Date().toISOString();
      console.log(JSON.stringify({ ...result, boxes: result.boxes && { off: result.boxes.off.length } }));
      await mkdir(dirname(json), { recursive: true });
      await writeFile(json, `${JSON.stringify(report, null, 1)}\n`);
      await writeFile(json.replace(/\.json$/, ".md"), pairingsMarkdown(report));
      // Its browser hears nobody any more: the next run goes on with a new one.
      if (result.textEqual === null && result.seconds * 1000 >= MOST_MS) process.exit(3);
    }
  }
  await endBrowsers();
  process.exit();
}

async function runPage(
  { name, page }: Entry,
  url: string,
  engines: Engines,
  stack: Awaited<ReturnType<typeof startStack>>,
): Promise<PageResult> {
  const { ready, use } = page;
  const started = performance.now();
  const run = runFidelity({ url, engines, stack, changes: 0, ...(ready && { ready }), ...(use && { use }) });
  const late = new Promise<undefined>((done) => setTimeout(done, MOST_MS));
  const ran = await Promise.race([run, late]);
  const result = { page: name, engines, seconds: Math.round((performance.now() - started) / 1000) };
  const none = { pixelDiff: null, textEqual: null, formEqual: null, scrollEqual: null, boxes: null };
  if (!ran) return { ...result, ...none, cannot: [], errors: [`did not end in ${MOST_MS / 1000} s`] };
  const { report, comparison } = ran;
  const { pixelDiff, textEqual, formEqual, scrollEqual, boxes, cannot, errors } = report;
  if (comparison && (pixelDiff ?? 0) > 0.001)
    await keepPictures(
      `${name.replaceAll("/", "-")}-${engines.customer}-${engines.agent}`,
      comparison,
      pictures,
    );
  return { ...result, pixelDiff, textEqual, formEqual, scrollEqual, boxes, cannot, errors };
}

async function before(json: string): Promise<PairingsReport> {
  try {
    return JSON.parse(await readFile(json, "utf8")) as PairingsReport;
  } catch {
    return { at: "", results: [] };
  }
}

function sameEngines(one: Engines, other: Engines): boolean {
  return one.customer === other.customer && one.agent === other.agent;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        pairs: { type: "string" },
        pages: { type: "string" },
        json: { type: "string", default: fileURLToPath(new URL("results/pairings.json", import.meta.url)) },
        again: { type: "boolean", default: false },
      },
    });
    return {
      pairs: values.pairs ? values.pairs.split(",").map(pairOf) : allPairs(),
      entries: chosen(values.pages),
      json: resolve(values.json),
      again: values.again,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(usage);
    process.exit(2);
  }
}

function pairOf(text: string): Engines {
  const [customer, agent] = text.split("-") as [EngineName, EngineName];
  if (!engineNames.includes(customer) || !engineNames.includes(agent)) throw new Error(`${text} is no pair`);
  return { customer, agent };
}

function allPairs(): Engines[] {
  return engineNames.flatMap((customer) => engineNames.map((agent) => ({ customer, agent })));
}

await main();
