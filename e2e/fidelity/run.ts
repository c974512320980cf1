import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { AgentView } from "../support/agent.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Comparison, compare } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { startStack } from "../support/stack.ts";
import { measureLatency, percentile, watchLongTasks } from "./measure.ts";

/** What `npm run fidelity` writes. Null: not reached; `errors` says why. */
export interface FidelityReport {
  /** Share of pixels that differ, 0 to 1. */
  pixelDiff: number | null;
  textEqual: boolean | null;
  formEqual: boolean | null;
  scrollEqual: boolean | null;
  /** Bytes of mirror frames that left the customer's browser. */
  wireBytes: number | null;
  /** From the agent's join to its first complete picture. */
  snapshotMs: number | null;
  /** The customer's longest main-thread task during the session; 0 when none passed 50 ms. */
  longestTaskMs: number | null;
  latencyMs: { p50: number | null; p99: number | null };
  errors: string[];
}

export interface FidelityRun {
  report: FidelityReport;
  comparison: Comparison | undefined;
}

/** Opens a page with the customer script, shares it with a real agent, plays the use script, compares. */
export async function runFidelity(options: { url: string; use?: string }): Promise<FidelityRun> {
  const report: FidelityReport = {
    pixelDiff: null,
    textEqual: null,
    formEqual: null,
    scrollEqual: null,
    wireBytes: null,
    snapshotMs: null,
    longestTaskMs: null,
    latencyMs: { p50: null, p99: null },
    errors: [],
  };
  let comparison: Comparison | undefined;
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const stack = await startStack();
    closers.push(() => stack.close());
    const browser = await launchBrowser();
    closers.push(() => browser.close());
    const customer = await Customer.open(browser, stack, options.url);
    const agent = await AgentView.open(browser, stack);
    // A page that never falls silent is a page too.
    await customer.page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
    const key = await customer.start();
    const longestTask = await watchLongTasks(customer.page);
    const joined = performance.now();
    await agent.join(key);
    report.snapshotMs = Math.round(performance.now() - joined);
    if (options.use) await use(options.use, customer.page, report.errors);
    comparison = await compare(customer, agent);
    report.pixelDiff = comparison.pixelDiff;
    report.textEqual = comparison.customer.text === comparison.agent.text;
    report.formEqual = equal(comparison.customer.fields, comparison.agent.fields);
    report.scrollEqual = equal(comparison.customer.scroll, comparison.agent.scroll);
    report.wireBytes = customer.wire.mirrorBytes;
    const latencies = await measureLatency(customer.page, agent, 50);
    report.latencyMs = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    report.longestTaskMs = await longestTask();
    report.errors.push(...customer.errors.map((error) => `customer's page: ${error}`));
    const agentErrors = await agent.page.evaluate(() => window.agentView.errors());
    report.errors.push(...agentErrors.map((error) => `agent: ${error}`));
  } catch (error) {
    report.errors.push(message(error));
  }
  for (const close of closers.reverse()) await close().catch((error) => report.errors.push(message(error)));
  return { report, comparison };
}

async function use(script: string, page: Page, errors: string[]): Promise<void> {
  try {
    const module = (await import(pathToFileURL(script).href)) as {
      default?: (page: Page) => Promise<unknown>;
    };
    if (typeof module.default !== "function") throw new Error(`${script} has no default export to call`);
    await module.default(page);
  } catch (error) {
    errors.push(`use script: ${message(error)}`);
  }
}

function equal(left: string[], right: string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
