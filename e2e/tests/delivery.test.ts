import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import type { Routes, Site } from "../support/http.ts";
import { setUpWorld } from "../support/world.ts";

/** Who pins one script pins all. */

const built = fileURLToPath(new URL("../../packages/widget/dist/browser", import.meta.url));
const { version, scripts } = JSON.parse(readFileSync(`${built}/copane.json`, "utf8"));
const world = setUpWorld();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** WebKit's links do not look at hashes: there a page that wants trusted types has to allow our policy. */
const linksVerify = world.engines.customer !== "webkit";

const code = "globalThis.tampered = true;";

/** A network that gives out our scripts, some of them with more in them than we wrote. */
function network(tampered: string[]): Promise<Site> {
  const headers = { "access-control-allow-origin": "*" };
  const routes: Routes = {};
  const serve = (path: string, file: string) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const body = readFileSync(file, "utf8") + (tampered.includes(name) ? code : "");
    routes[path] = { type: "text/javascript", body, headers };
  };
  serve("/sdk/copane.js", `${built}/copane.js`);
  for (const name of readdirSync(`${built}/${version}`))
    if (name.endsWith(".js")) serve(`/sdk/${version}/${name}`, `${built}/${version}/${name}`);
  return world.stack.serve(routes);
}

/** A page with our script from that network. */
async function open(tampered: string[], page: { name?: string; attributes?: string; csp?: string } = {}) {
  const { browser, stack } = world;
  const cdn = await network(tampered);
  const { name = "copane.js", attributes = "", csp } = page;
  const body = `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
    <script nonce="abc" src="${cdn.origin}/sdk/${name}" data-server="${stack.server}" data-launcher="off"
      ${attributes}></script></html>`;
  const headers: Record<string, string> = csp ? { "content-security-policy": csp } : {};
  const site = await stack.serve({ "/": { type: "text/html", body, headers } });
  const customer = await Customer.open(browser, stack, `${site.origin}/`, { bypassCSP: false });
  opened.push({ close: () => customer.context.close() }, site, cdn);
  return customer;
}

const isTampered = (customer: Customer) => customer.page.evaluate(() => "tampered" in globalThis);
const started = (customer: Customer) =>
  customer.page.evaluate(() =>
    window.copane?.start({ now: true }).then(
      () => "started",
      ({ name, code }: { name: string; code: number }) => `${name} ${code}`,
    ),
  );

/** Rules that let our script fetch others, and want trusted types. */
const strict = (policies: string) =>
  `script-src 'nonce-abc' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types ${policies}`;

test("a session's script that is not ours does not run, and the site is told", async () => {
  const pages = [undefined, strict("copane"), ...(linksVerify ? [strict("'none'")] : [])];
  for (const csp of pages) {
    const customer = await open(["copane-session.js"], csp ? { csp } : {});
    expect(await started(customer)).toBe("SCRIPT_MISSING 3109");
    expect(await isTampered(customer)).toBe(false);
  }
});

test("whatever else is not ours does not run either: nothing is shown, and the customer reads why", async () => {
  const customer = await open(["copane-mirror.js", "copane-control.js"]);
  const agent = await AgentView.open(world.browser, world.stack);
  opened.push({ close: () => agent.context.close() });
  const key = await customer.start();
  await agent.join(key).catch(() => {});
  await customer.says("the page could not be mirrored");
  expect(customer.wire.mirrorBytes).toBe(0);
  expect(await isTampered(customer)).toBe(false);
});

test("the loader at its version's address can be pinned, and begins a session", async () => {
  const name = `${version}/copane.js`;
  const attributes = (hash: string) => `integrity="${hash}" crossorigin`;
  for (const csp of [strict("copane"), strict("'none'")]) {
    const customer = await open([], { name, attributes: attributes(scripts["copane.js"]), csp });
    expect(await started(customer)).toBe("started");
    expect(customer.errors).toEqual([]);
  }
});
