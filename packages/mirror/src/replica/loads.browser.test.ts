import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, sharedChromium } from "../testing/browser.ts";
import { bundled } from "../testing/bundle.ts";
import { loadingWays, silentWays } from "../testing/loading-streams.ts";

const PAGE = "https://shop.example.com/";

/** Addresses of networks that are not for a customer to look into, in every spelling. */
const privateHosts = [
  "10.0.0.1",
  "192.168.1.1:8080",
  "172.16.3.4",
  "169.254.169.254",
  "100.64.0.1",
  "127.0.0.1",
  "0.0.0.0",
  "0x7f000001",
  "2130706433",
  "017700000001",
  "127.1",
  "10.1",
  "[::1]",
  "[::ffff:10.0.0.1]",
  "[fd00::1]",
  "[fe80::1]",
  "localhost",
  "localhost.",
  "intranet",
  "printer.local",
  "db.internal",
  "app.localhost",
  "nas.lan",
  "wiki.corp",
  "printer.local.",
  "10.0.0.1.",
  "8.8.8.8",
];

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

interface Asked {
  page: Page;
  /** Hosts and paths that the agent's browser asked for. */
  requests(): string[];
}

/** A desk of another origin; every address in the world answers, a public one can lead to a private one. */
async function desk(): Promise<Asked> {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  const asked: string[] = [];
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.hostname === "desk.test")
      return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    asked.push(`${url.host}${url.pathname}`);
    if (url.pathname.endsWith(".css"))
      return route.fulfill({
        contentType: "text/css",
        body: sheetOf(url),
        headers: { "access-control-allow-origin": "*" },
      });
    return route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  });
  await page.goto("http://desk.test/");
  await page.addScriptTag({ content: await bundled("in-page-forged.ts") });
  await page.evaluate(() => {
    window.forged = window.startForged();
  });
  return { page, requests: () => asked };
}

/** A sheet of another origin names what its author likes. */
function sheetOf({ pathname }: URL): string {
  return pathname.includes("evil")
    ? '@import "http://10.0.0.9/import.css"; body{background:url("http://10.0.0.9/picture")} ' +
        '@font-face{font-family:f;src:url("http://10.0.0.9/font")} body{font-family:f}'
    : "";
}

const ways = Object.keys(loadingWays);

/** Waits until everything that was asked for before is here: this comes last. */
async function last({ page, requests }: Asked): Promise<void> {
  await page.evaluate((at) => window.forged.load(at, ["https://last.example.net"]), PAGE);
  await expect.poll(() => requests().includes("last.example.net/0")).toBe(true);
}

/** What was asked for at other hosts than those that tell that all is here. */
const others = ({ requests }: Asked) => requests().filter((asked) => !asked.startsWith("last.example.net"));

test("what has a public name is loaded, in every way that there is", async () => {
  const asked = await desk();
  await asked.page.evaluate((at) => window.forged.load(at, ["https://cdn.example.net"]), PAGE);
  const wanted = ways.map((name, way) => [name, `cdn.example.net/${way}`] as const);
  const missing = () =>
    wanted.flatMap(([name, at]) =>
      asked.requests().some((one) => one === at || one === `${at}.css`) ? [] : [name],
    );
  await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
  await asked.page.close();
});

test("what has no public name is not loaded, in whatever way and spelling; the customer is asked for it", async () => {
  const asked = await desk();
  const files = await asked.page.evaluate(([at, hosts]) => window.forged.load(at, hosts), [
    PAGE,
    privateHosts.map((host) => `http://${host}`),
  ] as const);
  expect(files).toBeGreaterThan(privateHosts.length);
  await last(asked);
  expect(others(asked)).toEqual([]);
  await asked.page.close();
});

test("a sheet of another origin cannot name what is private either", async () => {
  const asked = await desk();
  await asked.page.evaluate((at) => window.forged.load(at, ["https://cdn.example.net/evil"]), PAGE);
  const sheet = ways.indexOf("a link to a sheet");
  await expect.poll(() => asked.requests().includes(`cdn.example.net/evil/${sheet}.css`)).toBe(true);
  await last(asked);
  expect(others(asked).filter((one) => !one.startsWith("cdn.example.net"))).toEqual([]);
  await asked.page.close();
});

test("the page's own origin is loaded from, whatever it is called; a session has one such", async () => {
  const asked = await desk();
  await asked.page.evaluate(() =>
    window.forged.load("http://10.0.0.EPOCH:81/shop", ["http://10.0.0.EPOCH:81"], { epochs: 3 }),
  );
  await expect.poll(() => asked.requests().includes("10.0.0.1:81/0")).toBe(true);
  await last(asked);
  expect(others(asked).filter((one) => !one.startsWith("10.0.0.1:81"))).toEqual([]);
  await asked.page.close();
});

test("an operator says what else may be loaded", async () => {
  const asked = await desk();
  const allow = ["*.shop.internal", "http://10.1.2.3:8080", "; img-src *"];
  await asked.page.evaluate(
    ([at, hosts, allowed]) => window.forged.load(at, hosts, { policy: { from: "public", allow: allowed } }),
    [PAGE, ["http://a.shop.internal", "http://10.1.2.3:8080", "http://10.1.2.4"], allow] as const,
  );
  const seen = (at: string) => expect.poll(() => asked.requests().includes(at)).toBe(true);
  await seen("a.shop.internal/0");
  await seen("10.1.2.3:8080/0");
  await last(asked);
  expect(others(asked).filter((one) => one.startsWith("10.1.2.4"))).toEqual([]);
  await asked.page.close();
});

test("where nothing may be loaded, nothing is: all of it is asked for", async () => {
  const asked = await desk();
  const hosts = ["https://cdn.example.net", "https://shop.example.com", "http://10.0.0.1"];
  const files = await asked.page.evaluate(
    ([at, from]) => window.forged.load(at, from, { policy: { from: "none", allow: ["*"] } }),
    [PAGE, hosts] as const,
  );
  expect(files).toBeGreaterThan(hosts.length);
  await last(asked);
  expect(others(asked)).toEqual([]);
  await asked.page.close();
});

test("what no page is shown by is asked of nobody", async () => {
  const asked = await desk();
  await asked.page.evaluate(
    (at) => window.forged.load(at, ["https://cdn.example.net"], { silent: true }),
    PAGE,
  );
  await last(asked);
  expect(Object.keys(silentWays).length).toBeGreaterThan(0);
  expect(others(asked)).toEqual([]);
  await asked.page.close();
});
