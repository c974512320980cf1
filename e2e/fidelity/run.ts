import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { closeDriven } from "../engines/browser.ts";
import { CannotDo } from "../engines/cannot.ts";
import { AgentView } from "../support/agent.ts";
import { browsersFor, type Engines, openContext } from "../support/browser.ts";
import { type Comparison, compare } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type BoxReport, boxesOf, compareBoxes, roomOf } from "./boxes.ts";
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

type Play = (page: Page) => Promise<unknown>;

export interface FidelityOptions {
  url: string;
  engines: Engines;
  /** Until the page stands still, before it is shared. */
  ready?: Play;
  /** What its user does: a script's file, or the function itself. */
  use?: string | Play;
  /** A server that goes on after the run; it has to listen for engines other than Chromium. */
  stack?: Stack;
  /** Changes by which latency is measured. */
  changes?: number;
}

/** Opens a page with the customer script, shares it with a real agent, plays the use script, compares. */
export async function runFidelity(options: FidelityOptions): Promise<FidelityRun> {
  const { engines, changes = 50 } = options;
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
    const stack = options.stack ?? (await startStack({}, listensFor(engines)));
    if (!options.stack) closers.push(() => stack.close());
    const browser = await browsersFor(engines);
    closers.push(() => Promise.all(browser.contexts().map((context) => context.close())));
    const customer = await Customer.open(browser, stack, options.url);
    const agent = await AgentView.open(browser, stack);
    await arrive(customer.page, options, report);
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
      report.boxes = compareBoxes(boxes, seen, await alone(browser, options, await roomOf(customer.page)));
    }
    report.textEqual = comparison.customer.text === comparison.agent.text;
    report.formEqual = equal(comparison.customer.fields, comparison.agent.fields);
    report.scrollEqual = equal(comparison.customer.scroll, comparison.agent.scroll);
    report.wireBytes = customer.wire.mirrorBytes;
    if (changes > 0) {
      const latencies = await measureLatency(customer.page, agent, changes);
      report.latencyMs = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    }
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
async function alone(
  browser: Browser,
  options: FidelityOptions,
  viewport: Awaited<ReturnType<typeof roomOf>>,
) {
  const context = await openContext(browser, { viewport }, "witness");
  try {
    // What is in sight at the agent has the customer's room, without scroll bars.
    await context.addInitScript(() => {
      addEventListener("DOMContentLoaded", () =>
        document.documentElement.style.setProperty("scrollbar-width", "none"),
      );
    });
    const page = await context.newPage();
    await page.goto(options.url);
    const notes = { errors: [], cannot: [] };
    await arrive(page, options, notes);
    if (options.use) await use(options.use, page, notes);
    return await boxesOf(page);
  } finally {
    await context.close();
  }
}

/** Whether a server has to listen to what customers send: only Chromium tells it itself. */
export const listensFor = ({ customer }: Engines): boolean => customer !== "chromium";

/** Ends the browsers that runs have left open for the next ones. */
export const endBrowsers = closeDriven;

type Notes = Pick<FidelityReport, "errors" | "cannot">;

/** A page that never falls silent is a page too. */
async function arrive(page: Page, { ready }: FidelityOptions, notes: Notes): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
  if (ready) await attempt(() => ready(page), notes, "ready: ");
}

function use(script: string | Play, page: Page, notes: Notes): Promise<void> {
  if (typeof script === "function") return attempt(() => script(page), notes, "use: ");
  const run = async () => {
    const module = (await import(pathToFileURL(script).href)) as {
      default?: (page: Page) => Promise<unknown>;
    };
    if (typeof module.default !== "function") throw new Error(`${script} has no default export to call`);
    await module.default(page);
  };
  return attempt(run, notes, "use script: ");
}

async function attempt(work: () => Promise<unknown>, notes: Notes, where: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    note(error, notes, where);
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
