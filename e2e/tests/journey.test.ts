import type { FrameLocator, Locator } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { goToBasket } from "../support/basket.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
let customer: Customer;
let desk: Desk;

beforeEach(async () => {
  const { browser, stack } = world;
  customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  desk = await Desk.open(browser, stack);
  await desk.signIn();
});
afterEach(async () => {
  await customer.context.close();
  await desk.close();
});

/** The customer asks for help by the site's button and reads the key to the agent. */
async function share(): Promise<void> {
  await customer.page.locator("[data-copane] button").click();
  await customer.screen("consent");
  await customer.press("Share this page");
  await desk.joinByKey(await customer.passphrase());
  await customer.screen("sharing");
}

async function control(): Promise<void> {
  await desk.press("Request control");
  await customer.screen("control");
  await customer.press("Allow");
  await desk.says("You can click and type");
}

describe("a session that the customer starts", () => {
  test("shows the agent the page as it changes", async () => {
    await share();
    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    await customer.page.getByLabel("Category").selectOption("bags");
    await eventually("the filtered catalogue at the agent", async () => {
      const names = await desk.replica.locator(".card h2").allTextContents();
      return names.join() === "Harbour satchel,Market tote,Pine duffel";
    });
  });

  test("lets the agent work in the page after the customer's grant and not before", async () => {
    await share();
    await desk.clickInReplica("input[name=stock]");
    await elapse(500);
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
    await control();
    await desk.clickInReplica("input[name=stock]");
    await eventually("the box checked", () => customer.page.locator("input[name=stock]").isChecked());
    await desk.clickInReplica("input[name=query]");
    await desk.page.keyboard.type("coat", { delay: 20 });
    await eventually("the search typed", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "coat";
    });
    await eventually("the catalogue filtered by the shop's own script", async () => {
      return (await desk.replica.locator(".card").count()) === 1;
    });
  });

  test("gives control back by one key of the customer", async () => {
    await share();
    await desk.press("Request control");
    await customer.screen("control");
    await customer.press("Allow");
    // At once: the server may not have heard of the grant yet.
    await customer.page.keyboard.press("Escape");
    await customer.screen("sharing");
    await desk.says("took control back");
    await desk.clickInReplica("input[name=stock]");
    await elapse(500);
    expect(await customer.page.locator("input[name=stock]").isChecked()).toBe(false);
  });

  test("tells the agent when the customer does not allow control", async () => {
    await share();
    await desk.press("Request control");
    await customer.press("Do not allow");
    await desk.says("did not allow control");
  });

  test("sends nothing while paused and the newest page on resume", async () => {
    await share();
    await customer.press("Pause");
    await customer.screen("paused");
    await desk.says("Paused by");
    const before = customer.wire.mirrorBytes;
    await customer.page.getByLabel("Category").selectOption("knitwear");
    await elapse(700);
    expect(customer.wire.mirrorBytes).toBe(before);
    await customer.press("Resume");
    await eventually("what changed meanwhile", async () => {
      return (await desk.replica.locator(".card h2").allTextContents()).join().includes("Fjord cardigan");
    });
  });

  test("goes on when the customer follows a link, reloads, and goes back", async () => {
    await share();
    await customer.page.locator(".card a").first().click();
    await customer.screen("sharing");
    await eventually("the product page", () => desk.replica.locator("[data-main-image]").isVisible());
    await customer.page.reload();
    await customer.screen("sharing");
    await customer.page.goBack();
    await eventually("the catalogue again", () => desk.replica.locator(".hero").isVisible());
    await control();
    await goToBasket(desk, customer);
  });

  test("ends for both when the agent ends it", async () => {
    await share();
    await desk.press("End session");
    await desk.page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
    await desk.page.locator("[data-close-code=agent_left]").waitFor();
    await customer.screen("ended");
    await customer.page.reload();
    await elapse(500);
    expect(await customer.page.locator("[data-copane] [data-screen]").count()).toBe(0);
  });

  test("ends for both when the customer stops", async () => {
    await share();
    await customer.press("Stop sharing");
    await desk.page.locator("[data-close-code=customer_left]").waitFor();
  });
});

describe("a session in an iframe of the site's own origin", () => {
  /** The shop in an iframe of one of its own pages, and a session of the iframe's page alone. */
  async function shareIframe(): Promise<{ iframe: FrameLocator; widget: Locator }> {
    await customer.page.goto(`${world.stack.server}/sample/cart.html`);
    await customer.page.evaluate(() => {
      const shop = document.createElement("iframe");
      shop.src = "index.html";
      shop.style.cssText = "display:block;width:1200px;height:700px";
      document.body.prepend(shop);
    });
    const iframe = customer.page.frameLocator("iframe");
    const widget = iframe.locator("[data-copane]");
    await widget.locator("button").click();
    await widget.getByRole("button", { name: "Share this page", exact: true }).click();
    await desk.joinByKey(((await widget.locator(".passphrase").textContent()) ?? "").trim());
    await widget.locator("[data-screen=sharing]").waitFor();
    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
    return { iframe, widget };
  }

  test("goes on when the iframe goes to another page", async () => {
    const { iframe, widget } = await shareIframe();
    await iframe.locator(".card a").first().click();
    await iframe.locator("[data-main-image]").waitFor();
    await widget.locator("[data-screen=sharing]").waitFor();
    await eventually("the product page", () => desk.replica.locator("[data-main-image]").isVisible());
  });

  test("is not taken up by the page around it", async () => {
    await shareIframe();
    await customer.page.goto(`${world.stack.server}/sample/`);
    await customer.page.locator("[data-copane] button").waitFor();
    await elapse(500);
    expect(await customer.page.locator("[data-copane] [data-screen]").count()).toBe(0);
  });
});

describe("a session that the agent starts", () => {
  test("begins when the customer types the agent's key", async () => {
    const key = await desk.makeKey();
    expect(key).toMatch(/^\d{4} \d{4}$/);
    await customer.page.locator("[data-copane] button").click();
    await customer.press("I have a key from the agent");
    const widget = customer.page.locator("[data-copane]");
    await widget.getByLabel("Key", { exact: true }).fill(key.replace(" ", ""));
    await customer.press("Join with this key");
    await customer.screen("sharing");
    await desk.ready();
    await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();
  });

  test("cannot be joined once the agent cancelled", async () => {
    const key = await desk.makeKey();
    await desk.press("Cancel");
    await desk.page.locator("[data-close-code]").waitFor();
    await customer.page.locator("[data-copane] button").click();
    await customer.press("I have a key from the agent");
    const widget = customer.page.locator("[data-copane]");
    await widget.getByLabel("Key", { exact: true }).fill(key);
    await customer.press("Join with this key");
    await widget.getByRole("alert").filter({ hasText: "No session waits with this key" }).waitFor();
  });
});
