import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { closeDriven } from "../engines/browser.ts";
import { CannotDo } from "../engines/cannot.ts";
import { AgentView } from "../support/agent.ts";
import { browsersFor, type Engines, openContext } from "../support/browser.ts";
import { type Comparison, compare } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { startStack } from "../support/stack.ts";
import { type BoxReport, boxesOf, compareBoxes } from "./boxes.ts";
import { measureLatency, percentile, watchLongTasks } from "./measure.ts";

/** What `npm run fidelity` writes. Null: not reached; `errors` says why. */
export interface FidelityReport {
  engines: Engines;
  /** Share of pixels that differ, 0 to 1. Null between two engines, of which each draws letters in its own way. */
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
  /** Where elements stand, between two engines. */
  boxes: BoxReport | null;
  /** What the driver of an engine has no means for, and was left out. */
  cannot: string[];
  errors: string[];
}

export interface FidelityRun {
  report: FidelityReport;
  comparison: Comparison | undefined;
}

/** Opens a page with the customer script, shares it with a real agent, plays the use script, compares. */
export async function runFidelity(options: {
  url: string;
  use?: string;
  engines: Engines;
}): Promise<FidelityRun> {
  const { engines } = options;
  const mixed = engines.customer !== engines.agent;
  const report: FidelityReport = {
    engines,
    pixelDiff: null,
    textEqual: null,
    formEqual: null,
    scrollEqual: null,
    wireBytes: null,
    snapshotMs: null,
    longestTaskMs: null,
    latencyMs: { p50: null, p99: null },
    boxes: null,
    cannot: [],
    errors: [],
  };
  let comparison: Comparison | undefined;
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const stack = await startStack({}, engines.customer !== "chromium");
    closers.push(() => stack.close());
    const browser = await browsersFor(engines);
    closers.push(() => Promise.all(browser.contexts().map((context) => context.close())));
    const customer = await Customer.open(browser, stack, options.url);
    const agent = await AgentView.open(browser, stack);
    // A page that never falls silent is a page too.
    await customer.page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
    const key = await customer.start();
    const longestTask = await watchLongTasks(customer.page);
    if (!longestTask) report.cannot.push(new CannotDo(engines.customer, "tell of long tasks").message);
    const joined = performance.now();
    await agent.join(key);
    report.snapshotMs = Math.round(performance.now() - joined);
    if (options.use) await use(options.use, customer.page, report);
    comparison = await compare(customer, agent);
    if (!mixed) report.pixelDiff = comparison.pixelDiff;
    else {
      const boxes = await boxesOf(customer.page);
      const seen = await boxesOf(agent.page, "agentView.document()");
      report.boxes = compareBoxes(boxes, seen, await alone(browser, options));
    }
    report.textEqual = comparison.customer.text === comparison.agent.text;
    report.formEqual = equal(comparison.customer.fields, comparison.agent.fields);
    report.scrollEqual = equal(comparison.customer.scroll, comparison.agent.scroll);
    report.wireBytes = customer.wire.mirrorBytes;
    const latencies = await measureLatency(customer.page, agent, 50);
    report.latencyMs = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    if (longestTask) report.longestTaskMs = await longestTask();
    report.errors.push(...customer.errors.map((error) => `customer's page: ${error}`));
    const agentErrors = await agent.page.evaluate(() => window.agentView.errors());
    report.errors.push(...agentErrors.map((error) => `agent: ${error}`));
  } catch (error) {
    note(error, report);
  }
  for (const close of closers.reverse()) await close().catch((error) => report.errors.push(message(error)));
  return { report, comparison };
}

/** Where the elements of the page stand in the agent's engine, when nobody mirrors it. */
async function alone(browser: Browser, { url, use: script }: { url: string; use?: string }) {
  const context = await openContext(browser, {}, "witness");
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
    if (script) await use(script, page, { errors: [], cannot: [] });
    return await boxesOf(page);
  } finally {
    await context.close();
  }
}

/** Ends the browsers that runs have left open for the next ones. */
export const endBrowsers = closeDriven;

type Notes = Pick<FidelityReport, "errors" | "cannot">;

async function use(script: string, page: Page, notes: Notes): Promise<void> {
  try {
    const module = (await import(pathToFileURL(script).href)) as {
      default?: (page: Page) => Promise<unknown>;
    };
    if (typeof module.default !== "function") throw new Error(`${script} has no default export to call`);
    await module.default(page);
  } catch (error) {
    note(error, notes, "use script: ");
  }
}

function note(error: unknown, { errors, cannot }: Notes, where = ""): void {
  if (error instanceof CannotDo) cannot.push(where + error.message);
  else errors.push(where + message(error));
}

function equal(left: string[], right: string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
