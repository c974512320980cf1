import { afterEach, expect, test } from "vitest";
import { AvayaWorld } from "../support/avaya.ts";
import { eventually } from "../support/wait.ts";

let world: AvayaWorld;
afterEach(() => world.close());

test("the owner is warned, goes on by updateIdleTime, and is closed out as inactive_timeout", async () => {
  // A machine that stands still for some seconds must not pass for a person who does.
  world = await AvayaWorld.start({ agentIdleMs: 10_000, customerIdleMs: 10_000, idleWarningMs: 8_000 });
  const [customer, desk, agent] = await Promise.all([
    world.open(`${world.site.origin}/`),
    world.sample("agent"),
    world.open(`${world.site.origin}/`),
  ]);
  await Promise.all([customer.listen(), desk.listen()]);
  expect(await customer.call("sdk.requestSession('Ada', 'en')")).toBe("ok");
  expect(await customer.hears("fireInactivity")).toEqual([expect.stringContaining("8 seconds")]);
  await customer.page.evaluate("customerCobrowse.updateIdleTime(60)");
  expect(await customer.hears("StopInactivityTimer")).toEqual(["The session goes on."]);
  await customer.hears("fireInactivity", 2);
  expect(await customer.hears("SessionClose")).toEqual([
    { msg: "inactive_timeout:The session ended because no agent joined." },
  ]);

  // The same for an agent who owns the session; the customer in it is not asked.
  expect(await desk.call("sdk.requestSession('Robin', 'en', '')")).toBe("ok");
  const { key, agentCode } = await desk.data();
  expect(await desk.call(`sdk.joinSession('${agentCode}')`)).toBe("ok");
  await agent.listen();
  expect(await agent.call(`sdk.joinSession('Ada', '${key}')`)).toBe("ok");
  expect(await desk.hears("InActivityTimeOutOccurred")).toHaveLength(1);
  await desk.page.evaluate("agentCobrowse.updateIdleTime('60')");
  expect(await desk.hears("StopInActivityTimeOut")).toHaveLength(1);
  await desk.hears("InActivityTimeOutOccurred", 2);
  // The page's dialog counts down and ends the session with this reason.
  expect(await desk.call("sdk.logoutSession('inactive_timeout')")).toBe("ok");
  expect(await agent.hears("SessionClose")).toEqual([{ msg: expect.stringMatching(/^inactive_timeout:./) }]);
  expect(await agent.heard("fireInactivity")).toEqual([]);
  await Promise.all([customer, desk, agent].map(({ context }) => context.close()));
});

test("a session that reached its longest time closes as session_timeout", async () => {
  world = await AvayaWorld.start({ sessionTimeoutMs: 9_000 });
  const customer = await world.open(`${world.site.origin}/`);
  await customer.listen();
  expect(await customer.call("sdk.requestSession('Ada', 'en')")).toBe("ok");
  await eventually(
    "the end of the session, however often the customer asks for more time",
    async () => {
      await customer.page.evaluate("customerCobrowse.updateIdleTime(60)");
      return (await customer.heard("SessionClose")).length > 0;
    },
    { everyMs: 1_500 },
  );
  expect(await customer.hears("SessionClose")).toEqual([
    { msg: expect.stringMatching(/^session_timeout:./) },
  ]);
  await customer.context.close();
});
