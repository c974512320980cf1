import type { Page } from "playwright-core";
import type { Viewer } from "../support/side.ts";

/** Counts the customer's long tasks from now on; undefined where the browser tells of none. */
export async function watchLongTasks(page: Page): Promise<(() => Promise<number>) | undefined> {
  const told = await page.evaluate(() => {
    if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) return false;
    const store = window as unknown as { copaneLongestTask: number };
    store.copaneLongestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        store.copaneLongestTask = Math.max(store.copaneLongestTask, duration);
    }).observe({ type: "longtask" });
    return true;
  });
  if (!told) return undefined;
  return () =>
    page.evaluate(() =>
      Math.round((window as unknown as { copaneLongestTask?: number }).copaneLongestTask ?? 0),
    );
}

/**
 * Milliseconds from a change of the customer's DOM until it stands in the agent's, for `count` changes.
 * Both pages run on this machine, so their clocks are one.
 */
export async function measureLatency(customer: Page, viewer: Viewer, count: number): Promise<number[]> {
  const sent = await customer.evaluate(async (changes) => {
    const mark = document.createElement("div");
    mark.id = "copane-latency-mark";
    // Out of sight and out of the layout's way.
    mark.style.cssText = "position:fixed;left:-99px;top:0;width:1px;height:1px;overflow:hidden";
    document.body.append(mark);
    const times: Record<string, number> = {};
    for (let i = 0; i < changes; i++) {
      const name = `mark ${i} ${Math.random()}`;
      times[name] = performance.timeOrigin + performance.now();
      mark.textContent = name;
      await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 20));
    }
    // A mark that comes later than this is counted as not seen.
    await new Promise((resolve) => setTimeout(resolve, 500));
    mark.remove();
    return times;
  }, count);
  const seen = await viewer.seen();
  return Object.entries(sent).flatMap(([name, at]) => {
    const then = seen[name];
    return then === undefined ? [] : [then - at];
  });
}

/** The value below which `share` of the numbers lie, to a tenth; null when there are none. */
export function percentile(numbers: number[], share: number): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
