import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AgentRest, WaitingRest } from "@copane/client/agent";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { secrets } from "../../examples/lib/secrets.mjs";
import { serveExample } from "../../examples/lib/serve.mjs";
import { freePort } from "../../scripts/lib/free-port.mjs";
import { AgentView } from "../support/agent.ts";
import { openContext } from "../support/browser.ts";
import { signInCode, startStack } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** Each folder of `examples/`, started and used as its reader would. */

const world = setUpWorld({ jwtSecret: secrets.agents, identitySecret: secrets.identities });
const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function open(name: string, path = "/", copane = world.stack.server, port = 0): Promise<Page> {
  const site = await serveExample(name, copane, port);
  const context = await openContext(world.browser);
  endings.push(site.close, () => context.close());
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => expect.soft(message, name).toBe(""));
  await page.goto(site.url + path);
  return page;
}

/** A page that shares itself has a key, and an agent joins by it. */
async function joined(page: Page): Promise<AgentView> {
  const key = await eventually("a key", () => page.evaluate(() => window.copane?.key));
  const agent = await AgentView.open(world.browser, world.stack);
  endings.push(() => agent.context.close());
  await agent.join(key);
  return agent;
}

const textAt = (agent: AgentView) =>
  agent.page.evaluate(() => window.agentView.document().body.textContent ?? "");

/** What its reader does with an example. */
const used: Record<string, () => Promise<void>> = {
  plain: async () => {
    const page = await open("plain");
    await page.getByRole("button", { name: "Get help" }).click();
    await page.getByRole("button", { name: "Share this page" }).click();
    expect(await textAt(await joined(page))).not.toContain("4711");
  },
  queue: async () => {
    const page = await open("queue");
    await page.getByRole("button", { name: "Get help" }).click();
    await page.getByRole("button", { name: "Share this page" }).click();
    await page.locator("output").getByText("read out").waitFor();
    expect(await textAt(await joined(page))).not.toContain("4711");
  },
  react: () => framework("react"),
  vue: () => framework("vue"),
  headless: async () => {
    const page = await open("headless");
    page.on("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Get help" }).click();
    const agent = await joined(page);
    await page.locator("output").getByText("sees this page").waitFor();
    await agent.page.evaluate(() => window.agentView.requestControl());
    await page.getByRole("button", { name: "Take control back" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.locator("output").getByText("Paused").waitFor();
    expect(await page.locator("[data-copane] .card").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator("output").getByText("Nobody").waitFor();
  },
  identity: async () => {
    const page = await open("identity");
    await page.evaluate(() => window.copane?.start({ now: true, reference: "example" }));
    const { server } = world.stack;
    const { token } = await new AgentRest(server).agentSignIn({ name: "Robin", code: signInCode });
    const { session } = await new WaitingRest(server).join({ name: "Robin", reference: "example" }, token);
    expect(session.customer).toMatchObject({
      id: "c-17",
      metadata: { ticket: "T-17", plan: "gold" },
      unverified: { page: "identity" },
    });
  },
  csp: async () => {
    const page = await open("csp");
    const refused: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") refused.push(message.text());
    });
    await page.getByRole("button", { name: "Get help" }).click();
    await page.getByRole("button", { name: "Share this page" }).click();
    expect(await textAt(await joined(page))).toContain("Trusted Types required");
    expect(refused).toEqual([]);
  },
  crm: async () => {
    // The server has to name the CRM, and the CRM the server.
    const port = await freePort();
    const site = `http://127.0.0.1:${port}`;
    const stack = await startStack({ jwtSecret: secrets.agents, frameParents: [site] });
    endings.push(stack.close);
    const page = await open("crm", "/", stack.server, port);
    await page.locator("output").getByText("Ask the customer").waitFor();
    const customer = await open("plain", "/", stack.server);
    await customer.evaluate(() => window.copane?.start({ now: true }));
    const key = await eventually("a key", () => customer.evaluate(() => window.copane?.key));
    await page.getByLabel("Key").fill(key);
    await page.getByRole("button", { name: "Join" }).click();
    const view = page.frameLocator("iframe").frameLocator("[data-stage] iframe");
    await view.getByRole("heading", { name: "A plain page" }).waitFor();
  },
  chat: async () => {
    const page = await open("chat", "/#chat-1");
    await page.getByRole("button", { name: "Show Robin" }).click();
    await page.getByRole("button", { name: "Share this page" }).click();
    await page.getByText("can also come in without the key").waitFor();
    const [agent] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link").click()]);
    await agent.getByRole("button", { name: "See the customer's page" }).click();
    const view = agent.frameLocator("[data-stage] iframe");
    await view.getByText("You write with Robin.").waitFor();
  },
  // By its command, as a reader starts it: the server has to know the site.
  webhook: async () => {
    const [port, copane] = [await freePort(), await freePort()];
    const example = spawn(process.execPath, [`${folder}run.mjs`, "webhook"], {
      env: { ...process.env, PORT: String(port), COPANE_PORT: String(copane) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    endings.push(async () => {
      example.kill("SIGTERM");
      if (example.exitCode === null) await once(example, "exit");
    });
    let said = "";
    example.stdout.on("data", (data) => {
      said += data;
    });
    const given = () => {
      if (example.exitCode !== null) throw new Error("The example has ended.");
      return said.includes("Agent desk");
    };
    await expect.poll(given, { timeout: 240_000 }).toBe(true);
    const context = await openContext(world.browser);
    endings.push(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => window.copane !== undefined);
    await page.evaluate(() => window.copane?.start({ now: true }));
    await page.getByText("session.created").waitFor();
    // What nobody signed is not believed.
    const forged = await fetch(`http://127.0.0.1:${port}/webhook`, { method: "POST", body: "{}" });
    expect(forged.status).toBe(401);
  },
};

async function framework(name: string): Promise<void> {
  const page = await open(name);
  await page.getByRole("button", { name: "Get help" }).click();
  await page.getByRole("button", { name: "Share this page" }).click();
  await page.getByText("Read out").waitFor();
  expect(await textAt(await joined(page))).not.toContain("4711");
  await page.getByText("With you:").waitFor();
}

test("every example is used here", () => {
  const there = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = there.map(({ name }) => name).filter((name) => name !== "lib");
  expect(names.sort()).toEqual(Object.keys(used).sort());
});

test.each(Object.keys(used))("%s", async (name) => used[name]?.(), 300_000);
