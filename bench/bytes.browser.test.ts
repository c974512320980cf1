import { readFileSync } from "node:fs";
import { sharedBrowser } from "@copane/e2e";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureRun } from "./measure/run.ts";
import { chosen, type Entry, Sites } from "./targets.ts";
import { startTools, type Tool } from "./tools/index.ts";

/** Bytes of each page's snapshot in an agent's first session, as they were measured last. */
const known = JSON.parse(readFileSync(new URL("bytes.json", import.meta.url), "utf8")) as Record<
  string,
  number
>;
/** What may be added to them unnoticed. */
const MOST = 1.02;
const plain = { full: false, marks: 0, slower: 1, idleMs: 0 };

let sites: Sites;
let copane: Tool;
beforeAll(async () => {
  sites = new Sites();
  [copane] = (await startTools(["copane"])) as [Tool];
});
afterAll(async () => {
  await sites.close();
  await copane.close();
});

// What makes a page's snapshot larger says so in bytes.json. On a busy machine the agent may be late to load a style
// and ask for its text, so that one small snapshot of three is enough.
test.each(Object.entries(known))("the snapshot of %s has not become larger", async (name, bytes) => {
  const [entry] = chosen(name) as [Entry];
  const { ready, settleMs } = entry.page;
  const target = {
    name,
    url: await sites.url(entry),
    ...(ready && { ready }),
    ...(settleMs && { settleMs }),
  };
  const found: number[] = [];
  while (found.length < 3 && !found.some((one) => one <= bytes * MOST)) {
    const run = await measureRun(await sharedBrowser(), copane, target, plain);
    expect(run.errors).toEqual([]);
    found.push(run.bytes.start?.wire ?? Number.NaN);
  }
  expect(Math.min(...found)).toBeLessThanOrEqual(bytes * MOST);
});
