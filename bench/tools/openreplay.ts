import type { IncomingMessage } from "node:http";
import { bundle, listen, serveRoutes } from "@copane/e2e";
import type {} from "../in-page/types.ts";
import { deflatedBytes } from "../measure/deflated.ts";
import { openPage, sideOf } from "./page.ts";
import type { Tool } from "./types.ts";

/** Longer than the tracker's own wait between two batches once it is told to stop. */
const FLUSH_MS = 600;

/** `@openreplay/tracker`, its messages to an ingest endpoint that only counts them. Its player is not on npm. */
export async function openReplay(): Promise<Tool> {
  const site = await serveRoutes({
    "/openreplay.js": await bundle(new URL("../in-page/openreplay.ts", import.meta.url).href, {
      minify: true,
    }),
  });
  return {
    name: "openreplay",
    script: "/openreplay.js",
    async open(browser, url) {
      const ingest = await startIngest();
      const { page, errors } = await openPage(browser, url);
      return {
        page,
        customer: sideOf(page),
        viewer: undefined,
        async start() {
          await page.addScriptTag({ url: `${site.origin}/openreplay.js` });
          await page.evaluate((address) => window.openReplay.start(address), ingest.address);
        },
        // The tracker holds batches for half a minute: the end of its session sends the rest.
        async bytes() {
          await page.evaluate(() => window.openReplay.stop());
          await page.waitForTimeout(FLUSH_MS);
          const raw = ingest.batches.reduce((sum, batch) => sum + batch.length, 0);
          return { raw, wire: await deflatedBytes(ingest.batches) };
        },
        errors: async () => errors,
        async close() {
          await page.context().close();
          await ingest.close();
        },
      };
    },
    close: () => site.close(),
  };
}

/** Says to the tracker what OpenReplay's own backend would, so that it records, uncompressed. */
async function startIngest() {
  const batches: Buffer[] = [];
  const started = {
    token: "bench",
    userUUID: "bench",
    sessionID: "1",
    projectID: "1",
    delay: 0,
    startTimestamp: Date.now(),
    beaconSizeLimit: 1_000_000,
    compressionThreshold: 1_000_000_000,
    canvasEnabled: false,
  };
  const site = await listen(async (request, response) => {
    const cors = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*, authorization, content-type, content-encoding, datatype",
      "access-control-allow-methods": "*",
    };
    const body = await bodyOf(request).catch(() => Buffer.alloc(0));
    const path = new URL(request.url ?? "/", "http://local").pathname;
    response.writeHead(200, { ...cors, "content-type": "application/json" });
    if (request.method === "POST" && path.endsWith("/v1/web/i")) batches.push(body);
    if (path.endsWith("/v1/web/start")) response.end(JSON.stringify(started));
    else response.end(path.endsWith("/v1/web/tags") ? '{"tags":[]}' : "{}");
  });
  return { address: site.origin, batches, close: site.close };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
