import { expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { startHeldProxy } from "../support/held-proxy.ts";
import { html } from "../support/http.ts";
import { startProxy } from "../support/proxy.ts";
import { setUpWorld } from "../support/world.ts";

/** What both screens say is so: about the connection, and about which session it is. */

const world = setUpWorld();

test("without a connection neither side says that the page is shared or seen", async () => {
  const { browser, stack } = world;
  const customerLine = await startProxy(stack.server, "");
  const deskLine = await startProxy(stack.server, "");
  const site = await stack.serve({ "/": html("<!doctype html><title>Page</title><h1>Page</h1>") });
  const customer = await Customer.open(browser, { server: customerLine.origin }, `${site.origin}/`);
  const desk = await Desk.open(browser, { server: deskLine.origin });
  await desk.signIn();
  await desk.joinByKey(await customer.start());
  await customer.screen("sharing");

  customerLine.cut(true);
  await customer.screen("offline");
  await customer.says("Not connected. Trying again…");
  await customer.says("Nobody sees what you do until the connection is back.");
  await customer.says("Since ");
  const widget = customer.page.locator("[data-copane]");
  await widget.locator(".announce").getByText("Not connected.").first().waitFor();
  expect(await widget.locator(".edge.offline").isVisible()).toBe(true);
  expect(await widget.locator(".edge").textContent()).toContain("Not connected.");
  expect(await widget.getByText("sees this page").count()).toBe(0);
  await customer.press("Make small");
  await widget.getByRole("button", { name: "Not connected." }).waitFor();
  expect(await widget.getByText("Sharing").count()).toBe(0);
  customerLine.cut(false);
  await widget.getByRole("button", { name: "Sharing. Show" }).waitFor();

  deskLine.cut(true);
  await desk.says("Not connected. Trying again…");
  const veil = desk.page.locator(".veil.strong");
  await veil.getByText("Not connected. Trying again…").waitFor();
  expect(await desk.page.getByRole("button", { name: "Request control" }).isDisabled()).toBe(true);
  deskLine.cut(false);
  await veil.waitFor({ state: "hidden" });
  await customer.context.close();
  await desk.close();
  await Promise.all([customerLine.close(), deskLine.close()]);
});

test.each([false, true])(
  "a server that falls silent on an open line is said to be silent on both sides (by SockJS: %s)",
  async (blockWebSocket) => {
    const { browser, stack } = world;
    const customerLine = await startHeldProxy(stack.server);
    const deskLine = await startHeldProxy(stack.server);
    const customer = await Customer.open(
      browser,
      { server: customerLine.origin },
      `${customerLine.origin}/sample/`,
      { blockWebSocket },
    );
    const desk = await Desk.open(browser, { server: deskLine.origin });
    await desk.signIn();
    await desk.joinByKey(await customer.start());
    await customer.screen("sharing");

    customerLine.hold();
    deskLine.hold();
    await customer.screen("offline");
    await customer.says("The server does not answer. Waiting…");
    await desk.says("The server does not answer. Waiting…");
    await desk.page.locator(".veil.strong").getByText("does not answer").waitFor();
    customerLine.release();
    deskLine.release();
    await customer.screen("sharing");
    await desk.page.locator(".veil.strong").waitFor({ state: "hidden" });
    await customer.context.close();
    await desk.close();
    await Promise.all([customerLine.close(), deskLine.close()]);
  },
);

test("who presses stop is told at once that it is over, and may begin anew, though the server says nothing", async () => {
  const { browser, stack } = world;
  const line = await startHeldProxy(stack.server);
  const customer = await Customer.open(browser, { server: line.origin }, `${line.origin}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  await desk.joinByKey(await customer.start());
  await customer.screen("sharing");
  line.hold();
  await customer.press("Stop sharing");
  await customer.screen("ended");
  await customer.says("You ended the session.");
  line.release();
  await desk.page.getByText("The customer ended the session.").waitFor();
  await desk.press("Back to the desk");
  await desk.joinByKey(await customer.start());
  await customer.screen("sharing");
  await customer.page.reload();
  await customer.screen("sharing");
  await customer.context.close();
  await desk.close();
  await line.close();
});

test("a session after an ended one is shown as what it is, however it begins", async () => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  await customer.start();
  await customer.press("Stop sharing");
  await customer.screen("ended");
  await customer.start();
  await customer.screen("waiting");
  await customer.press("Stop sharing");
  await customer.screen("ended");
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  await customer.join(await desk.makeKey());
  await customer.screen("sharing");
  await customer.says("Robin sees this page");
  await customer.context.close();
  await desk.close();
});
