import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AvayaWorld, type Tab } from "../support/avaya.ts";
import { eventually } from "../support/wait.ts";

let world: AvayaWorld;
let agent: Tab;
let customer: Tab;
beforeAll(async () => {
  world = await AvayaWorld.start();
});
afterAll(() => world.close());
beforeEach(async () => {
  [agent, customer] = await Promise.all([world.sample("agent"), world.open(`${world.site.origin}/`)]);
  await Promise.all([agent.listen(), customer.listen()]);
  return () => Promise.all([agent.context.close(), customer.context.close()]);
});

const both = { agent: "Robin", customer: "Ada" };

test("an agent's session tells its page everything by data and callbacks, from before to after", async () => {
  expect(await agent.data()).toMatchObject({
    cobrowseState: undefined,
    agentControlState: "false",
    key: "",
    same: true,
  });
  expect(await agent.call("sdk.requestControl()")).toContain("failed: ");
  expect(await agent.call("sdk.joinLiveSession('Robin', '0000 0000')")).toContain("Check the eight digits");

  // Two steps: the key, and then the seat by the acstoken.
  expect(await agent.call("sdk.requestSession('Robin', 'de', 'robin@example.com')")).toBe("ok");
  const { key, agentCode } = await agent.data();
  expect(key).toMatch(/^\d{4} \d{4}$/);
  expect(await agent.call(`sdk.joinSession('${agentCode}')`)).toBe("ok");
  expect(await agent.hears("Connection")).toEqual([{ agent: "Robin", customer: "" }]);
  expect(await customer.call(`sdk.joinSession('Ada', '${key}')`)).toBe("ok");
  expect(await agent.hears("CustomerJoin")).toEqual([both]);
  expect(await agent.data()).toMatchObject({ cobrowseState: "Active", key, ...both, agentCode, same: true });
  await agent.replica.getByText("Savings and more").waitFor();

  await customer.call("sdk.pause()");
  expect(await agent.hears("Pause")).toEqual([both]);
  expect(await agent.data()).toMatchObject({ cobrowseState: "Paused" });
  await customer.page.evaluate(`document.getElementById("text").textContent = "Changed meanwhile"`);
  await customer.call("sdk.resume()");
  expect(await agent.hears("Resume")).toEqual([both]);
  await agent.replica.getByText("Changed meanwhile").waitFor();

  expect(await agent.call("sdk.requestControl()")).toBe("ok");
  expect(await agent.data()).toMatchObject({ agentControlState: "pending" });
  await customer.hears("ControlRequest");
  await customer.call("sdk.denyControl()");
  expect(await agent.hears("ControlDenial")).toEqual([both]);
  await agent.call("sdk.requestControl()");
  await customer.hears("ControlRequest", 2);
  await customer.call("sdk.grantControl()");
  expect(await agent.hears("ControlGrant")).toEqual([both]);
  expect(await agent.data()).toMatchObject({ agentControlState: "true", same: true });
  await agent.clickInReplica("#go");
  await eventually(
    "the click at the customer",
    async () => (await customer.page.locator("#go").textContent()) === "Gone",
  );
  await customer.call("sdk.revokeControl()");
  expect(await agent.hears("ControlRevoke")).toEqual([both]);
  expect(await agent.data()).toMatchObject({ agentControlState: "false" });
  await agent.call("sdk.requestControl()");
  await customer.hears("ControlRequest", 3);
  await customer.call("sdk.grantControl()");
  await agent.hears("ControlGrant", 2);
  await agent.call("sdk.releaseControl()");
  expect(await customer.hears("ControlRelease")).toHaveLength(1);

  await agent.page.evaluate("agentCobrowse.onDemandUpdate()");
  await agent.replica.getByText("Changed meanwhile").waitFor();
  await customer.call("sdk.logoutSession('Thank you')");
  expect(await agent.hears("SessionClose")).toEqual([{ msg: "customer_left:Thank you" }]);
  expect(await agent.data()).toMatchObject({ cobrowseState: "Closed", reason: "Thank you", ...both });
  // The picture goes with the session.
  expect(await agent.page.frameLocator("#customer-page").locator("iframe").count()).toBe(0);
  expect(agent.errors).toEqual([]);
});

test("an agent draws, marks, hides and clears, and removes what it drew by a click", async () => {
  await agent.page.evaluate(() => {
    const { agentCobrowse: sdk } = window as unknown as Record<
      string,
      Record<string, (value?: unknown) => void>
    >;
    sdk?.setMouseScrollSyncInterval?.(1000);
    sdk?.setHighlightColor?.("orange");
    sdk?.setMarkerColor?.("lime");
    for (const name of [
      "disableHighlight",
      "enableHighlight",
      "disableElementHighlight",
      "enableElementHighlight",
      "hideAllCustomerMarkers",
      "unHideAllCustomerMarkers",
    ]) {
      sdk?.[name]?.();
    }
  });
  expect(await customer.call("sdk.requestSession('Ada', 'en')")).toBe("ok");
  const { key } = await customer.data();
  expect(await agent.call(`sdk.joinLiveSession('Robin', '${String(key).replace(" ", "")}')`)).toBe("ok");
  await agent.replica.getByText("Savings and more").waitFor();
  const some = (tab: Tab) => async () => (await tab.marks.count()) > 0;
  const none = (tab: Tab) => async () => (await tab.marks.count()) === 0;

  const box = await agent.replica.locator("#title").boundingBox();
  if (!box) throw new Error("no title");
  const draw = async () => {
    await agent.press("draw");
    await agent.page.mouse.move(box.x + 10, box.y + 4);
    await agent.page.mouse.down();
    await agent.page.mouse.move(box.x + 60, box.y + 24, { steps: 4 });
    await agent.page.mouse.up();
    await eventually("a drawing at the customer", some(customer));
  };
  await draw();
  const drawn = await customer.page.locator("[data-copane] .copane-marks").innerHTML();
  expect(drawn).toContain("#0000ff");
  expect(drawn).toMatch(/stroke-width="11"|stroke-width: 11/);
  expect(await customer.call("sdk.hideAllAgentAnnotations()")).toBe("ok");
  await eventually("hidden at the customer only", none(customer));
  expect(await some(agent)()).toBe(true);
  expect(await customer.call("sdk.unHideAllAgentAnnotations()")).toBe("ok");
  await eventually("shown", some(customer));
  for (const name of [
    "hideAllAgentAnnotations",
    "unHideAllAgentAnnotations",
    "hideAllCustomerAnnotations",
    "unHideAllCustomerAnnotations",
    "stopAnnotation",
  ]) {
    expect(await agent.call(`sdk.${name}()`)).toBe("ok");
  }
  await agent.marks.locator("[cursor=pointer]").first().waitFor({ state: "attached" });
  await agent.page.mouse.click(box.x + 10, box.y + 14);
  await eventually("removed by a click", async () => (await none(agent)()) && (await none(customer)()));
  await draw();
  await agent.call("sdk.clearAllAgentAnnotations()");
  expect(await agent.call("sdk.stopAnnotation()")).toBe("ok");
  await eventually("cleared at both", async () => (await none(agent)()) && (await none(customer)()));

  await agent.page.evaluate("agentCobrowse.enableMarker()");
  const text = await agent.replica.locator("#text").boundingBox();
  if (!text) throw new Error("no text");
  await eventually("a marker at the customer", async () => {
    await agent.page.mouse.move(text.x + 2, text.y + text.height / 2);
    await agent.page.mouse.down();
    await agent.page.mouse.move(text.x + 70, text.y + text.height / 2, { steps: 6 });
    await agent.page.mouse.up();
    return some(customer)();
  });
  await agent.page.evaluate("agentCobrowse.hideAllAgentMarkers()");
  await eventually("hidden at the agent", none(agent));
  await agent.page.evaluate("agentCobrowse.unHideAllAgentMarkers(); agentCobrowse.disableMarker()");
  await eventually("shown", some(agent));
  await agent.page.evaluate("agentCobrowse.removeAllAgentMarkers()");
  await eventually("removed at both", async () => (await none(agent)()) && (await none(customer)()));
  await agent.call("sdk.logoutSession()");
  expect(await customer.hears("SessionClose")).toEqual([{ msg: "agent_left:The agent ended the session." }]);
});

test("a key that the agent gives up is dead, and who is in no listed network is no agent", async () => {
  expect(await agent.call("sdk.requestSession('Robin', '', '')")).toBe("ok");
  const { key } = await agent.data();
  expect(await agent.call("sdk.logoutSession()")).toBe("ok");
  expect(await customer.call(`sdk.joinSession('Ada', '${key}')`)).toContain("failed: ");

  const refused = await fetch(`${world.stack.server}/services/CoBrowse/v1/agent/session/request`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.7" },
    body: JSON.stringify({ name: "Mallory" }),
  });
  expect(refused.status).toBe(401);
});

test("a lost connection is told, and taken up again with its picture", async () => {
  expect(await customer.call("sdk.requestSession('Ada', 'en')")).toBe("ok");
  const { key } = await customer.data();
  await agent.call(`sdk.joinLiveSession('Robin', '${key}')`);
  await agent.replica.getByText("Savings and more").waitFor();
  await Promise.all([customer.cut(), agent.cut()]);
  expect(await customer.hears("ConnectionFailure")).toEqual([{ msg: expect.stringContaining("lost") }]);
  expect(await customer.hears("ConnectionReset")).toEqual([{ resume: true }]);
  expect(await customer.data()).toMatchObject({ cobrowseState: "Active", ...both });
  expect(await agent.hears("ConnectionFailure")).toHaveLength(1);
  await agent.hears("Connection", 2);
  await customer.page.evaluate(`document.getElementById("text").textContent = "Here again"`);
  await agent.replica.getByText("Here again").waitFor();
});
