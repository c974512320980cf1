import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AgentView, Customer, launchBrowser, measureLatency, percentile, startStack } from "@copane/e2e";
import { build } from "../scripts/build.mjs";

const changes = 300;

/** One row of the table: a page, and what mirroring it cost. */
interface Row {
  page: string;
  p50: number | null;
  p99: number | null;
  snapshotBytes: number;
  bytesPerChange: number;
}

async function main(): Promise<void> {
  await build({ all: false });
  const stack = await startStack();
  const browser = await launchBrowser();
  try {
    const row = await measure(`${stack.server}/sample/index.html`);
    console.table([row]);
    const folder = fileURLToPath(new URL("out/", import.meta.url));
    await mkdir(folder, { recursive: true });
    const result = { at: new Date().toISOString(), node: process.version, changes, rows: [row] };
    await writeFile(`${folder}latency.json`, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await browser.close();
    await stack.close();
  }

  async function measure(url: string): Promise<Row> {
    const customer = await Customer.open(browser, stack, url);
    const agent = await AgentView.open(browser, stack);
    await agent.join(await customer.start());
    const snapshotBytes = customer.wire.mirrorBytes;
    const latencies = await measureLatency(customer.page, agent, changes);
    const bytesPerChange = Math.round((customer.wire.mirrorBytes - snapshotBytes) / changes);
    return {
      page: new URL(url).pathname,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      snapshotBytes,
      bytesPerChange,
    };
  }
}

await main();
