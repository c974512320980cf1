import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { corpora, launchBrowser, openContext, packageFolder } from "@copane/e2e";
import type { Browser } from "playwright-core";
import { chosen, type Entry, entries, Sites } from "./targets.ts";

const usage = "npm run corpus [-- --list | --check [--pages a,b]]";

/** Lists the pages and serves them until it is ended; `--list` only lists, `--check` plays each one alone. */
async function main(): Promise<void> {
  const { list, check, pages } = options();
  const sites = new Sites();
  if (check) {
    const browser = await launchBrowser();
    let failed = 0;
    for (const entry of chosen(pages)) {
      const faults = await faultsOf(browser, entry, await sites.url(entry));
      if (faults.length > 0) failed++;
      console.log([entry.name, ...faults.map((fault) => `  ${fault}`)].join("\n"));
    }
    await browser.close();
    await sites.close();
    process.exitCode = failed === 0 ? 0 : 1;
    return;
  }
  for (const corpus of corpora) {
    const packages = corpus.packages.map(described).join(", ") || "written for this benchmark";
    console.log(`\n${corpus.name}: ${corpus.about}\n  ${packages}`);
    for (const entry of entries.filter((one) => one.corpus === corpus)) {
      console.log(`  ${entry.name.padEnd(28)}${list ? "" : await sites.url(entry)}`.trimEnd());
    }
  }
  if (list) return;
  console.log("\nServed on this machine only. Ctrl+C ends it.");
  process.once("SIGINT", () => void sites.close().then(() => process.exit(0)));
}

function options() {
  try {
    return parseArgs({
      options: { list: { type: "boolean" }, check: { type: "boolean" }, pages: { type: "string" } },
    }).values;
  } catch {
    console.error(usage);
    process.exit(2);
  }
}

function described(name: string): string {
  const { version, license } = JSON.parse(readFileSync(`${packageFolder(name)}/package.json`, "utf8")) as {
    version: string;
    license: string;
  };
  return `${name} ${version} (${license})`;
}

/** What is wrong with a page when nobody mirrors it: a use that fails, errors, addresses off this machine. */
async function faultsOf(browser: Browser, { page: { ready, use } }: Entry, url: string): Promise<string[]> {
  const context = await openContext(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") faults.push(`not local: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  try {
    await page.goto(url);
    await ready?.(page);
    await use?.(page);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  await context.close();
  return [...new Set(faults)];
}

await main();
