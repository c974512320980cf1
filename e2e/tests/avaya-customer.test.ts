import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AvayaWorld, type Tab } from "../support/avaya.ts";
import { eventually } from "../support/wait.ts";

let world: AvayaWorld;
beforeAll(async () => {
  world = await AvayaWorld.start();
});
afterAll(() => world.close());

/** A key that an agent has made and waits for, in a desk of the sample. */
async function waitingAgent(): Promise<{ agent: Tab; key: string }> {
  const agent = await world.sample("agent");
  expect(await agent.call("sdk.requestSession('Robin', 'en', '')")).toBe("ok");
  const { key, agentCode } = (await agent.data()) as { key: string; agentCode: string };
  expect(await agent.call(`sdk.joinSession(${JSON.stringify(agentCode)})`)).toBe("ok");
  return { agent, key };
}

async function close(...tabs: Tab[]): Promise<void> {
  await Promise.all(tabs.map((tab) => tab.context.close()));
}

describe("a customer's session", () => {
  test("tells the page everything by data and callbacks, from before to after", async () => {
    const { agent, key } = await waitingAgent();
    const customer = await world.open(`${world.site.origin}/`);
    expect(await customer.page.evaluate("silent")).toBe(true);
    await customer.listen(2);
    expect(await customer.data()).toMatchObject({
      cobrowseState: undefined,
      agentControlState: "false",
      agent: "",
      customer: "",
      key: "",
      reason: "",
      same: true,
    });
    expect(await customer.call("sdk.pause()")).toContain("failed: ");
    expect(await customer.call("sdk.joinSession('Ada', '0000 0000')")).toContain("Check the eight digits");

    // Without the space, and a callback that was registered twice is called twice.
    expect(await customer.call(`sdk.joinSession("Ada O'Neill", Number("${key.replace(" ", "")}"))`)).toBe(
      "ok",
    );
    expect(await customer.hears("Connection", 2)).toEqual([
      { agent: "Robin", customer: "Ada O'Neill" },
      { agent: "Robin", customer: "Ada O'Neill" },
    ]);
    expect(await customer.hears("early connection")).toHaveLength(1);
    const { customerCode, ...data } = await customer.data();
    expect(data).toMatchObject({
      cobrowseState: "Active",
      agent: "Robin",
      customer: "Ada O'Neill",
      key,
      same: true,
    });
    expect(customerCode).toMatch(/^[\w-]{20,}$/);

    // A second join: the same session is no error, another one is, by the documented text.
    expect(await customer.call(`sdk.joinSession('Ada', '${key}')`)).toBe("ok");
    const again = "Customer session with same ID already in progress";
    expect(await customer.call("sdk.joinSession('Ada', '1111 1111')")).toContain(again);
    expect(await customer.call("sdk.requestSession('Ada', 'en')")).toContain(again);

    expect(await customer.call("sdk.pause()")).toBe("ok");
    await eventually("paused", async () => (await customer.data()).cobrowseState === "Paused");
    expect(await agent.call("sdk.requestControl()")).toContain("paused");
    expect(await customer.call("sdk.resume()")).toBe("ok");
    await eventually("active", async () => (await customer.data()).cobrowseState === "Active");

    expect(await agent.call("sdk.requestControl()")).toBe("ok");
    expect(await customer.hears("ControlRequest", 2)).toContainEqual({
      agent: "Robin",
      customer: "Ada O'Neill",
    });
    expect(await customer.data()).toMatchObject({ agentControlState: "pending", same: true });
    await agent.call("sdk.releaseControl()");
    expect(await customer.hears("ControlRelease", 2)).toContainEqual({
      agent: "Robin",
      customer: "Ada O'Neill",
    });
    await agent.call("sdk.requestControl()");
    await customer.hears("ControlRequest", 4);
    expect(await customer.call("sdk.denyControl()")).toBe("ok");
    expect(await customer.data()).toMatchObject({ agentControlState: "false" });
    await agent.call("sdk.requestControl()");
    await customer.hears("ControlRequest", 6);
    expect(await customer.call("sdk.grantControl()")).toBe("ok");
    expect(await customer.data()).toMatchObject({ agentControlState: "true", same: true });
    expect(await customer.call("sdk.pause()")).toContain("Revoke control first");
    expect(await customer.call("sdk.revokeControl()")).toBe("ok");
    expect(await customer.data()).toMatchObject({ agentControlState: "false" });

    await agent.call("sdk.logoutSession('All done')");
    expect(await customer.hears("SessionClose", 2)).toContainEqual({ msg: "agent_left:All done" });
    expect(await customer.data()).toMatchObject({
      cobrowseState: "Closed",
      agent: "Robin",
      reason: "All done",
    });
    expect(customer.errors).toEqual([]);
    await close(agent, customer);
  });

  test("marks, highlights and intervals are accepted and do what they say", async () => {
    const customer = await world.open(`${world.site.origin}/`);
    await customer.page.evaluate(() => {
      const { customerCobrowse: sdk } = window as unknown as Record<
        string,
        Record<string, (value?: unknown) => void>
      >;
      sdk?.addElementIDToRemove?.("field");
      sdk?.setHighlightColor?.("orange");
      sdk?.setMarkerColor?.("lime");
      sdk?.setAgentViewSyncInterval?.("500");
      sdk?.setMouseScrollSyncInterval?.(1000);
      sdk?.setCustomerConnectionRetryInterval?.("10000");
      sdk?.setCSSHoverFile?.({ css: "" });
    });
    await customer.listen();
    expect(await customer.call("sdk.requestSession('Ada', 'en', 'ada@example.com')")).toBe("ok");
    const { key } = await customer.data();
    expect(key).toMatch(/^\d{4} \d{4}$/);
    const agent = await world.sample("agent");
    expect(await agent.call(`sdk.joinLiveSession('Robin', '${key}')`)).toBe("ok");
    expect(await customer.hears("AgentJoin")).toEqual([{ agent: "Robin", customer: "Ada" }]);
    expect(await customer.hears("Connection", 2)).toContainEqual({ agent: "Robin", customer: "Ada" });
    await agent.replica.getByText("Savings and more").waitFor();
    expect(await agent.replica.locator("#field").count()).toBe(0);

    // Text that the customer selects stays marked once markers are on, at both.
    await customer.page.evaluate("customerCobrowse.enableMarker()");
    await customer.page.locator("#text").selectText();
    await customer.page.keyboard.press("Shift");
    await eventually("the marker at the agent", async () => (await agent.marks.count()) > 0);
    const seen = async () => (await customer.marks.count()) > 0;
    await eventually("the marker at the customer", seen);
    await customer.page.evaluate("customerCobrowse.hideAllCustomerMarkers()");
    await eventually("hidden", async () => !(await seen()));
    await customer.page.evaluate("customerCobrowse.unHideAllCustomerMarkers()");
    await eventually("shown", seen);
    await customer.page.evaluate("customerCobrowse.disableMarker(); customerCobrowse.clearAllMarkers()");
    await eventually("cleared", async () => (await agent.marks.count()) === 0);

    // Annotations: off until started; while drawing the page is not operated.
    expect(
      await customer.call(
        "sdk.setAnnotation(new AvayaCoBrowseClientServices.Services.Cobrowse.Common.AnnotationShapeInfo('blue', '11', 'rectangle'))",
      ),
    ).toBe("ok");
    expect(await customer.call("sdk.startAnnotation()")).toBe("ok");
    const go = await customer.page.locator("#go").boundingBox();
    if (!go) throw new Error("no button");
    await eventually("the drawing surface", async () => {
      await customer.page.mouse.move(go.x + 4, go.y + 4);
      await customer.page.mouse.down();
      await customer.page.mouse.move(go.x + 40, go.y + 60, { steps: 4 });
      await customer.page.mouse.up();
      return seen();
    });
    expect(await customer.page.locator("#go").textContent()).toBe("Go");
    expect(await customer.page.locator("[data-copane] .copane-marks").innerHTML()).toContain("#0000ff");
    await eventually("the drawing at the agent", async () => (await agent.marks.count()) > 0);
    expect(await customer.call("sdk.hideAllCustomerAnnotations()")).toBe("ok");
    await eventually("hidden", async () => !(await seen()));
    expect(await customer.call("sdk.unHideAllCustomerAnnotations()")).toBe("ok");
    expect(await customer.call("sdk.stopAnnotation()")).toBe("ok");
    await eventually("shown", seen);
    await customer.call("sdk.clearAllCustomerAnnotations()");
    await eventually("cleared", async () => !(await seen()));
    await customer.page.locator("#go").click();
    expect(await customer.page.locator("#go").textContent()).toBe("Gone");

    for (const call of ["hideAllAgentAnnotations", "unHideAllAgentAnnotations"]) {
      expect(await customer.call(`sdk.${call}()`)).toBe("ok");
    }
    await customer.page.evaluate(() => {
      const { customerCobrowse: sdk } = window as unknown as Record<string, Record<string, () => void>>;
      for (const name of [
        "enableHighlight",
        "disableHighlight",
        "enableElementHighlight",
        "disableElementHighlight",
        "hideAllAgentMarkers",
        "unHideAllAgentMarkers",
      ]) {
        sdk?.[name]?.();
      }
    });
    // The owner's own logout is no news to its page.
    expect(await customer.call("sdk.logoutSession('Thanks')")).toBe("ok");
    await agent.reads("state", "Closed: customer_left:Thanks");
    expect(await customer.heard("SessionClose")).toEqual([]);
    await close(agent, customer);
  });
});

describe("a customer's tab", () => {
  test("joins in the same tick as start(), and goes on with its session on the next page by itself", async () => {
    const { agent, key } = await waitingAgent();
    const customer = await world.open(`${world.site.origin}/same-tick#${encodeURIComponent(key)}`);
    const joined = () => customer.page.evaluate("joined");
    // What the address carries is escaped; the key counts without its space as well.
    await eventually("joined", async () => (await joined()) !== "waiting");
    await close(customer);
    const second = await world.open(`${world.site.origin}/same-tick#${key.replace(" ", "")}`);
    await eventually("joined", async () => (await second.page.evaluate("joined")) === "yes");
    await agent.call("sdk.requestControl()");

    await second.page.goto(`${world.site.origin}/next`);
    expect(await second.page.evaluate("silent")).toBe(true);
    await second.listen();
    await second.hears("early connection");
    const order = await second.page.evaluate(
      "heard.filter(function (one) { return /^early/.test(one.name) }).map(function (one) { return one.name })",
    );
    expect(order).toEqual(["early reset", "early connection"]);
    expect(await second.heard("early reset")).toEqual([{ resume: true }]);
    expect(await second.heard("early connection")).toEqual([{ agent: "Robin", customer: "Ada O'Neill" }]);
    expect(await second.data()).toMatchObject({
      cobrowseState: "Active",
      agent: "Robin",
      key,
      agentControlState: "pending",
    });
    await agent.replica.getByText("Savings and more").waitFor();
    await agent.call("sdk.logoutSession()");
    await close(agent, second);
  });

  test("logs out from beforeunload", async () => {
    const { agent, key } = await waitingAgent();
    const customer = await world.open(`${world.site.origin}/leaving`);
    expect(await customer.call(`sdk.joinSession('Ada', '${key}')`)).toBe("ok");
    await customer.page.goto("about:blank");
    await agent.reads("state", "Closed: customer_left:Page closed");
    await close(agent, customer);
  });

  test("mirrors a same-origin iframe that the SDK runs in, and nothing around it", async () => {
    const { agent, key } = await waitingAgent();
    const customer = await world.open(`${world.site.origin}/outer`);
    const inner = customer.page.frameLocator("#inner");
    await inner.locator("#title").waitFor();
    const joined = await customer.page
      .frames()[1]
      ?.evaluate(
        `customerCobrowse.joinSession('Ada', '${key}').then(function () { return "ok" }, function (error) { return error.getMessage() })`,
      );
    expect(joined).toBe("ok");
    await agent.replica.getByText("Savings and more").waitFor();
    expect(await agent.replica.getByText("Outer page").count()).toBe(0);
    await agent.call("sdk.requestControl()");
    await eventually("granted", async () => {
      const frame = customer.page.frames()[1];
      return frame?.evaluate(
        "customerCobrowse.getCustomerData().agentControlState === 'pending' && customerCobrowse.grantControl().then(function () { return true })",
      );
    });
    await agent.reads("state", "In control");
    await agent.clickInReplica("#go");
    await eventually(
      "the click in the iframe",
      async () => (await inner.locator("#go").textContent()) === "Gone",
    );
    const cursor = await inner.locator("[data-copane] .pointer").boundingBox();
    const button = await inner.locator("#go").boundingBox();
    expect(Math.abs((cursor?.x ?? 0) - (button?.x ?? 0))).toBeLessThan(120);
    await agent.call("sdk.logoutSession()");
    await close(agent, customer);
  });
});

test("a disabled instance does nothing, and a window has one instance", async () => {
  const customer = await world.open(`${world.site.origin}/`);
  const result = await customer.page.evaluate(`(async () => {
    const services = new AvayaCoBrowseClientServices();
    const off = services.createCustomerCobrowse(new AvayaCoBrowseClientServices.Config.CoBrowseConfiguration());
    off.start();
    const refused = await off.requestSession("Ada", "en").then(() => "joined", (error) => error.getMessage());
    return { refused, one: services.createCustomerCobrowse(config) === customerCobrowse, state: off.getCustomerData().cobrowseState };
  })()`);
  expect(result).toEqual({ refused: "Co-browsing is disabled in the configuration.", one: true });
  await close(customer);
});

test.each(["", "1", "3"])(
  "every file loads in LABjs' sequence and leaves the page's jQuery alone (%s)",
  async (version) => {
    const customer = await world.open(`${world.site.origin}/lab${version}`);
    await eventually(
      "started",
      async () => (await customer.page.evaluate("window.started === true")) as boolean,
    );
    expect(await customer.page.evaluate("window.untouched")).toBe(true);
    expect(await customer.page.evaluate("typeof window.jQuery")).toBe(version ? "function" : "undefined");
    expect(customer.errors).toEqual([]);
    await close(customer);
  },
);

test("every file that pages name is served in each of its places, to any origin", async () => {
  const scripts = [
    "AvayaCoBrowseClientServices.min.js",
    "sock.js",
    "Base64.js",
    "md5.js",
    "jquery_path.js",
    "jquery.min.js",
  ];
  const names = ["", "common/lib/", "customer/lib/", "agent/lib/"].flatMap((folder) =>
    scripts.map((name) => folder + name),
  );
  for (const name of [
    ...names,
    "css/cbe.css",
    "css/agent.css",
    "cbe.css",
    "agent.css",
    "img/mask.png",
    "img/pointer.png",
    "mask.png",
    "pointer.png",
  ]) {
    const answer = await fetch(`${world.stack.server}/services/CoBrowse/sdk/${name}`, {
      headers: { origin: "https://elsewhere.example.com" },
    });
    expect([name, answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
      name,
      200,
      "*",
    ]);
  }
});
