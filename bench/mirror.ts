import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "../scripts/build.mjs";
import { runBenchmark } from "./benchmark.ts";
import { markdown } from "./report/markdown.ts";
import { plots } from "./report/plots.ts";
import { table } from "./report/table.ts";
import { chosen } from "./targets.ts";

const usage =
  "npm run bench:mirror [-- [--pages a,b] [--json FILE] [--repeat N] [--marks N] [--insertions N] [--slower N] [--idle SECONDS]]";

async function main(): Promise<void> {
  const options = read();
  await build({ all: false });
  const file = resolve(options.json);
  await mkdir(dirname(file), { recursive: true });
  const report = await runBenchmark({
    ...options,
    cpus: cpus().length,
    // After each page, so that a run that is cut short has not been for nothing.
    save: (soFar) => writeFile(file, `${JSON.stringify(soFar, null, 1)}\n`),
    log: (line) => console.error(line),
  });
  const base = file.replace(/\.json$/, "");
  for (const [name, svg] of Object.entries(plots(report))) await writeFile(`${base}-${name}.svg`, svg);
  await writeFile(`${base}.md`, markdown(report, base.slice(base.lastIndexOf("/") + 1)));
  console.log(table(report));
}

function read() {
  try {
    const { values } = parseArgs({
      options: {
        pages: { type: "string" },
        json: { type: "string", default: fileURLToPath(new URL("results/mirror.json", import.meta.url)) },
        repeat: { type: "string", default: "3" },
        marks: { type: "string", default: "30" },
        insertions: { type: "string", default: "200000" },
        slower: { type: "string", default: "1" },
        idle: { type: "string", default: "0" },
      },
    });
    return {
      entries: chosen(values.pages),
      json: values.json,
      repeat: count(values.repeat),
      marks: count(values.marks),
      insertions: count(values.insertions),
      slower: count(values.slower),
      idle: count(values.idle),
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(usage);
    process.exit(2);
  }
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${text} is no number of times`);
  return number;
}

await main();
