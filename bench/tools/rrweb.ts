import { readFileSync } from "node:fs";
import {
  bundle,
  eventually,
  html,
  openContext,
  packageFolder,
  pageState,
  serveRoutes,
  type Viewer,
} from "@copane/e2e";
import type { Browser, Page } from "playwright-core";
import type {} from "../in-page/types.ts";
import { deflatedBytes } from "../measure/deflated.ts";
import { openPage, sideOf } from "./page.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Tool } from "./types.ts";

/** `@rrweb/record` on the page, a bare WebSocket relay, and `@rrweb/replay` in live mode. */
export async function rrweb(): Promise<Tool> {
  const style = readFileSync(`${packageFolder("@rrweb/replay")}/dist/style.css`, "utf8");
  const site = await serveRoutes({
    "/rrweb-record.js": await bundle(new URL("../in-page/rrweb-record.ts", import.meta.url).href, {
      minify: true,
    }),
    "/rrweb-view.js": await bundle(new URL("../in-page/rrweb-view.ts", import.meta.url).href, {
      minify: true,
    }),
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>rrweb</title><style>${style}
iframe { border: 0; display: block } .replayer-mouse, .replayer-mouse-tail { display: none }</style></head>
<body style="margin:0;overflow:hidden"><div id="view"></div><script src="/rrweb-view.js"></script></body></html>`),
  });
  return {
    name: "rrweb",
    script: "/rrweb-record.js",
    async open(browser, url) {
      const relay = await startRelay();
      const { page, errors } = await openPage(browser, url);
      const viewer = await openViewer(browser, site.origin, relay);
      return {
        page,
        customer: sideOf(page),
        viewer,
        async start() {
          await page.addScriptTag({ url: `${site.origin}/rrweb-record.js` });
          await page.evaluate((address) => window.rrwebRecord.start(address), `${relay.address}/record`);
          await eventually(
            "a complete picture at the replayer",
            () => viewer.page.evaluate(() => window.rrwebView.pictures() > 0),
            { timeoutMs: 60_000 },
          );
        },
        bytes: async () => ({ raw: relay.bytes, wire: await deflatedBytes(relay.messages) }),
        errors: async () => [...errors, ...viewer.errors.map((error) => `viewer: ${error}`)],
        async close() {
          await viewer.page.context().close();
          await page.context().close();
          await relay.close();
        },
      };
    },
    close: () => site.close(),
  };
}

async function openViewer(
  browser: Browser,
  origin: string,
  relay: Relay,
): Promise<Viewer & { page: Page; errors: string[] }> {
  const page = await (await openContext(browser)).newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${origin}/`);
  await page.evaluate((address) => window.rrwebView.connect(address), `${relay.address}/view`);
  return {
    page,
    errors,
    state: () => pageState(page, "rrwebView.document()"),
    screenshot: () => page.screenshot({ animations: "disabled" }),
    seen: () => page.evaluate(() => window.rrwebView.seen()),
  };
}
