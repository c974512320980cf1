import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { type EngineName, engineNames } from "../../scripts/drivers/index.ts";
import type { Engines } from "../support/browser.ts";
import { endBrowsers, type FidelityReport, runFidelity } from "./run.ts";

const usage = `npm run fidelity -- --url URL [--use script.mjs] --json FILE
  [--browser ${engineNames.join("|")}] [--agent-browser …, else the same]`;

async function main(): Promise<void> {
  const { url, use, json, engines } = options();
  await build({ all: false });
  const { report, comparison } = await runFidelity({ url, engines, ...(use ? { use: resolve(use) } : {}) });
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
  await endBrowsers();
  // The Chromium of this process, if there is one, ends with it.
  process.exit();
}

function options(): { url: string; use: string | undefined; json: string; engines: Engines } {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: "string" },
        use: { type: "string" },
        json: { type: "string" },
        browser: { type: "string", default: "chromium" },
        "agent-browser": { type: "string" },
      },
    });
    const { url, use, json, browser, "agent-browser": agent = browser } = values;
    const engines = { customer: browser as EngineName, agent: agent as EngineName };
    const known = Object.values(engines).every((name) => engineNames.includes(name));
    if (url && json && known && URL.canParse(url)) return { url, use, json, engines };
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
