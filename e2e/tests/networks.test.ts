import { decodeFrame, FrameFlag, paths } from "@copane/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { openContext } from "../support/browser.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import type { Site } from "../support/http.ts";
import { startProxy } from "../support/proxy.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

test("a whole session works where no WebSocket passes", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, { blockWebSocket: true });
  const agent = await AgentView.open(browser, stack);
  const sent: string[] = [];
  customer.page.on("request", (request) => sent.push(new URL(request.url()).pathname));
  await agent.join(await customer.start());
  expect(sent.some((path) => path.endsWith("/xhr_send"))).toBe(true);
  await customer.page.getByLabel("Category").selectOption("bags");
  const states = await settledStates(customer, agent);
  expect(states.agent).toEqual(states.customer);
  await agent.takeControl(customer);
  await agent.click("input[name=stock]");
  await eventually("the agent's click", () => customer.page.locator("input[name=stock]").isChecked());
  await agent.type("input[name=query]", "satchel");
  await eventually("the agent's typing", async () => {
    return (await customer.page.locator("input[name=query]").inputValue()) === "satchel";
  });
  const pictures = await agent.page.evaluate(() => window.agentView.pictures());
  await customer.page.locator(".card a").first().click();
  await agent.picture(pictures);
  await customer.press("Take back control (Esc)");
  await customer.press("Pause");
  await customer.screen("paused");
  await customer.press("Resume");
  await customer.press("Stop sharing");
  await eventually("the end at the agent", () =>
    agent.page.evaluate(() => window.agentView.session()?.state === "closed"),
  );
  await customer.context.close();
  await agent.context.close();
});

test.each([
  ["a WebSocket", false],
  ["SockJS", true],
])("what crosses %s was compressed by the page", async (_what, blockWebSocket) => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`, { blockWebSocket });
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  const { mirrorFrames, mirrorPayloads } = customer.wire;
  const flags = mirrorFrames.reduce((all, frame) => all | (decodeFrame(frame)?.flags ?? 0), 0);
  expect(flags & (FrameFlag.compressed | FrameFlag.chained)).toBeTruthy();
  expect(bytesOf(mirrorFrames)).toBeLessThan(0.7 * bytesOf(mirrorPayloads));
  await customer.context.close();
  await agent.context.close();
});

function bytesOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

describe("behind a reverse proxy with a path prefix", () => {
  let proxy: Site;
  afterEach(() => proxy.close());

  test.each([
    ["a WebSocket", false],
    ["SockJS", true],
  ])("desk, sample site and session work over %s", async (_name, blockWebSocket) => {
    const { browser, stack } = world;
    proxy = await startProxy(stack.server, "/help");
    const server = proxy.origin;
    const desk = await Desk.open(browser, { server });
    await desk.signIn();
    const customer = await Customer.open(browser, { server }, `${server}/sample/`, { blockWebSocket });
    await desk.joinByKey(await customer.start());
    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    await customer.page.locator(".card a").first().click();
    await eventually("the product page", () => desk.replica.locator("[data-main-image]").isVisible());
    await customer.press("Stop sharing");
    await desk.page.locator("[data-close-code=customer_left]").waitFor();
    await customer.context.close();
    await desk.close();
  });

  test.each(["docs", "docs/", "docs/static/index.html"])("the API's reference works at %s", async (path) => {
    proxy = await startProxy(world.stack.server, "/help");
    const page = await (await openContext(world.browser)).newPage();
    const failed: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400) failed.push(response.url());
    });
    await page.goto(`${proxy.origin}${paths.base}/${path}`);
    await page.getByRole("heading", { name: /Copane REST API/ }).waitFor();
    await page.locator(".opblock-summary", { hasText: paths.serverStatus }).click();
    await page.getByRole("button", { name: "Try it out" }).click();
    const answer = page.waitForResponse(`${proxy.origin}${paths.serverStatus}`);
    await page.getByRole("button", { name: "Execute" }).click();
    expect((await answer).status()).toBe(200);
    expect(failed).toEqual([]);
    await page.context().close();
  });
});
