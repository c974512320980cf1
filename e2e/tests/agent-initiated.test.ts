import { expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld({ presence: true, customerPage: "https://shop.example/help?from=desk" });

test.each([
  ["in two steps", false],
  ["in one step", true],
])("an agent starts a session %s and sees the customer who joins", async (_name, autojoin) => {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, `${stack.server}/sample/`);
  const agent = await AgentView.open(browser, stack);
  const { passphrase, token } = await agent.page.evaluate(
    ([server, code, join]) => window.agentView.request(server, code, join),
    [stack.server, signInCode, autojoin] as const,
  );
  if (!autojoin) await agent.page.evaluate((seat) => window.agentView.joinWithToken(seat), token);
  await customer.join(passphrase);
  await agent.picture();
  const states = await settledStates(customer, agent);
  expect(states.agent).toEqual(states.customer);
  await customer.context.close();
  await agent.context.close();
});

test("a desk holds several sessions, says what waits in each, and goes on with all after a reload", async () => {
  const { browser, stack } = world;
  const open = () => Customer.open(browser, stack, `${stack.server}/sample/`);
  const [first, second, third] = [await open(), await open(), await open()];
  const desk = await Desk.open(browser, stack, { viewport: { width: 1440, height: 900 } });
  const { page } = desk;
  await desk.signIn();

  // A key to give, as digits, as a link, and as a picture of it.
  const key = await desk.makeKey();
  const code = page.getByRole("img", { name: "QR code of the link" });
  await code.waitFor();
  expect(await code.getAttribute("data-link")).toBe(
    `https://shop.example/help?from=desk#copane=${key.replace(" ", "")}`,
  );
  const dark = await code.locator("path").getAttribute("d");
  expect(dark?.match(/M/g)?.length).toBeGreaterThan(200);
  await desk.press("Keep the key and go back to the desk");

  // Another customer reads theirs out: the last digit joins, and their page has nine tenths of the height.
  const digits = (await second.start()).replace(" ", "");
  await page.getByLabel("Session key").pressSequentially(`${digits.slice(0, 5)}-${digits.slice(5, 7)}`);
  expect(await page.getByLabel("Session key").inputValue()).toBe(
    `${digits.slice(0, 4)} ${digits.slice(4, 7)}`,
  );
  await page.keyboard.press(digits.slice(7));
  await desk.ready();
  const frame = await page.locator("[data-stage]").boundingBox();
  expect(frame?.height).toBeGreaterThanOrEqual(810);

  // The first one joins meanwhile.
  await first.join(key);
  await page.getByRole("button", { name: "Open Test customer, 1 new" }).click();
  await eventually("nothing new", async () => (await page.title()) === "Copane");
  await page.locator("main:not([inert]) [data-stage][data-ready=true]").waitFor();

  // From the home to one who waits without a key, and by keys from session to session.
  await third.page.evaluate(() => window.copane?.start({ name: "Third", now: true }));
  await page.keyboard.press("h");
  await page.getByRole("button", { name: "Join Third" }).click();
  await page.locator("main:not([inert])").getByRole("heading", { name: "Third" }).waitFor();
  await page.getByRole("button", { name: "Home" }).focus();
  await page.keyboard.press("[");
  await page.locator("main:not([inert])").getByRole("heading", { name: "Test customer" }).waitFor();
  await third.page.locator("[data-copane]").getByRole("button", { name: "Stop sharing" }).click();
  await page.getByRole("button", { name: "Open Third, 1 new" }).waitFor();
  expect(await page.title()).toBe("(1) Third: the session has ended – Copane");

  await page.reload();
  await page.locator("main:not([inert]) [data-stage][data-ready=true]").waitFor();
  await page.getByRole("button", { name: "Home" }).click();
  expect(
    await page
      .getByRole("main")
      .getByRole("button", { name: /^Open / })
      .count(),
  ).toBe(2);

  // What has ended can be noted.
  await page.getByLabel("Note: Third").fill("call again on Monday");
  await page.getByRole("radio", { name: "4 of 5" }).press("Space");
  await page.getByText("Saved").waitFor();
  await page.reload();
  await eventually("the note", async () => {
    return (await page.getByLabel("Note: Third").inputValue()) === "call again on Monday";
  });
  expect(await page.getByRole("radio", { name: "4 of 5" }).isChecked()).toBe(true);
  for (const { context } of [first, second, third]) await context.close();
  await desk.close();
});
