import { FrameType } from "@copane/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { type HeldProxy, startHeldProxy } from "../support/held-proxy.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ consent: ["view"] });
const LATE = "Words that came too late";

let proxy: HeldProxy;
let customer: Customer;
let desk: Desk;

beforeEach(async () => {
  const { browser, stack } = world;
  proxy = await startHeldProxy(stack.server);
  customer = await Customer.open(browser, { server: proxy.origin }, `${proxy.origin}/sample/`);
  desk = await Desk.open(browser, stack);
  await desk.signIn();
  const key = await customer.start();
  await desk.giveKey(key);
  await customer.screen("askView");
});
afterEach(async () => {
  proxy.release();
  await customer.context.close();
  await desk.close();
  await proxy.close();
});

async function share(): Promise<void> {
  await customer.press("Allow");
  await customer.screen("sharing");
  await desk.ready();
}

/** Holds back what the server says, and has it say that the session is active: the agent goes and comes again. */
async function eventsUnderWay(): Promise<void> {
  proxy.hold();
  await desk.page.reload();
  // It went, and is no viewer; it came, and is one again.
  await eventually("four messages under way", async () => proxy.waiting >= 4);
}

/** Changes the page, lets one message after the other through, and changes it again after each. */
async function letThrough(): Promise<void> {
  let turn = 0;
  do {
    await customer.page.evaluate(
      ([text, id]) => {
        const line = document.createElement("p");
        line.textContent = `${text} ${id}`;
        document.body.append(line);
      },
      [LATE, String(turn++)] as const,
    );
    // Silence is the point: a capture that began again would have sent this by then.
    await customer.page.waitForTimeout(300);
  } while (proxy.releaseOne());
}

/** Types of the frames with content of the page that left after a command did. */
function framesAfter(command: string): number[] {
  const { sent } = customer.wire;
  const from = sent.indexOf(command);
  expect(from, `${command} was sent`).toBeGreaterThanOrEqual(0);
  const content: number[] = [FrameType.mirror, FrameType.marks, FrameType.notice];
  return sent.slice(from).flatMap((one) => (typeof one === "number" && content.includes(one) ? [one] : []));
}

test("after a pause nothing leaves, whatever the server said before it heard of it", async () => {
  await share();
  await eventsUnderWay();
  await customer.press("Pause");
  // The customer need not wait for the server to see that it is so.
  await customer.screen("paused");
  await letThrough();
  expect(framesAfter("session.pause")).toEqual([]);
  expect(customer.wire.contains(LATE)).toBe(false);
  proxy.release();
  await desk.says("Paused by");
  await customer.press("Resume");
  await customer.screen("sharing");
  await desk.replica.getByText(`${LATE} 0`).waitFor();
});

test("a customer who thinks better of it is not seen, though the server tells first that they agreed", async () => {
  proxy.hold();
  await customer.press("Allow");
  await eventually("the consent at the server", async () => proxy.waiting >= 2);
  await customer.press("Do not allow");
  await customer.screen("hidden");
  await letThrough();
  expect(framesAfter("consent.refuse")).toEqual([]);
  expect(customer.wire.mirrorBytes).toBe(0);
});

test("after a stop nothing leaves, though the server has not heard of it", async () => {
  await share();
  await eventsUnderWay();
  await customer.page.evaluate(() => void window.copane?.stop().catch(() => {}));
  await letThrough();
  expect(customer.wire.contains(LATE)).toBe(false);
  proxy.release();
  await customer.screen("ended");
});

test("a selector that cannot be used stops the sharing, and both sides learn of it by its number", async () => {
  await share();
  await customer.page.evaluate(() => window.copane?.init({ privacy: { mask: ["[["] } }));
  await customer.says("Nothing is shared");
  await desk.says("Nothing is shared");
  await letThrough();
  expect(customer.wire.contains(LATE)).toBe(false);
  await customer.page.evaluate(() => window.copane?.init({ privacy: { mask: [".secret"] } }));
  await desk.replica.getByText(`${LATE} 0`).waitFor();
});
