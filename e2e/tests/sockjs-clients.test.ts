import { join } from "node:path";
import { PROTOCOL_VERSION, paths, type Ticket } from "@copane/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";
import { openContext } from "../support/browser.ts";
import { html, type Site } from "../support/http.ts";
import { startProxy } from "../support/proxy.ts";
import { transports, trySockJs } from "../support/sockjs-page.ts";
import { signInCode } from "../support/stack.ts";
import { setUpWorld } from "../support/world.ts";

/** The clients that sites have: each minor version, the last of 1.1 twice for what changed between. */
const versions = ["1.1.4", "1.1.5", "1.2.0", "1.3.0", "1.4.0", "1.5.2", "1.6.1"];

const world = setUpWorld();
let site: Site;
let proxy: Site;
beforeAll(async () => {
  const { stack } = world;
  const scripts = versions.map((version) => [`/${version}/`, distOf(version)]);
  const pages = versions.map((version) => [
    `/${version}`,
    html(`<!doctype html><title>${version}</title><script src="/${version}/sockjs.min.js"></script>`),
  ]);
  site = await stack.serve(Object.fromEntries([...scripts, ...pages]));
  proxy = await startProxy(stack.server, "/help");
});
afterAll(() => proxy?.close());

const distOf = (version: string) =>
  join(packageFolder(`sockjs-client-${version.replaceAll(".", "-")}`), "dist/");

async function post<T>(path: string, body: object, token?: string): Promise<T> {
  const answer = await fetch(world.stack.server + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

/** Who talks on an endpoint, with a token of their own. */
const seats = {
  customer: async () => ({
    path: paths.customerSocket,
    token: (await post<Ticket>(paths.customerRequest, { name: "Ada" })).token,
  }),
  agent: async () => {
    const { token } = await post<{ token: string }>(paths.agentSignIn, { name: "Grace", code: signInCode });
    const ticket = await post<Ticket>(paths.agentRequest, { name: "Grace", autojoin: true }, token);
    return { path: paths.agentSocket, token: ticket.token };
  },
};

describe.each([
  ["at the server itself", () => world.stack.server],
  ["behind a path prefix", () => proxy.origin],
])("%s", (_where, base) => {
  test.each(
    versions.flatMap((version) => (["customer", "agent"] as const).map((role) => [version, role] as const)),
  )("SockJS %s talks to the %s's endpoint by each transport", async (version, role) => {
    const { path, token } = await seats[role]();
    const context = await openContext(world.browser);
    const page = await context.newPage();
    await page.goto(`${site.origin}/${version}`);
    const texts = [{ t: "hello", version: PROTOCOL_VERSION, token }, { t: "ping" }].map((one) =>
      JSON.stringify(one),
    );
    const came: Record<string, string[]> = {};
    for (const transport of transports)
      came[transport] = await page.evaluate(trySockJs, { url: base() + path, transport, texts });
    expect(came).toEqual(
      Object.fromEntries(transports.map((name) => [name, [name, "welcome", "pong", "1000 Normal closure"]])),
    );
    await context.close();
  });
});
