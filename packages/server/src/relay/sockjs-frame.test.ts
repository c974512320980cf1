import { paths } from "@copane/protocol";
import { afterEach, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";

let server: CopaneServer;
let base: string;
afterEach(() => server.close());

async function start(allowedOrigins: string[]): Promise<void> {
  server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent", allowedOrigins } }));
  base = await server.listen();
}

const endpoints = [paths.customerSocket, paths.agentSocket];
const framed = ["/iframe.html", "/iframe-1.3.0.html", "/000/abc/htmlfile?c=_jp.a"];
const others = ["", "/info", "/iframe.js", "/000/abc/nothing", "/000/abc/jsonp"];

/** The headers of an answer, without waiting for its end: some have none. */
async function headersOf(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers }> {
  const stop = new AbortController();
  const { status, headers } = await fetch(base + path, { ...init, signal: stop.signal });
  stop.abort();
  return { status, headers };
}

/** What every page of the server says, by its probe. */
async function common(): Promise<[string, string | null][]> {
  const { headers } = await headersOf("/healthz");
  return [...headers]
    .filter(([name]) => /^(x-|referrer-policy|origin-agent-cluster|cross-origin-opener)/.test(name))
    .filter(([name]) => !name.startsWith("x-ratelimit"));
}

test("SockJS's answers have the headers that other pages have", async () => {
  await start(["self"]);
  const all = await common();
  expect(all.length).toBeGreaterThan(7);
  for (const path of endpoints.flatMap((endpoint) => [...framed, ...others].map((one) => endpoint + one))) {
    const { headers } = await headersOf(path);
    const mayBeFramed = framed.some((one) => path.endsWith(one));
    const wanted = all.filter(([name]) => !(mayBeFramed && name === "x-frame-options"));
    expect([path, wanted.map(([name]) => [name, headers.get(name)])]).toEqual([path, wanted]);
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(mayBeFramed ? "frame-ancestors 'self'" : "frame-ancestors 'none'");
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  }
});

test.each([
  [["self"], "'self'"],
  [["https://www.example.com"], "'self' https://www.example.com"],
  [["self", "https://a.example", "https://b.example"], "'self' https://a.example https://b.example"],
  [["*"], "'self' *"],
])("with the origins %j, the iframe's page may stand in pages of %s", async (origins, ancestors) => {
  await start(origins);
  for (const path of framed) {
    const { headers } = await headersOf(paths.customerSocket + path);
    expect(headers.get("content-security-policy")).toMatch(
      new RegExp(`frame-ancestors ${ancestors.replaceAll("*", "\\*")}$`),
    );
    expect(headers.get("x-frame-options")).toBeNull();
  }
});

test("who frames the page is asked each time: it is not kept without asking", async () => {
  await start(["self"]);
  for (const path of ["/iframe.html", "/iframe.js"]) {
    const { headers } = await headersOf(paths.agentSocket + path);
    expect(headers.get("cache-control")).toBe("no-cache");
    const again = await headersOf(paths.agentSocket + path, {
      headers: { "if-none-match": headers.get("etag") as string },
    });
    expect(again.status).toBe(304);
    expect(again.headers.get("content-security-policy")).toBe(headers.get("content-security-policy"));
  }
});

test("the iframe asks from the server's own origin, also where only a customer's site is allowed", async () => {
  await start(["https://www.example.com"]);
  const poll = (origin: string) =>
    headersOf(`${paths.customerSocket}/000/${Math.random().toString(36).slice(2)}/xhr`, {
      method: "POST",
      headers: { origin },
    });
  expect((await poll(base)).status).toBe(200);
  expect((await poll("https://www.example.com")).status).toBe(200);
  expect((await poll("https://evil.example")).status).toBe(403);
});
