import { fileURLToPath } from "node:url";
import { customerLink } from "@copane/agent";
import { signCustomerIdentity } from "@copane/node";
import { paths, type Ticket } from "@copane/protocol";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { openContext } from "../support/browser.ts";
import { html } from "../support/http.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** `window.copane` is one object, by whatever way it comes: tag, module, package. */

const identitySecret = "identities of the end-to-end tests";
const world = setUpWorld({ consent: ["view", "control"], identitySecret });
const built = fileURLToPath(new URL("../../packages/sdk/dist/", import.meta.url));

/** What a site does with the object; `said` has what it heard and was asked. */
const site = `
  window.said = [];
  copane.server = copane.server || window.at;
  copane.launcher = false;
  copane.privacy = { mask: [".secret"] };
  for (const type of ["start", "agent", "control", "end"])
    copane.on(type, (event) => said.push([type, event]));
  copane.confirmView = async ({ agent }) => { said.push(["confirmView", agent]); return true; };
  copane.confirmControl = async ({ agent, level }) => { said.push(["confirmControl", level]); return window.allow; };
`;

/** The ways in, as markup. */
const ways: Record<string, (server: string) => string> = {
  "a tag that comes late, and a list of calls": (server) =>
    `<script>window.copane ||= []; copane.push((copane) => {${site}})</script>
     <script src="${server}/sdk/copane.js" async></script>`,
  "a module by tag": (server) =>
    `<script type="module" src="${server}/sdk/copane.js"></script><script type="module">${site}</script>`,
  "the module of the package": () => `<script type="module">
     import copane from "/package/index.js";
     if (copane !== window.copane) throw new Error("not one object");
     ${site}</script>`,
};

async function open(way: string): Promise<Page> {
  const { browser, stack } = world;
  const served = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><title>Site</title><script>window.at = "${stack.server}"</script>
      ${ways[way]?.(stack.server)}<p class="secret">In clear</p><h1>Site</h1></html>`),
    "/package/": built,
  });
  const page = await (await openContext(browser)).newPage();
  await page.goto(served.origin);
  await page.waitForFunction(() => "said" in window);
  return page;
}

const said = (page: Page) => page.evaluate(() => (window as unknown as { said: [string, unknown][] }).said);

describe.each(Object.keys(ways))("by %s", (way) => {
  test("a session begins, the site's functions are asked, and it is told how things stand", async () => {
    const { browser, stack } = world;
    const page = await open(way);
    expect(await page.evaluate(() => window.copane?.state)).toBe("idle");
    expect(await page.locator("[data-copane] button").count()).toBe(0);
    await page.evaluate(() => window.copane?.start({ name: "Ada", now: true }));
    const { state, key, id, connection } = await eventually("a key and a connection", () =>
      page.evaluate(() => {
        const { state, key, id, connection } = window.copane ?? {};
        return connection === "connected" && { state, key, id, connection };
      }),
    );
    expect({ state, connection }).toEqual({ state: "waiting", connection: "connected" });

    const agent = await AgentView.open(browser, stack);
    await agent.join(key ?? "");
    expect((await said(page)).filter(([type]) => type !== "agent")).toEqual([
      ["start", { id }],
      ["confirmView", expect.any(String)],
    ]);
    expect(await page.evaluate(() => window.copane?.state)).toBe("active");
    expect(await page.evaluate(() => window.copane?.agents.length)).toBe(1);
    // What the site set to be masked is, from the first picture on.
    const text = await agent.page.evaluate(() => window.agentView.document().body.textContent);
    expect(text).toContain("Site");
    expect(text).not.toContain("In clear");

    // A no, and then a yes, without a question of the panel.
    await agent.page.evaluate(() => window.agentView.requestControl());
    await eventually("the refusal at the agent", () =>
      agent.page.evaluate(() => window.agentView.session()?.control.pending === undefined),
    );
    expect(await page.evaluate(() => window.copane?.controlled)).toBe(false);
    await page.evaluate(() => Object.assign(window, { allow: true }));
    await agent.page.evaluate(() => window.agentView.requestControl());
    await eventually("control", () => page.evaluate(() => window.copane?.controlled));
    expect(await page.locator("[data-copane] [data-screen=control]").count()).toBe(0);

    // Who listens late hears how things stand.
    const late = await page.evaluate(
      () =>
        new Promise((done) => {
          window.copane?.on("start", (start) =>
            window.copane?.on("change", ({ state, controlled }) => done({ ...start, state, controlled })),
          );
        }),
    );
    expect(late).toEqual({ id, state: "active", controlled: true });

    await page.evaluate(() => window.copane?.stop());
    await eventually("the end", async () => (await said(page)).find(([type]) => type === "end"));
    const heard = await said(page);
    expect(heard.filter(([type]) => type === "control")[0]).toEqual(["control", { granted: true }]);
    expect(heard.at(-1)).toEqual([
      "end",
      { code: "customer_left", number: 6004, text: "You ended the session.", by: "customer" },
    ]);
    const after = await page.evaluate(() => {
      const { state, key, agents, connection } = window.copane ?? {};
      return { state, key, agents, connection };
    });
    expect(after).toEqual({ state: "ended", key: undefined, agents: [], connection: undefined });
    await page.context().close();
    await agent.context.close();
  });

  test("an error has number and name", async () => {
    const page = await open(way);
    const failure = await page.evaluate(() =>
      window.copane?.join("00000000").catch(({ code, name }) => ({ code, name })),
    );
    expect(failure).toEqual({ code: 3001, name: "PASSPHRASE_UNKNOWN" });
    await page.context().close();
  });
});

test("calls of methods before the script is there are made when it is", async () => {
  const { browser, stack } = world;
  const served = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><title>Site</title><script>
      window.copane ||= [];
      if (Array.isArray(copane))
        for (const name of ["init", "start", "join", "stop", "on"])
          copane[name] = (...given) =>
            new Promise((done) => copane.push((copane) => done(copane[name].apply(copane, given))));
      copane.launcher = false;
      window.early = copane.start;
      window.joined = copane.join("00000000").catch(({ name }) => name);
    </script><script src="${stack.server}/sdk/copane.js" async></script><h1>Site</h1></html>`),
  });
  const page = await (await openContext(browser)).newPage();
  await page.goto(served.origin);
  expect(await page.evaluate(() => (window as unknown as { joined: unknown }).joined)).toBe(
    "PASSPHRASE_UNKNOWN",
  );
  expect(await page.locator("[data-copane] button").filter({ hasText: "Get help" }).count()).toBe(0);
  // One that was kept calls the script, too.
  await page.evaluate(() => (window as unknown as { early(): Promise<void> }).early());
  await page.locator("[data-copane] [data-screen=consent]").waitFor();
  await page.context().close();
});

/** A page with the script by tag; `before` runs before it. */
async function openSite(before: string, path = "/"): Promise<Page> {
  const { browser, stack } = world;
  const served = await stack.serve({
    "/": html(`<!doctype html><html lang="en"><title>Site</title><h1>Site</h1>
      <script>window.copane ||= []; window.said = []; copane.launcher = false; ${before}</script>
      <script src="${stack.server}/sdk/copane.js"></script></html>`),
  });
  const page = await (await openContext(browser)).newPage();
  await page.goto(served.origin + path);
  return page;
}

/** What an agent's own system asks the server for. */
async function asAgent<T>(path: string, body: object): Promise<T> {
  const { server } = world.stack;
  const ask = async (at: string, given: object, token?: string) => {
    const answer = await fetch(server + at, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(given),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return await answer.json();
  };
  const { token } = await ask(paths.agentSignIn, { name: "Robin", code: signInCode });
  return ask(path, { name: "Robin", ...body }, token);
}

test("an agent's link asks the customer, and its key leaves the address at once", async () => {
  const { passphrase } = await asAgent<Ticket>(paths.agentRequest, { autojoin: true });
  const link = customerLink("https://site.example/#part=2", passphrase ?? "");
  const page = await openSite("", new URL(link).hash);
  const panel = page.locator("[data-copane] [data-screen=key]");
  await panel.waitFor();
  expect(await page.evaluate(() => location.hash)).toBe("#part=2");
  expect(await page.evaluate(() => window.copane?.state)).toBe("idle");
  expect((await panel.locator("[name=key]").inputValue()).replace(/\D/g, "")).toBe(
    passphrase?.replace(/\D/g, ""),
  );
  await panel.getByRole("button", { name: "Join" }).click();
  await eventually("the session", () => page.evaluate(() => window.copane?.state === "active"));
  await page.context().close();
});

test("the agent's system joins by the chat's id, and is told who it is", async () => {
  const token = await signCustomerIdentity(identitySecret, {
    id: "c-17",
    name: "Ada Lovelace",
    metadata: { ticket: "T-17" },
  });
  const page = await openSite(`copane.push((copane) => {
    copane.on("error", ({ name }) => said.push(name));
    copane.identify({ token: "${token}", metadata: { basket: 3 } });
  })`);
  await page.evaluate(() => window.copane?.start({ now: true, reference: "chat-1" }));
  await page.locator("[data-copane]").getByText("can also come in without the key").waitFor();
  const { session } = await asAgent<Ticket>(paths.agentWaitingJoin, { reference: "chat-1" });
  expect(session.participants[0]?.name).toBe("Ada Lovelace");
  expect(session.customer).toEqual({
    id: "c-17",
    metadata: { ticket: "T-17" },
    unverified: { basket: 3 },
    reference: "chat-1",
  });
  // The customer is asked as ever.
  await page.locator("[data-copane] [data-screen=askView]").waitFor();
  await page.evaluate(() => window.copane?.stop());
  expect(await said(page)).toEqual([]);
  // Whom the server does not know is helped all the same.
  await eventually("the end", () => page.evaluate(() => window.copane?.state === "ended"));
  await page.evaluate(() => {
    window.copane?.identify({ token: () => "nonsense" });
    return window.copane?.start({ now: true, reference: "chat-2" });
  });
  const stranger = await asAgent<Ticket>(paths.agentWaitingJoin, { reference: "chat-2" });
  expect(stranger.session.customer).toEqual({ reference: "chat-2" });
  expect(await said(page)).toEqual(["IDENTITY_INVALID"]);
  await page.context().close();
});

test("with an interface of the site's own the panel comes only with what must be answered", async () => {
  const { browser, stack } = world;
  const page = await openSite(`copane.panel = false; copane.push((copane) => {
    copane.confirmView = () => true;
    copane.on("chat", (lines) => said.push(...lines.map(({ text }) => text)));
  })`);
  const card = page.locator("[data-copane] .card");
  await page.evaluate(() => window.copane?.start({ now: true }));
  const key = await eventually("a key", () => page.evaluate(() => window.copane?.key));
  expect(await card.isVisible()).toBe(false);
  const agent = await AgentView.open(browser, stack);
  await agent.join(key);
  expect(await card.isVisible()).toBe(false);
  // That somebody sees the page is told, whatever the site shows.
  await page.locator("[data-copane] .edge").waitFor();
  await page.evaluate(() => window.copane?.session?.say("Hello"));
  await eventually("the line", async () => (await said(page)).length > 0);
  expect(await said(page)).toEqual(["Hello"]);
  await page.evaluate(() => window.copane?.session?.pause());
  await eventually("the pause", () => page.evaluate(() => window.copane?.state === "paused"));
  await page.evaluate(() => window.copane?.session?.resume());
  // The site does not ask for control: the panel does.
  await agent.page.evaluate(() => window.agentView.requestControl());
  await page.locator("[data-copane] [data-screen=control]").waitFor();
  expect(await card.isVisible()).toBe(true);
  await page.locator("[data-copane]").getByRole("button", { name: "Allow", exact: true }).click();
  await eventually("control", () => page.evaluate(() => window.copane?.controlled));
  await card.waitFor({ state: "hidden" });
  await page.evaluate(() => window.copane?.session?.revokeControl());
  await eventually("no control", () => page.evaluate(() => window.copane?.controlled === false));
  await page.keyboard.press("Shift+F4");
  await eventually("the end", () => page.evaluate(() => window.copane?.state === "ended"));
  expect(await page.evaluate(() => window.copane?.session)).toBeUndefined();
  await page.context().close();
  await agent.context.close();
});
