import { expect, test } from "vitest";
import { AvayaWorld } from "../support/avaya.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ numberMatch: true });

/** Both have come together, and the figures stand on both screens. */
async function compared(): Promise<{ customer: Customer; desk: Desk; figures: [string, string] }> {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  const key = await customer.start();
  await desk.giveKey(key);
  await customer.screen("match");
  const theirs = customer.page.locator("[data-copane] .figures", { hasText: /^\d\d$/ });
  const ours = desk.page.locator("[data-figures]", { hasText: /^\d\d$/ });
  await Promise.all([theirs.waitFor(), ours.waitFor()]);
  return { customer, desk, figures: [(await theirs.textContent()) ?? "", (await ours.textContent()) ?? ""] };
}

async function close({ customer, desk }: { customer: Customer; desk: Desk }): Promise<void> {
  await customer.context.close();
  await desk.close();
}

test("both screens show the same two figures, and the page is shown once both said so", async () => {
  const both = await compared();
  const { customer, desk, figures } = both;
  expect(figures[0]).toBe(figures[1]);
  // Nobody sees the page, and nothing says so.
  expect(await customer.page.locator("[data-copane] .edge").isVisible()).toBe(false);
  if (process.env.PICTURES) {
    await customer.page.screenshot({ path: `${process.env.PICTURES}/match-customer.png` });
    await desk.page.screenshot({ path: `${process.env.PICTURES}/match-desk.png` });
  }
  await desk.page.getByRole("button", { name: "They are the same" }).click();
  await desk.page.getByText("Waiting for Test customer to compare them…").waitFor();
  expect(await desk.page.getByRole("button", { name: "Request control" }).isDisabled()).toBe(true);
  expect(customer.wire.mirrorBytes).toBe(0);
  await customer.press("They are the same");
  await customer.screen("sharing");
  await desk.ready();
  await desk.replica.getByRole("heading", { name: "Made for weather" }).waitFor();

  // Once is enough: neither side's next page asks again.
  await customer.page.reload();
  await customer.screen("sharing");
  await desk.page.reload();
  await desk.ready();
  await close(both);
});

test("a page that is loaded anew in between makes new figures with the other side", async () => {
  const both = await compared();
  const { customer, desk } = both;
  const same = async () => {
    const theirs = await customer.page.locator("[data-copane] .figures").textContent();
    return (
      /^\d\d$/.test(theirs ?? "") && theirs === (await desk.page.locator("[data-figures]").textContent())
    );
  };
  await customer.press("They are the same");
  await customer.page.reload();
  await customer.screen("match");
  await expect.poll(same, { timeout: 20_000 }).toBe(true);
  await desk.page.reload();
  await expect.poll(same, { timeout: 20_000 }).toBe(true);
  // What was said of the former figures does not count for these.
  await desk.page.getByRole("button", { name: "They are the same" }).click();
  await desk.page.getByText("Waiting for Test customer to compare them…").waitFor();
  expect(customer.wire.mirrorBytes).toBe(0);
  await customer.press("They are the same");
  await desk.ready();
  await close(both);
});

test("figures that differ end the session; nothing was shown", async () => {
  const both = await compared();
  const { customer } = both;
  await customer.press("They differ: stop");
  await customer.screen("ended");
  expect(customer.wire.mirrorBytes).toBe(0);
  await close(both);
});

test("pages of the Avaya SDK, which know nothing of it, ask in a dialog of the browser on both sides", async () => {
  const avaya = await AvayaWorld.start({ numberMatch: true });
  const [customer, agent] = await Promise.all([avaya.sample("customer"), avaya.sample("agent")]);
  const asked: string[] = [];
  for (const { page } of [customer, agent])
    page.on("dialog", (dialog) => {
      asked.push(/: (\d\d)\. Are they the same/.exec(dialog.message())?.[1] ?? dialog.message());
      void dialog.accept();
    });
  await customer.press("begin");
  const key = await customer.reads("cobrowse-key", /^\d{4} \d{4}$/);
  await agent.page.locator("#key").fill(key);
  await agent.press("live");
  await agent.replica.getByText("Your household policy").waitFor();
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatch(/^\d\d$/);
  expect(asked[0]).toBe(asked[1]);
  await Promise.all([customer.context.close(), agent.context.close()]);
  await avaya.close();
});
