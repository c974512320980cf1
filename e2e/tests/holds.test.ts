import { afterAll, beforeAll, expect, test } from "vitest";
import { churnKinds, churnPage } from "../pages/churn.ts";
import { AgentView } from "../support/agent.ts";
import { churn, type Growth, growthBy, type Watched } from "../support/churn.ts";
import { Customer } from "../support/customer.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
let watched: Watched;
beforeAll(async () => {
  const { browser, stack } = world;
  const site = await stack.serve(churnPage);
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, stack);
  watched = { customer, agent };
  await agent.join(await customer.start());
});
afterAll(async () => {
  await watched?.customer.context.close();
  await watched?.agent.context.close();
});

const rounds = 10;
/** A document that is just going, with its nodes, is not held: ten rounds that hold would leave ten of them. */
const GOING = { documents: 2, nodes: 220 };

/** What is held after all, in words. */
function leftOf(growth: Growth): string[] {
  return Object.entries(growth).flatMap(([side, { documents, nodes, listeners }]) => {
    const going = Math.min(Math.max(documents, 0), GOING.documents);
    const held = { documents: documents - going, nodes: nodes - going * GOING.nodes, listeners };
    const most = { documents: 0, nodes: rounds * 2, listeners: rounds / 2 };
    const names = ["documents", "nodes", "listeners"] as const;
    return names
      .filter((name) => held[name] > most[name])
      .map((name) => `${held[name]} ${name} of the ${side}`);
  });
}

test.each(churnKinds.map((kind) => [kind]))(
  "what is gone from the page is let go of on both sides: %s",
  async (kind) => {
    // Twice first: what is loaded for the first of its kind, and what is kept of the last one. Of passwords that were
    // typed into, the loader keeps the last 16.
    for (let i = 0; i < (kind === "forms" ? 17 : 2); i++) await churn(watched, kind);
    expect(leftOf(await growthBy(watched, kind, rounds, (growth) => leftOf(growth).length === 0))).toEqual(
      [],
    );
  },
);
