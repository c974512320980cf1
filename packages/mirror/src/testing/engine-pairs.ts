import { afterAll, afterEach, beforeAll } from "vitest";
import { type Engine, type EngineName, startEngine } from "../../../../scripts/drivers/index.ts";
import type { ControlPolicy } from "../control/index.ts";
import { Pair } from "./pair.ts";

/**
 * For the tests of one group: a customer in the named engine and an agent in Chromium. Gives what opens a pair of
 * pages; the pair ends with its test, the browsers with the group.
 */
export function enginePairs(name: EngineName): (html: string, policy?: ControlPolicy) => Promise<Pair> {
  let engines: { customer: Engine; agent: Engine } | undefined;
  let pair: Pair | undefined;
  beforeAll(async () => {
    const [customer, agent] = await Promise.all([startEngine(name), startEngine("chromium")]);
    engines = { customer, agent };
  });
  afterEach(() => pair?.close());
  afterAll(() => Promise.all([engines?.customer.close(), engines?.agent.close()]));
  return async (html, policy) => {
    if (!engines) throw new Error("a pair is opened by a test of the group");
    pair = await Pair.open(engines, html, policy);
    return pair;
  };
}
