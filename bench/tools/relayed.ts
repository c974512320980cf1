import { bundle, eventually, html, openContext, pageState, serveRoutes, type Viewer } from "@copane/e2e";
import type { Browser, Page } from "playwright-core";
import type {} from "../in-page/types.ts";
import { openPage, sideOf } from "./page.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Tool, ToolName } from "./types.ts";

interface RelayedOptions {
  /** The scripts are `in-page/NAME-record.ts` and `in-page/NAME-view.ts`. */
  name: ToolName;
  /** Styles of the page that shows what is recorded. */
  style: string;
  /** What the recorder's script begins with as it is shipped. */
  head?: string;
  /** What the messages come to on a wire that deflates. */
  deflated(messages: readonly Uint8Array[]): Promise<number>;
}

/** A recorder's script on the page, a bare WebSocket relay, and its viewer: no server, no session, nothing to click. */
export async function relayed({ name, style, head = "", deflated }: RelayedOptions): Promise<Tool> {
  const script = (part: string) =>
    bundle(new URL(`../in-page/${name}-${part}.ts`, import.meta.url).href, { minify: true });
  const { type, body } = await script("record");
  const site = await serveRoutes({
    [`/${name}-record.js`]: { type, body: head + body },
    [`/${name}-view.js`]: await script("view"),
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><style>${style}</style></head>
<body style="margin:0;overflow:hidden"><div id="view"></div><script src="/${name}-view.js"></script></body></html>`),
  });
  return {
    name,
    script: `/${name}-record.js`,
    async open(browser, url) {
      const relay = await startRelay();
      const { page, errors } = await openPage(browser, url);
      const viewer = await openViewer(browser, site.origin, relay);
      return {
        page,
        customer: sideOf(page),
        viewer,
        async start() {
          await page.addScriptTag({ url: `${site.origin}/${name}-record.js` });
          await page.evaluate((address) => window.benchRecord.start(address), `${relay.address}/record`);
          await eventually(
            "a complete picture at the viewer",
            () => viewer.page.evaluate(() => window.benchView.pictures() > 0),
            { timeoutMs: 60_000 },
          );
        },
        bytes: async () => ({ raw: relay.bytes, wire: await deflated(relay.messages) }),
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
  await page.evaluate((address) => window.benchView.connect(address), `${relay.address}/view`);
  return {
    page,
    errors,
    state: () => pageState(page, "benchView.document()"),
    screenshot: () => page.screenshot({ animations: "disabled" }),
    seen: () => page.evaluate(() => window.benchView.seen()),
  };
}
