import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  AgentView,
  Customer,
  churn,
  churnKinds,
  churnPage,
  heldBy,
  launchBrowser,
  signInCode,
  startStack,
} from "@copane/e2e";
import { build } from "../scripts/build.mjs";

/**
 * Every kind of churn, over and over, and a second viewer who comes and goes: what each side holds after collections,
 * at equal times. It is flat, or something is kept that the page let go of.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    samples: { type: "string", default: "10" },
    json: { type: "string", default: fileURLToPath(new URL("out/soak.json", import.meta.url)) },
  },
});
const minutes = Number(values.minutes);
const samples = Number(values.samples);
/** What is no growth: caches that fill, compiled code, a document that is just going. In nodes and bytes a minute. */
const FLAT = { documents: 0.5, nodes: 120, listeners: 2, heapKb: 300 };

interface Sample {
  minute: number;
  rounds: number;
  side: string;
  documents: number;
  nodes: number;
  listeners: number;
  heapKb: number;
  rssMb: number | undefined;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const kb = (bytes: number) => Math.round(bytes / 1024);

await build({ all: false });
const stack = await startStack();
const browser = await launchBrowser();
const rows: Sample[] = [];
let rounds = 0;
try {
  const site = await stack.serve(churnPage);
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  const second = await AgentView.open(browser, stack);

  const visit = async () => {
    const key = await agent.page.evaluate(() => window.agentView.invite());
    const before = await second.page.evaluate(() => window.agentView.pictures());
    await second.page.evaluate(
      ([server, code, invitation]) => window.agentView.joinInvited(server, code, invitation),
      [stack.server, signInCode, key] as const,
    );
    await second.picture(before);
    await second.page.evaluate(() => window.agentView.leave());
  };
  const round = async () => {
    for (const kind of churnKinds) await churn({ customer, agent }, kind);
    await visit();
    rounds++;
    // What a test looks at afterwards is no part of the product.
    customer.wire.forget();
    customer.received.length = 0;
  };
  const sample = async (minute: number) => {
    const pages = { customer: customer.page, agent: agent.page, "second agent": second.page };
    for (const [side, page] of Object.entries(pages)) {
      const { heapBytes, ...counts } = await heldBy(page);
      rows.push({ minute, rounds, side, ...counts, heapKb: kb(heapBytes), rssMb: undefined });
    }
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const none = { documents: 0, nodes: 0, listeners: 0 };
    rows.push({
      minute,
      rounds,
      side: "server",
      ...none,
      heapKb: kb(heapUsed),
      rssMb: Math.round(rss / 1024 / 1024),
    });
    console.log(`  minute ${minute.toFixed(1)}: ${rounds} rounds`);
  };

  // Warm: what is loaded for the first of a kind is no growth.
  for (let i = 0; i < 3; i++) await round();
  const began = Date.now();
  const elapsed = () => (Date.now() - began) / 60_000;
  await sample(0);
  for (let taken = 1; taken <= samples; taken++) {
    while (elapsed() < (minutes * taken) / samples) await round();
    await sample(elapsed());
  }
  console.table(rows.map((row) => ({ ...row, minute: Number(row.minute.toFixed(1)) })));
  const growth = growthPerMinute(rows);
  console.log("Growth a minute:");
  console.table(growth);
  await mkdir(new URL("out/", import.meta.url), { recursive: true });
  const result = { at: new Date().toISOString(), node: process.version, minutes, rounds, growth, rows };
  await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
  const grown = growth.flatMap((row) =>
    (Object.keys(FLAT) as (keyof typeof FLAT)[])
      .filter((what) => row[what] > FLAT[what])
      .map((what) => `${row.side}: ${row[what]} ${what} a minute`),
  );
  if (grown.length > 0) {
    console.error(`It grows: ${grown.join("; ")}`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await stack.close();
}

/** The slope of each figure over the second half, by least squares: the first half still warms up. */
function growthPerMinute(all: readonly Sample[]) {
  return [...new Set(all.map(({ side }) => side))].map((side) => {
    const own = all.filter((row) => row.side === side);
    const late = own.slice(Math.floor(own.length / 2));
    const slope = (of: (row: Sample) => number) => {
      const meanX = late.reduce((sum, row) => sum + row.minute, 0) / late.length;
      const meanY = late.reduce((sum, row) => sum + of(row), 0) / late.length;
      const above = late.reduce((sum, row) => sum + (row.minute - meanX) * (of(row) - meanY), 0);
      const below = late.reduce((sum, row) => sum + (row.minute - meanX) ** 2, 0);
      return below === 0 ? 0 : Math.round((above / below) * 10) / 10;
    };
    return {
      side,
      documents: slope((row) => row.documents),
      nodes: slope((row) => row.nodes),
      listeners: slope((row) => row.listeners),
      heapKb: slope((row) => row.heapKb),
    };
  });
}
