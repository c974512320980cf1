import { FrameType } from "@copane/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AvayaWorld, type Tab } from "../support/avaya.ts";
import { eventually } from "../support/wait.ts";
import { WireTap } from "../support/wire.ts";

let world: AvayaWorld;
beforeAll(async () => {
  world = await AvayaWorld.start();
});
afterAll(() => world.close());

/** A customer and an agent, each with its interval, in a session whose page the agent sees. */
async function session(intervals: { customer?: string; agent?: string; view?: string }) {
  const [agent, customer] = await Promise.all([
    world.sample("agent"),
    world.open(`${world.site.origin}/`),
  ] as const);
  const wires = {
    agent: new WireTap(agent.page, world.stack.server),
    customer: new WireTap(customer.page, world.stack.server),
  };
  if (intervals.customer) await customer.call(`sdk.setMouseScrollSyncInterval('${intervals.customer}')`);
  if (intervals.view) await customer.call(`sdk.setAgentViewSyncInterval('${intervals.view}')`);
  if (intervals.agent) await agent.call(`sdk.setMouseScrollSyncInterval(${intervals.agent})`);
  await customer.call("sdk.requestSession('Ada', 'en')");
  const { key } = await customer.data();
  await agent.call(`sdk.joinLiveSession('Robin', '${key}')`);
  await agent.replica.getByText("Savings and more").waitFor();
  return { agent, customer, wires };
}
const scrolled = (agent: Tab) => agent.replica.locator("body").evaluate(() => scrollY);

/** Scrolls and moves the mouse step by step; each step is one that the page has told its listeners of. */
async function moveAbout({ page }: Tab): Promise<void> {
  for (let step = 1; step <= 20; step++) {
    await page.evaluate(async (top) => {
      const told = new Promise((resolve) =>
        addEventListener("scroll", resolve, { once: true, capture: true }),
      );
      scrollTo(0, top);
      await told;
    }, step * 10);
    await page.mouse.move(300 + step, 400);
  }
}
/** What was moved in one frame is told of once. */
const nextFrame = ({ page }: Tab) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const mirrored = async (agent: Tab, customer: Tab) => {
  await customer.page.evaluate(`document.getElementById("text").textContent = "All of it is there"`);
  await agent.replica.getByText("All of it is there").waitFor();
};

test("of a customer's movements only the first is sent before a long interval is over", async () => {
  const { agent, customer, wires } = await session({ customer: "600000" });
  await mirrored(agent, customer);
  const before = wires.customer.frames(FrameType.mirror);
  await moveAbout(customer);
  await customer.page.evaluate(`document.getElementById("title").textContent = "Moved"`);
  await agent.replica.getByText("Moved").waitFor();
  // One for the first place of each, and one for the title.
  expect(wires.customer.frames(FrameType.mirror) - before).toBeLessThanOrEqual(3);
  expect(await customer.page.evaluate(() => scrollY)).toBe(200);
  expect(await scrolled(agent)).toBeLessThanOrEqual(10);
  await Promise.all([agent.context.close(), customer.context.close()]);
});

test.each(["1500", "1000", "-5", "soon"])(
  "the last place arrives with an interval of %s",
  async (interval) => {
    const { agent, customer } = await session({ customer: interval });
    await moveAbout(customer);
    await eventually("the last place", async () => (await scrolled(agent)) === 200);
    await Promise.all([agent.context.close(), customer.context.close()]);
  },
);

test("changes of the page wait for a longer interval of the view, and the newest state is sent", async () => {
  const { agent, customer, wires } = await session({ view: "600000" });
  const before = wires.customer.frames(FrameType.mirror);
  for (let step = 0; step < 20; step++) {
    await customer.page.evaluate(async (text) => {
      (document.getElementById("text") as HTMLElement).textContent = text;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }, `Step ${step}`);
  }
  expect(wires.customer.frames(FrameType.mirror) - before).toBeLessThanOrEqual(1);
  // A new picture never waits.
  await agent.call("sdk.onDemandUpdate()");
  await agent.replica.getByText("Step 19").waitFor();
  await Promise.all([agent.context.close(), customer.context.close()]);
});

test("of an agent's movements the first is sent, and all before a click, of which nothing is lost", async () => {
  const { agent, customer, wires } = await session({ agent: "600000" });
  await customer.listen();
  await agent.listen();
  await agent.call("sdk.requestControl()");
  await customer.hears("ControlRequest");
  await customer.call("sdk.grantControl()");
  await agent.hears("ControlGrant");
  const box = await agent.replica.locator("#go").boundingBox();
  if (!box) throw new Error("the button is not to be seen");
  for (let step = 0; step < 20; step++) {
    await agent.page.mouse.move(box.x + 5, box.y + 100 + step);
    await agent.page.mouse.wheel(0, 10);
    await nextFrame(agent);
  }
  expect(wires.agent.frames(FrameType.pointer)).toBeLessThanOrEqual(1);
  expect(wires.agent.frames(FrameType.scroll)).toBeLessThanOrEqual(1);
  await agent.clickInReplica("#go");
  await customer.page.getByText("Gone").waitFor();
  await eventually("all that the wheel turned", () => customer.page.evaluate(() => scrollY === 200));
  expect(wires.agent.frames(FrameType.pointer)).toBeLessThanOrEqual(3);
  expect(wires.agent.frames(FrameType.scroll)).toBeLessThanOrEqual(2);
  await Promise.all([agent.context.close(), customer.context.close()]);
});
