import type { CDPSession, Page } from "playwright-core";

/** Main-thread work of a page since it was opened. */
export interface Work {
  /** CPU milliseconds in tasks of the main thread; time in which another process had the core does not count. */
  taskMs: number;
  /** Wall clock, to set off what the page does by itself in longer runs. */
  at: number;
}

/** Reads the main-thread counters of a page. */
export class CpuMeter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<CpuMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new CpuMeter(session);
  }

  async read(): Promise<Work> {
    const metrics = await this.#metrics();
    return { taskMs: (metrics.TaskDuration ?? 0) * 1000, at: performance.now() };
  }

  /** Makes the page's CPU `times` slower, as that of a phone is. */
  async slow(times: number): Promise<void> {
    if (times > 1) await this.#session.send("Emulation.setCPUThrottlingRate", { rate: times });
  }

  /** Heap bytes and DOM nodes that are left after a full collection. */
  async memory(): Promise<{ heapBytes: number; nodes: number }> {
    await this.#session.send("HeapProfiler.collectGarbage");
    await this.#session.send("HeapProfiler.collectGarbage");
    const metrics = await this.#metrics();
    return { heapBytes: metrics.JSHeapUsedSize ?? 0, nodes: metrics.Nodes ?? 0 };
  }

  async #metrics(): Promise<Record<string, number>> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }
}
