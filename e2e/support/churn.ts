import type { ChurnKind } from "../pages/churn.ts";
import type { AgentView } from "./agent.ts";
import type { Customer } from "./customer.ts";
import { type Held, heldBy } from "./held.ts";
import { elapse } from "./wait.ts";

/** A customer on the churn page, and an agent who sees it. */
export interface Watched {
  customer: Customer;
  agent: AgentView;
}

/** Does it once, and waits until the agent has seen it, before it goes and after. */
export async function churn({ customer, agent }: Watched, kind: ChurnKind): Promise<void> {
  const done = customer.page.evaluate((wanted) => window.churn(wanted), kind);
  let over = false;
  void done.finally(() => {
    over = true;
  });
  for (let confirmed = 0; !over; ) {
    const round = Number(await customer.page.locator("#round").textContent());
    if (round > confirmed) {
      await agent.page.waitForFunction(
        (wanted) => Number(window.agentView.document().getElementById("round")?.textContent) >= wanted,
        round,
      );
      confirmed = round;
      await customer.page.evaluate("confirmRound()");
    } else await customer.page.evaluate("new Promise(requestAnimationFrame)");
  }
  await done;
}
export interface Growth {
  customer: Held;
  agent: Held;
}

/** Looks that often whether what is going has gone; what is held stays. */
const LOOKS = 20;
const LOOK_MS = 250;

/**
 * What both sides hold more after some rounds than before.
 * @param small a busy machine needs its time to let go: it is looked at again until this is true, some times at most
 */
export async function growthBy(
  watched: Watched,
  kind: ChurnKind,
  rounds: number,
  small: (growth: Growth) => boolean,
): Promise<Growth> {
  const before = await held(watched);
  for (let round = 0; round < rounds; round++) await churn(watched, kind);
  for (let look = 1; ; look++) {
    const after = await held(watched);
    const growth = {
      customer: difference(after.customer, before.customer),
      agent: difference(after.agent, before.agent),
    };
    if (small(growth) || look === LOOKS) return growth;
    await elapse(LOOK_MS);
  }
}

async function held({ customer, agent }: Watched): Promise<Growth> {
  return { customer: await heldBy(customer.page), agent: await heldBy(agent.page) };
}

function difference(after: Held, before: Held): Held {
  return {
    documents: after.documents - before.documents,
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    heapBytes: after.heapBytes - before.heapBytes,
  };
}
