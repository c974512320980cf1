import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closeAllPages } from "../../scripts/lib/browser.ts";
import { AgentView } from "../support/agent.ts";
import { sharedBrowser } from "../support/browser.ts";
import { settledStates } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import { html, type Site } from "../support/http.ts";
import { type ProcessStack, startProcessStack } from "../support/server-process.ts";
import { signInCode } from "../support/stack.ts";
import { elapse, eventually } from "../support/wait.ts";

/** A session outlives its server, whatever ends that, at whatever moment. */

const body = (title: string) =>
  html(`<!doctype html><title>${title}</title><h1>${title}</h1><p id="at">0</p>
    <label>Name <input id="name"></label><button id="press">Press</button>
    <script>
      document.getElementById("press").onclick = () => { document.getElementById("at").textContent = "pressed"; };
    </script>`);

let browser: Browser;
let stack: ProcessStack;
let site: Site;
let customer: Customer;
let agent: AgentView;

beforeAll(async () => {
  [browser, stack] = await Promise.all([sharedBrowser(), startProcessStack()]);
  site = await stack.serve({ "/": body("First"), "/second": body("Second") });
}, 180_000);
afterEach(async () => {
  await customer.context.close();
  await agent.context.close();
});
afterAll(async () => {
  await closeAllPages(browser);
  await stack.close();
});

async function share(blockWebSocket = false): Promise<void> {
  customer = await Customer.open(browser, stack, `${site.origin}/`, { blockWebSocket });
  agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
}

let changes = 0;

/** The agent sees the customer's page as it is now: what changes in it from here on, too. */
async function together(): Promise<void> {
  const mark = `mark ${++changes}`;
  await customer.page.evaluate((text) => {
    document.title = text;
    (document.getElementById("at") as HTMLElement).textContent = text;
  }, mark);
  await eventually(
    "the page's change at the agent",
    () =>
      agent.page.evaluate(
        (text) => window.agentView.document().getElementById("at")?.textContent === text,
        mark,
      ),
    { timeoutMs: 30_000, everyMs: 20 },
  );
}

/** The picture equals the page, to its last text. */
async function equal(): Promise<void> {
  const states = await settledStates(customer, agent);
  expect(states.agent).toEqual(states.customer);
}

/** Ends the server in a way, starts it again, and waits until both sides are together. Prints how long that took. */
async function restart(
  end: "kill" | "stop",
  meanwhile: () => Promise<unknown> = async () => {},
  env: Record<string, string> = {},
): Promise<void> {
  const from = Date.now();
  await stack[end]();
  const ended = Date.now();
  await Promise.all([stack.start(env), meanwhile()]);
  const started = Date.now();
  await together();
  const parts = { ending: ended - from, starting: started - ended, together: Date.now() - started };
  console.log(`${end}: ${JSON.stringify(parts)} ms`);
}

const view = () => agent.page.evaluate(() => window.agentView.session());

/** The audit's events of the session, without those of connections. */
async function audited(): Promise<string[]> {
  const { id } = (await view()) as { id: string };
  const base = `${stack.server}/services/CoBrowse/v1`;
  const signedIn = await fetch(`${base}/agent/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Lin", code: signInCode, role: "auditor" }),
  });
  const { token } = (await signedIn.json()) as { token: string };
  return eventually("the audit", async () => {
    const answer = await fetch(`${base}/audit/sessions/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { events, session } = (await answer.json()) as {
      events: { event: string }[];
      session: { endedAt: string | null };
    };
    expect(session.endedAt).toBeNull();
    return events.map(({ event }) => event).filter((event) => !/connected$|page.visited/.test(event));
  });
}

/** Nobody was told that the session ended, and the customer was asked nothing. */
async function nothingAsked(): Promise<void> {
  const events = await agent.page.evaluate(() => window.agentView.events());
  expect(events).not.toContain("session.closed");
  expect(await agent.page.evaluate(() => window.agentView.errors())).toEqual([]);
  const widget = customer.page.locator("[data-copane]");
  expect(await widget.getByRole("button", { name: "Allow", exact: true }).count()).toBe(0);
  expect(customer.received.join()).not.toContain("server_shutdown");
}

describe.each(["kill", "stop"] as const)("after a %s and a new start", { timeout: 180_000 }, (end) => {
  test("both sides are together again, and control is as it was", async () => {
    await share();
    await agent.takeControl(customer);
    await restart(end);
    expect((await view())?.control).toMatchObject({ holder: 1, level: "full" });
    await nothingAsked();
    await eventually("the agent's click in the page", async () => {
      await agent.click("#press");
      return (await customer.page.locator("#at").textContent()) === "pressed";
    });
    await equal();
    expect(await audited()).toEqual([
      "session.created",
      "agent.joined",
      "control.requested",
      "control.granted",
      "session.restored",
    ]);
  });

  test("a pause holds", async () => {
    await share();
    await customer.press("Pause");
    await eventually("the pause at the agent", async () => (await view())?.state === "paused");
    const before = await agent.page.evaluate(() => window.agentView.document().body.textContent);
    await stack[end]();
    await customer.page.evaluate(() => {
      (document.getElementById("at") as HTMLElement).textContent = "not to be seen";
    });
    await stack.start();
    await eventually(
      "both connected again",
      async () => {
        const session = await view();
        return session?.participants.every(({ connected }) => connected) && session.state === "paused";
      },
      { timeoutMs: 30_000 },
    );
    await elapse(500);
    const now = await agent.page.evaluate(() => window.agentView.document().body.textContent);
    expect(now).not.toContain("not to be seen");
    expect(now).toBe(before);
    await customer.press("Resume");
    await together();
    await equal();
    await nothingAsked();
    expect((await audited()).slice(-3)).toEqual(["session.paused", "session.restored", "session.resumed"]);
  });

  test("what was revoked stays revoked", async () => {
    await share();
    await agent.takeControl(customer);
    // The agent may hear of it before the customer's own page does.
    await customer.screen("controlled");
    await customer.page.keyboard.press("Escape");
    await eventually("the revocation at the agent", async () => (await view())?.control.holder === undefined);
    await restart(end);
    expect((await view())?.control.holder).toBeUndefined();
    await agent.click("#press");
    await elapse(500);
    expect(await customer.page.locator("#at").textContent()).not.toBe("pressed");
    await nothingAsked();
    expect((await audited()).slice(-2)).toEqual(["control.revoked", "session.restored"]);
  });

  test("a key that waited can be used, and an invitation that is out", async () => {
    customer = await Customer.open(browser, stack, `${site.origin}/`);
    agent = await AgentView.open(browser, stack);
    const key = await customer.start();
    await stack[end]();
    await stack.start();
    await agent.join(key);
    const invitation = await agent.page.evaluate(() => window.agentView.invite());
    await restart(end);
    const colleague = await AgentView.open(browser, stack);
    await colleague.page.evaluate(
      ([server, code, digits]) => window.agentView.joinInvited(server, code, digits),
      [stack.server, signInCode, invitation] as const,
    );
    await colleague.picture();
    await together();
    await equal();
    expect(await colleague.state()).toEqual(await customer.state());
    await colleague.context.close();
  });

  test("the customer goes to another page meanwhile", async () => {
    await share();
    await restart(end, () => customer.page.goto(`${site.origin}/second`));
    expect(
      await agent.page.evaluate(() => window.agentView.document().querySelector("h1")?.textContent),
    ).toBe("Second");
    await equal();
    await nothingAsked();
  });

  test("the same over SockJS", async () => {
    await share(true);
    await agent.takeControl(customer);
    await restart(end);
    expect((await view())?.control.holder).toBe(1);
    await equal();
    await nothingAsked();
  });
});

test("two kills in a row", { timeout: 180_000 }, async () => {
  await share();
  await agent.takeControl(customer);
  await stack.kill();
  await stack.start();
  await restart("kill");
  expect((await view())?.control.holder).toBe(1);
  await equal();
  await nothingAsked();
  expect((await audited()).filter((event) => event === "session.restored")).toHaveLength(2);
});

test("a page that an upgrade finds open goes on with the scripts of its version", async () => {
  const built = fileURLToPath(new URL("../../packages/widget/dist/browser", import.meta.url));
  const { version } = JSON.parse(readFileSync(join(built, "copane.json"), "utf8"));
  const next = "0123456789ab";
  const upgraded = mkdtempSync(join(tmpdir(), "copane-upgraded-"));
  cpSync(built, upgraded, { recursive: true });
  renameSync(join(upgraded, version), join(upgraded, next));
  writeFileSync(join(upgraded, "copane.json"), JSON.stringify({ version: next }));
  try {
    await share();
    await restart("stop", undefined, { COPANE_SDK_DIR: upgraded });
    expect((await fetch(`${stack.server}/sdk/${next}/copane-control.js`)).status).toBe(200);
    await agent.takeControl(customer);
    await eventually("the agent's click in the page", async () => {
      await agent.click("#press");
      return (await customer.page.locator("#at").textContent()) === "pressed";
    });
  } finally {
    rmSync(upgraded, { recursive: true });
  }
});
