import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  AgentView,
  Customer,
  eventually,
  launchBrowser,
  startStack,
  startThrottle,
  stormPage,
} from "@copane/e2e";
import { WebSocket } from "ws";
import { build } from "../scripts/build.mjs";
import { CpuMeter } from "./measure/cpu.ts";

/** What a viewer on a thin line costs each side in memory while the page changes as fast as it can. */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "30" },
    rate: { type: "string", default: "50000" },
    json: { type: "string", default: fileURLToPath(new URL("out/memory.json", import.meta.url)) },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);

/** The server runs in this process: the fullest of its sockets' queues, after each send. */
let serverQueue = 0;
let serverSends = 0;
const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
  (send as (...given: unknown[]) => void).apply(this, args);
  serverSends++;
  serverQueue = Math.max(serverQueue, this.bufferedAmount);
} as typeof send;

await build({ all: false });
const stack = await startStack();
const browser = await launchBrowser();
const site = await stack.serve(stormPage);
const line = await startThrottle(stack.server, rate);
try {
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, { ...stack, server: line.origin });
  await agent.join(await customer.start());
  const meters = { customer: await CpuMeter.on(customer.page), agent: await CpuMeter.on(agent.page) };
  const storm = async (forSeconds: number) => {
    const frames = () => customer.page.evaluate<number>("frames_");
    const before = await frames();
    await customer.page.evaluate("setStorm(true)");
    const heaps = { customer: 0, agent: 0 };
    for (const end = Date.now() + forSeconds * 1_000; Date.now() < end; ) {
      heaps.customer = Math.max(heaps.customer, (await meters.customer.memory()).heapBytes);
      heaps.agent = Math.max(heaps.agent, (await meters.agent.memory()).heapBytes);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    await customer.page.evaluate("setStorm(false)");
    return { heaps, framesPerSecond: Math.round(((await frames()) - before) / forSeconds) };
  };
  // Warm: compiled code and grown tables are no growth.
  await storm(4);
  const idle = {
    customer: (await meters.customer.memory()).heapBytes,
    agent: (await meters.agent.memory()).heapBytes,
  };
  const sentBefore = customer.wire.mirrorBytes;
  serverQueue = 0;
  const { heaps, framesPerSecond } = await storm(seconds);
  const sent = customer.wire.mirrorBytes - sentBefore;
  await eventually(
    "the same text on both sides",
    async () => (await agent.state()).text === (await customer.state()).text,
    { timeoutMs: 120_000 },
  );
  if (serverSends === 0) throw new Error("the server's sockets were not seen");
  const kb = (bytes: number) => Math.round(bytes / 1024);
  const rows = [
    {
      side: "customer",
      beforeKb: kb(idle.customer),
      mostKb: kb(heaps.customer),
      what: "heap after collection",
    },
    { side: "server", beforeKb: 0, mostKb: kb(serverQueue), what: "fullest queue of a socket" },
    { side: "agent", beforeKb: kb(idle.agent), mostKb: kb(heaps.agent), what: "heap after collection" },
  ];
  console.table(rows);
  console.log(
    `${seconds} s at ${rate} bytes a second: the customer sent ${kb(sent)} KB, its page ran at ${framesPerSecond} frames a second`,
  );
  await mkdir(new URL("out/", import.meta.url), { recursive: true });
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    seconds,
    rate,
    sent,
    framesPerSecond,
    rows,
  };
  await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  await line.close();
  await stack.close();
}
