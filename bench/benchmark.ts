import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keepPictures, launchBrowser, packageFolder } from "@copane/e2e";
import { measureGrowth } from "./measure/growth.ts";
import { measureRun, type Target } from "./measure/run.ts";
import { measureSizes } from "./measure/size.ts";
import { figuresOf, type PageFigures, type Report, type Round } from "./report/figures.ts";
import { type Entry, Sites } from "./targets.ts";
import { startTools, type Tool, type ToolName } from "./tools/index.ts";

const tools: readonly ToolName[] = ["none", "copane", "mirror", "rrweb", "openreplay"];
/**
 * Without the round of pictures, latencies and a trace: the page alone has none, and the mirror's are the
 * product's.
 */
const cpuOnly: ReadonlySet<ToolName> = new Set(["none", "mirror"]);
const pictures = fileURLToPath(new URL("out/pictures/", import.meta.url));

export interface BenchmarkOptions {
  entries: readonly Entry[];
  /** Runs of each tool on each page that measure work; one more has pictures, latencies and a trace. */
  repeat: number;
  marks: number;
  /** How many times slower the customer's CPU is made; 1 leaves it as it is. */
  slower: number;
  /** Seconds for which an idle page is measured; 0 leaves it out. */
  idle: number;
  /** Nodes that the growth measure inserts; 0 leaves it out. */
  insertions: number;
  cpus: number;
  save(report: Report): Promise<void>;
  log(line: string): void;
}

/** Measures every tool on every page, one after the other in one browser. */
export async function runBenchmark(options: BenchmarkOptions): Promise<Report> {
  const { entries, repeat, marks, slower, idle, insertions, save, log } = options;
  const browser = await launchBrowser();
  const started = await startTools(tools);
  const sites = new Sites();
  try {
    const report: Report = {
      at: new Date().toISOString(),
      machine: { node: process.version, chromium: browser.version(), cpus: options.cpus },
      versions: Object.fromEntries(
        ["@rrweb/record", "@rrweb/replay", "@openreplay/tracker"].map((name) => [name, versionOf(name)]),
      ),
      options: { repeat, marks, slower, idle },
      sizes: await measureSizes(),
      growth: {},
      pages: [],
    };
    for (const entry of entries) {
      log(`${entry.name}`);
      report.pages.push(await measurePage(entry));
      await save(report);
    }
    const first = entries[0];
    for (const tool of first && insertions > 0 ? started : []) {
      // In the product's figure is what the engine leaves behind.
      if (tool.name === "mirror") continue;
      log(`growth: ${tool.name}`);
      report.growth[tool.name] = await measureGrowth(
        browser,
        tool,
        await sites.url(first as Entry),
        insertions,
      );
    }
    await save(report);
    return report;
  } finally {
    await sites.close();
    for (const tool of started) await tool.close();
    await browser.close();
  }

  async function measurePage(entry: Entry): Promise<PageFigures> {
    const { ready, use, settleMs } = entry.page;
    const target: Target = {
      name: entry.name,
      url: await sites.url(entry),
      ...(ready && { ready }),
      ...(use && { use }),
      ...(settleMs !== undefined && { settleMs }),
    };
    const runs = new Map<Tool, Round[]>(started.map((tool) => [tool, []]));
    const failures: string[] = [];
    // Tools take turns, so that a machine that slows down slows all of them.
    for (let round = 0; round <= repeat; round++) {
      const full = round === 0;
      for (const tool of started) {
        if (full && cpuOnly.has(tool.name)) continue;
        try {
          const measured = await measureRun(browser, tool, target, runOptions(entry, tool, full));
          runs.get(tool)?.push({ round, measured });
        } catch (error) {
          if (!browser.isConnected()) throw error;
          failures.push(`${tool.name}: ${error instanceof Error ? error.message : String(error)}`);
          log(`  ${failures.at(-1)}`);
        }
      }
    }
    const alone = runs.get(started[0] as Tool) ?? [];
    const figures: PageFigures = {
      page: entry.name,
      stress: entry.corpus.packages.length === 0,
      tools: {},
      failures,
    };
    for (const [tool, measured] of runs) {
      if (tool.name === "none" || measured.length === 0) continue;
      figures.tools[tool.name] = figuresOf(measured, alone, marks);
    }
    return figures;
  }

  function runOptions(entry: Entry, tool: Tool, full: boolean) {
    const name = entry.name.replaceAll("/", "-");
    return {
      full,
      marks,
      slower,
      idleMs: idle * 1_000,
      keep: (moment: string, comparison: Parameters<typeof keepPictures>[1]) =>
        keepPictures(`${name}-${moment}-${tool.name}`, comparison, pictures),
    };
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`${packageFolder(name)}/package.json`, "utf8")) as {
    version: string;
  };
  return version;
}
