import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { type FidelityReport, runFidelity } from "./run.ts";

const usage = "npm run fidelity -- --url URL [--use script.mjs] --json FILE";

async function main(): Promise<void> {
  const { url, use, json } = options();
  await build({ all: false });
  const { report, comparison } = await runFidelity({ url, ...(use ? { use: resolve(use) } : {}) });
  const file = resolve(json);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  if (comparison) {
    const base = file.replace(/\.json$/, "");
    await writeFile(`${base}-customer.png`, comparison.customerPicture);
    await writeFile(`${base}-agent.png`, comparison.agentPicture);
    await writeFile(`${base}-difference.png`, comparison.differencePicture);
  }
  console.log(summary(report));
}

function options(): { url: string; use: string | undefined; json: string } {
  try {
    const { values } = parseArgs({
      options: { url: { type: "string" }, use: { type: "string" }, json: { type: "string" } },
    });
    const { url, use, json } = values;
    if (url && json && URL.canParse(url)) return { url, use, json };
  } catch {
    // An unknown option: the usage says which there are.
  }
  console.error(usage);
  process.exit(2);
}

function summary(report: FidelityReport): string {
  return JSON.stringify(report, null, 2);
}

await main();
