import type { ChurnKind } from "../pages/churn.ts";
import type { AgentView } from "./agent.ts";
import type { Customer } from "./customer.ts";

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
