import { expect } from "vitest";
import type { AgentView } from "./agent.ts";
import { Customer } from "./customer.ts";
import type { Site } from "./http.ts";
import { eventually } from "./wait.ts";
import type { setUpWorld } from "./world.ts";

/**
 * A session from its beginning to its end: how many bytes it sent, before they were compressed, and how the page
 * looked on both sides.
 * @param look an expression of the document `D`
 */
export async function oneSession<T>(
  { browser, stack }: ReturnType<typeof setUpWorld>,
  agent: AgentView,
  site: Site,
  look: string,
): Promise<{ bytes: number; there: T }> {
  const customer = await Customer.open(browser, stack, site.origin);
  await customer.page.evaluate(() => document.fonts.ready);
  await agent.join(await customer.start());
  const there = await customer.page.evaluate<T>(look.replaceAll("D", "document"));
  await eventually("the look of the customer's page at the agent", async () => {
    expect(await agent.page.evaluate(look.replaceAll("D", "agentView.document()"))).toEqual(there);
    return true;
  });
  const bytes = customer.wire.writtenBytes;
  await agent.page.evaluate(() => window.agentView.leave());
  await customer.context.close();
  return { bytes, there };
}
