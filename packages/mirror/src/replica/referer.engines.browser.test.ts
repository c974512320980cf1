import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, engineNames, startEngine } from "../../../../scripts/drivers/index.ts";
import { loadingWays } from "../testing/loading-streams.ts";
import { servePages } from "../testing/serve-pages.ts";

/** A site that writes down who asked for what, and from where they said that they came. */
async function site(): Promise<{
  server: Server;
  url: string;
  asked: { path: string; referer: string | undefined }[];
}> {
  const asked: { path: string; referer: string | undefined }[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    asked.push({ path: url, referer: headers.referer });
    const sheet = url.endsWith(".css");
    response.setHeader("content-type", sheet ? "text/css" : "image/svg+xml");
    response.end(
      sheet
        ? 'body{background:url("of-a-sheet")}'
        : '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe.each(engineNames)("what an agent's browser loads in %s", (name) => {
  let engine: Engine;
  let pages: Awaited<ReturnType<typeof servePages>>;
  beforeAll(async () => {
    [engine, pages] = await Promise.all([startEngine(name), servePages("in-page-forged.ts", { desk: "" })]);
  });
  afterAll(async () => {
    await engine?.close();
    pages?.server.close();
  });

  test.each([
    ["standards", true],
    ["quirks", false],
  ])("does not say where the desk is, and has a public name (%s mode)", async (_mode, standards) => {
    const { server, url, asked } = await site();
    const other = await site();
    const page = await engine.open(`${pages.url}/desk`);
    await page.evaluate(
      async (at, elsewhere, strict) => {
        window.forged = window.startForged();
        await window.forged.load(`${at}/shop`, [at, elsewhere], { standards: strict });
      },
      url,
      other.url,
      standards,
    );
    // Sound and video may be beyond what this engine can play.
    const wanted = Object.keys(loadingWays).flatMap((way, number) =>
      way.includes("video") ? [] : [`/${number}`],
    );
    await expect
      .poll(
        () => wanted.filter((path) => !asked.some((one) => one.path === path || one.path === `${path}.css`)),
        {
          timeout: 20_000,
        },
      )
      .toEqual([]);
    await expect.poll(() => asked.some(({ path }) => path === "/of-a-sheet"), { timeout: 20_000 }).toBe(true);
    // What a sheet names is asked for in the sheet's own name, unless its server says otherwise.
    const own = (path: string, referer: string) => path === "/of-a-sheet" && referer.startsWith(url);
    expect(asked.filter(({ path, referer }) => referer !== undefined && !own(path, referer))).toEqual([]);
    expect(other.asked).toEqual([]);
    await page.close();
    server.close();
    other.server.close();
  });
});
