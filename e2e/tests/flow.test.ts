import { expect, test } from "vitest";
import { stormPage } from "../pages/storm.ts";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { startThrottle } from "../support/throttle.ts";
import { elapse } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
const SECONDS = 6;
const BYTES_PER_SECOND = 50_000;

test("a viewer on a thin line falls behind, holds nobody up, and is right again in the end", {
  timeout: 120_000,
}, async () => {
  const { browser, stack } = world;
  const site = await stack.serve(stormPage);
  const line = await startThrottle(stack.server, BYTES_PER_SECOND);
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const slow = await AgentView.open(browser, { ...stack, server: line.origin });
  await slow.join(await customer.start());

  const before = customer.wire.mirrorBytes;
  await customer.page.evaluate("setStorm(true)");
  await elapse(SECONDS * 1_000);
  await customer.page.evaluate("setStorm(false)");
  const sent = customer.wire.mirrorBytes - before;

  // What the line takes, what may be under way, and one snapshot more: the rest was never made.
  expect(sent).toBeLessThan(BYTES_PER_SECOND * SECONDS + 1_500_000);
  expect(sent).toBeGreaterThan(50_000);
  const states = await settledStates(customer, slow, 60_000);
  expect(states.agent).toEqual(states.customer);
  await customer.context.close();
  await slow.context.close();
  await line.close();
});
