import { afterEach, beforeEach, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html, type Site } from "../support/http.ts";
import { setUpWorld } from "../support/world.ts";

/** When the engine fails, both screens say so, and nothing is shown. */

const world = setUpWorld();

let site: Site;
let customer: Customer;
let desk: Desk;

beforeEach(async () => {
  const { browser, stack } = world;
  site = await stack.serve({ "/": html("<!doctype html><title>Page</title><h1>Page</h1><p id=p>text</p>") });
  customer = await Customer.open(browser, stack, `${site.origin}/`);
  desk = await Desk.open(browser, stack);
  await desk.signIn();
});
afterEach(async () => {
  await customer.context.close();
  await desk.close();
});

async function share(): Promise<void> {
  await desk.joinByKey(await customer.start());
  await customer.screen("sharing");
}

/** The page makes what the engine uses throw, so many times. */
async function breakRecords(times: number): Promise<void> {
  await customer.page.evaluate((most) => {
    let thrown = 0;
    const { prototype } = MutationRecord;
    for (const name of ["type", "target", "addedNodes"] as const) {
      const own = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
      Object.defineProperty(prototype, name, {
        configurable: true,
        get(this: MutationRecord) {
          if (thrown++ < most) throw new Error("the page broke it");
          return own.get?.call(this);
        },
      });
    }
  }, times);
}

/** Changes the page every 100 ms: each change is a chance to fail. */
async function keepChanging(): Promise<void> {
  await customer.page.evaluate(() => {
    let turn = 0;
    setInterval(() => {
      const line = document.createElement("p");
      line.textContent = `line ${turn++}`;
      document.body.append(line);
    }, 100);
  });
}

async function bothSay(text: string): Promise<void> {
  await customer.says(text);
  await desk.says(text);
}

async function expectNothingShown(): Promise<void> {
  await customer.screen("unshared");
  const widget = customer.page.locator("[data-copane]");
  expect(await widget.getByText("sees this page").filter({ hasNotText: "Nobody" }).count()).toBe(0);
  expect(await widget.locator(".edge").isVisible()).toBe(false);
  await desk.page.locator(".veil.blind").getByText("The page is not shown").waitFor();
  expect(await desk.page.getByRole("button", { name: "Request control" }).isDisabled()).toBe(true);
  const { mirrorBytes } = customer.wire;
  await customer.page.evaluate(() => document.body.append("too late"));
  // Silence is the point: the mirror would have sent this by then.
  await customer.page.waitForTimeout(500);
  expect(customer.wire.mirrorBytes).toBe(mirrorBytes);
}

test("an engine that a page breaks for good stops, and both sides learn of it by its number", async () => {
  await share();
  await breakRecords(Number.POSITIVE_INFINITY);
  await keepChanging();
  await bothSay("the page could not be mirrored");
  await expectNothingShown();
  await customer.page.reload();
  await customer.screen("sharing");
  await desk.page.locator(".veil.blind").waitFor({ state: "detached" });
  await desk.replica.getByText("text").waitFor();
});

test("an engine that fails once begins anew with a new picture", async () => {
  await share();
  await breakRecords(1);
  await keepChanging();
  await desk.replica.getByText("line 9", { exact: true }).waitFor();
  await customer.screen("sharing");
});

test("an engine that cannot start says so to the agent who has just come", async () => {
  const key = await customer.start();
  await customer.page.evaluate(() => {
    MutationObserver.prototype.observe = () => {
      throw new Error("the page broke it");
    };
  });
  await desk.giveKey(key);
  await bothSay("the page could not be mirrored");
  await expectNothingShown();
});

test("without the engine's script nothing of the page leaves, and both sides learn why", async () => {
  await customer.page.route("**/sdk/*/copane-mirror.js", (route) => route.abort());
  const key = await customer.start();
  await desk.giveKey(key);
  await bothSay("the page could not be mirrored");
  await expectNothingShown();
  expect(customer.wire.mirrorBytes).toBe(0);
  await customer.page.unroute("**/sdk/*/copane-mirror.js");
  await customer.page.reload();
  await desk.replica.getByText("text").waitFor();
});

test("a script of the engine's that does not come ends the sharing", async () => {
  await customer.page.route("**/sdk/*/copane-features.js", (route) => route.fulfill({ status: 500 }));
  await share();
  await customer.page.evaluate(() => document.body.append(document.createElement("canvas")));
  await bothSay("the page could not be mirrored");
  await expectNothingShown();
});

test("control whose script does not come is not held, and both sides learn why", async () => {
  await customer.page.route("**/sdk/*/copane-control.js", (route) => route.fulfill({ status: 500 }));
  await share();
  await desk.press("Request control");
  await bothSay("A script of the shared page did not load");
  await customer.screen("sharing");
  await desk.page.getByRole("button", { name: "Request control", exact: true }).waitFor();
});

test.each([
  ["en", "Robin’s screen says that it cannot show this page", "Robin sees this page"],
  ["de", "Der Bildschirm von Robin meldet, dass er diese Seite nicht zeigen kann", "Robin sieht diese Seite"],
])(
  "the customer learns that the agent's screen cannot show the page, and that it can again: %s",
  async (locale, cannot, sees) => {
    await customer.page.waitForFunction(() => window.copane !== undefined);
    await customer.page.evaluate((language) => window.copane?.init({ locale: language }), locale);
    await share();
    await customer.says(sees);
    // Deeper than any picture may be.
    await customer.page.evaluate(() => {
      let place: Element = document.body;
      for (let left = 2_500; left > 0; left--) place = place.appendChild(document.createElement("div"));
    });
    await desk.says("The customer's page is too large to be shown");
    await customer.says(cannot);
    await customer.page.reload();
    await desk.press("The page is not shown");
    await desk.press("Fetch the picture again");
    await customer.says(sees);
  },
);
