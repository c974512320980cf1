import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freePort } from "../../scripts/lib/free-port.mjs";
import { leaveOut, underTest } from "../engines/cannot.ts";
import { runFidelity } from "../fidelity/run.ts";
import { wantedEngines } from "../support/browser.ts";
import { html, type Site, serveRoutes } from "../support/http.ts";

const engines = wantedEngines();
let site: Site;
let folder: string;
beforeAll(async () => {
  const page = html(
    `<!doctype html><title>Any page</title><h1>Any page</h1><input id="city"><div style="height:3000px"></div>`,
  );
  const strict = "default-src 'self'; script-src 'none'";
  site = await serveRoutes({
    "/": page,
    "/strict": { ...page, headers: { "content-security-policy": strict } },
  });
  folder = await mkdtemp(join(tmpdir(), "copane-fidelity-"));
});
beforeEach((context) => underTest(context));
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

async function script(body: string): Promise<string> {
  const file = join(folder, `use-${Math.random()}.mjs`);
  await writeFile(file, `export default async (page) => { ${body} }`);
  return file;
}

test("a page with a strict policy is mirrored and measured after its use script", async () => {
  const use = await script('await page.fill("#city", "Oslo"); await page.evaluate(() => scrollTo(0, 700));');
  const path = engines.customer === "chromium" ? "/strict" : "/";
  if (path === "/") leaveOut(engines.customer, "run our script against a page's policy");
  const { report, comparison } = await runFidelity({ url: `${site.origin}${path}`, use, engines });
  expect(report).toMatchObject({ textEqual: true, formEqual: true, scrollEqual: true, errors: [] });
  expect(report.pixelDiff).toBeLessThan(0.01);
  expect(report.wireBytes).toBeGreaterThan(100);
  expect(report.latencyMs.p99).toBeGreaterThan(0);
  expect(comparison?.customer.fields).toEqual(["input Oslo"]);
  expect(comparison?.customer.scroll).toEqual(["HTML 0 700"]);
});

test("a use script that fails is named and the rest is still measured", async () => {
  const use = await script('throw new Error("no such button");');
  const { report } = await runFidelity({ url: `${site.origin}/`, use, engines });
  expect(report.errors).toEqual(["use script: no such button"]);
  expect(report.textEqual).toBe(true);
});

test("a page that cannot be opened gives a report that says so", async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  const { report, comparison } = await runFidelity({ url, engines });
  expect(report.errors.join()).toMatch(engines.customer === "firefox" ? /NS_ERROR/ : url);
  expect(report.pixelDiff).toBeNull();
  expect(comparison).toBeUndefined();
});
