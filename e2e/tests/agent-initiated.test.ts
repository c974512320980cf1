import { expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { signInCode } from "../support/stack.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

test.each([
  ["in two steps", false],
  ["in one step", true],
])("an agent starts a session %s and sees the customer who joins", async (_name, autojoin) => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const agent = await AgentView.open(browser, stack);
  const { passphrase, token } = await agent.page.evaluate(
    ([server, code, join]) => window.agentView.request(server, code, join),
    [stack.server, signInCode, autojoin] as const,
  );
  if (!autojoin) await agent.page.evaluate((seat) => window.agentView.joinWithToken(seat), token);
  await customer.join(passphrase);
  await agent.picture();
  const states = await settledStates(customer, agent);
  expect(states.agent).toEqual(states.customer);
  await customer.context.close();
  await agent.context.close();
});
