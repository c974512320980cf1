import type { Browser } from "playwright-core";
import type { Tool } from "../tools/index.ts";
import { CpuMeter } from "./cpu.ts";

/** What a long session leaves behind in the customer's page. */
export interface Growth {
  insertions: number;
  /** After a full collection, in the page with the tool running: before the churn and after it. */
  heapBefore: number;
  heapAfter: number;
  nodesBefore: number;
  nodesAfter: number;
}

/** Inserts and removes nodes, a thousand a turn, and compares what is alive before and after. */
export async function measureGrowth(
  browser: Browser,
  tool: Tool,
  url: string,
  insertions: number,
): Promise<Growth> {
  const run = await tool.open(browser, url);
  try {
    await run.start();
    const churn = (count: number) =>
      run.page.evaluate(async (total) => {
        for (let done = 0; done < total; done += 1000) {
          const box = document.createElement("section");
          for (let i = 0; i < 500; i++) {
            const item = box.appendChild(document.createElement("p"));
            item.className = `item-${done + i}`;
            item.textContent = `Item ${done + i}`;
          }
          document.body.append(box);
          await new Promise((resolve) => setTimeout(resolve, 25));
          box.remove();
        }
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }, count);
    const meter = await CpuMeter.on(run.page);
    // Warm: compiled code and grown tables are no growth.
    await churn(10_000);
    const before = await meter.memory();
    await churn(insertions);
    const after = await meter.memory();
    return {
      insertions,
      heapBefore: before.heapBytes,
      heapAfter: after.heapBytes,
      nodesBefore: before.nodes,
      nodesAfter: after.nodes,
    };
  } finally {
    await run.close();
  }
}
