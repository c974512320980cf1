import type { CDPSession } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { leaveOut } from "../engines/cannot.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
const phone = { width: 390, height: 844 };
const { customer: engine } = world.engines;
const touch = engine === "chromium";
let customer: Customer;
let agent: AgentView;

afterEach(async () => {
  await customer.context.close();
  await agent.context.close();
});

const page = html(`<!doctype html><meta name=viewport content="width=device-width"><title>Phone</title>
  <style>body { margin: 0; height: 3000px } #b { width: 200px; height: 60px; background: rgb(1, 1, 1) }
    #b:active { background: rgb(2, 2, 2) } @media (orientation: landscape) { h1 { color: rgb(3, 3, 3) } }</style>
  <button id=b>Hold me</button><h1>Phone</h1><p id=said></p><script>
    let held;
    document.querySelector("#b").addEventListener("touchstart", () => {
      held = setTimeout(() => { document.querySelector("#said").textContent = "held long"; }, 500);
    });
    document.querySelector("#b").addEventListener("touchend", () => clearTimeout(held));
  </script>`);

async function share(): Promise<void> {
  const { browser, stack } = world;
  const site = await stack.serve({ "/": page });
  const device = touch ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {};
  customer = await Customer.open(browser, stack, `${site.origin}/`, { viewport: phone, ...device });
  agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  if (!touch) leaveOut(engine, "fingers on the screen: pan, pinch, hold");
}

/** A style of an element at the agent. */
const style = (selector: string, property: string) =>
  agent.page.evaluate(
    ([found, name]) => {
      const element = window.agentView.document().querySelector(found) as Element;
      return element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name);
    },
    [selector, property] as const,
  );

/** The part of the customer's screen that the agent sees framed; undefined for all of it. */
const sight = () =>
  agent.page.evaluate(() => {
    const { display, left, top, width, height } = (document.querySelector(".copane-sight") as HTMLElement)
      .style;
    const numbers = [left, top, width, height].map((value) => Number.parseFloat(value));
    return display === "none" ? undefined : numbers;
  });

const device = () =>
  agent.page.evaluate(() => {
    const { width, height } = (document.querySelector(".copane-device") as HTMLElement).style;
    return `${width} ${height}`;
  });

/** What a finger does, by the browser's own events. */
async function finger(cdp: CDPSession, type: "Start" | "Move" | "End", y = 0): Promise<void> {
  const touchPoints = type === "End" ? [] : [{ x: 100, y }];
  await cdp.send("Input.dispatchTouchEvent", { type: `touch${type}` as "touchStart", touchPoints });
}

test("the agent sees the phone's shape, and it turned", async () => {
  await share();
  await eventually("the phone's shape", async () => (await device()) === "390px 844px");
  expect(await sight()).toBeUndefined();
  await customer.page.setViewportSize({ width: 844, height: 390 });
  await eventually("the phone turned", async () => (await device()) === "844px 390px");
  await eventually("the look of the page as it is turned", async () => {
    return (await style("h1", "color")) === "rgb(3, 3, 3)";
  });
  await customer.page.setViewportSize(phone);
  await eventually("the phone turned back", async () => (await device()) === "390px 844px");
});

test.runIf(touch)("the agent sees what a finger scrolls, presses and holds", async () => {
  await share();
  const cdp = await customer.context.newCDPSession(customer.page);
  await finger(cdp, "Start", 30);
  await eventually(
    "the button pressed",
    async () => (await style("#b", "background-color")) === "rgb(2, 2, 2)",
  );
  await eventually("the button held", async () => (await agent.state()).text.includes("held long"));
  await finger(cdp, "End");
  await eventually(
    "the button let go",
    async () => (await style("#b", "background-color")) === "rgb(1, 1, 1)",
  );
  // Above the card, which takes the fingers that begin on it.
  await finger(cdp, "Start", 480);
  for (let y = 460; y > 80; y -= 20) await finger(cdp, "Move", y);
  await finger(cdp, "End");
  await eventually("the page scrolled by the finger", async () => {
    const [here] = (await customer.state()).scroll;
    const [there] = (await agent.state()).scroll;
    return here !== undefined && here === there;
  });
});

test.runIf(touch)(
  "the agent sees which part is in sight while the customer has pinched it larger",
  async () => {
    await share();
    const cdp = await customer.context.newCDPSession(customer.page);
    await cdp.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
    const seen = await eventually("the part in sight", sight);
    expect(seen.slice(2)).toEqual([195, 422]);
    await cdp.send("Input.synthesizeScrollGesture", {
      x: 100,
      y: 200,
      xDistance: -100,
      yDistance: 0,
      speed: 2000,
    });
    await eventually("another part in sight", async () => {
      const left = await customer.page.evaluate(() => Math.round(visualViewport?.offsetLeft ?? 0));
      return left > 20 && (await sight())?.[0] === left;
    });
    await cdp.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
    await eventually("all in sight again", async () => (await sight()) === undefined);
  },
);

test("the agent sees how much of the page a screen's keyboard leaves", async () => {
  await share();
  // No browser here has such a keyboard: the visual viewport tells of it alone.
  await customer.page.evaluate(() => {
    const visual = visualViewport as VisualViewport;
    Object.defineProperty(visual, "height", { get: () => 500, configurable: true });
    visual.dispatchEvent(new Event("resize"));
  });
  await eventually("the part above the keyboard", async () => (await sight())?.join() === "0,0,390,500");
  await customer.page.evaluate(() => {
    delete (visualViewport as unknown as { height?: number }).height;
    visualViewport?.dispatchEvent(new Event("resize"));
  });
  await eventually("all in sight again", async () => (await sight()) === undefined);
});
