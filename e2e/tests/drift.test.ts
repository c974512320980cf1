import { paths } from "@copane/protocol";
import { expect, test } from "vitest";
import { openContext } from "../support/browser.ts";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { html } from "../support/http.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

interface Recorded {
  id: string;
  endedAt: string | null;
  compared: number;
  repaired: number;
}

async function auditor(): Promise<(path: string) => Promise<Response>> {
  const { server } = world.stack;
  const answer = await fetch(server + paths.agentSignIn, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Lin", code: signInCode, role: "auditor" }),
  });
  const { token } = (await answer.json()) as { token: string };
  return (path) =>
    fetch(`${server}${paths.audit}/${path}`, { headers: { authorization: `Bearer ${token}` } });
}

test("drift is healed, counted at the desk, and recorded with the session", async () => {
  const { browser, stack } = world;
  const list = Array.from({ length: 40 }, (_, i) => `<li id="i${i}">Article ${i}</li>`).join("");
  const site = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><title>Shop</title><body><ul>${list}</ul></body></html>`),
  });
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const desk = await Desk.open(browser, stack);
  await desk.signIn();
  await desk.joinByKey(await customer.start());
  await desk.press("Picture is exact");
  const line = desk.page.locator("[data-checked]");
  await line.getByText("Picture checked: 100 %").waitFor();

  await desk.replica.locator("#i7").evaluate((element) => {
    (element.firstChild as Text).data = "drifted";
  });
  await desk.replica.locator("#i7").getByText("Article 7").waitFor();
  await line.getByText(", 1 repaired").waitFor();
  // What is repaired is said, and then that all is well again.
  await desk.page.getByRole("button", { name: "Parts being repaired: 1" }).waitFor();
  await desk.page.getByRole("button", { name: "Picture is exact" }).waitFor();
  expect(await line.textContent()).not.toContain("100 %");

  await desk.press("End session");
  await desk.page.getByRole("dialog").getByRole("button", { name: "End session", exact: true }).click();
  const ask = await auditor();
  const { id } = await eventually("the session in the audit, with what was found", async () => {
    const { sessions } = (await (await ask("sessions?state=ended")).json()) as { sessions: Recorded[] };
    return sessions.find(({ repaired, compared }) => repaired === 1 && compared > 1);
  });

  const context = await openContext(browser, {});
  const page = await context.newPage();
  await page.goto(`${stack.server}/desk/#/admin/history/${id}`);
  await page.getByLabel("Your name").fill("Lin");
  await page.getByLabel("Sign-in code").fill(signInCode);
  await page.getByLabel("Sign in as").selectOption({ label: "Auditor" });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("parts compared, 1 repaired").waitFor();
  for (const opened of [context, customer.context, desk.page.context()]) await opened.close();
});
