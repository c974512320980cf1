import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paths } from "@copane/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";

let server: CopaneServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pages-"));
  writeFileSync(join(folder, "index.html"), "<title>Page</title>");
  const overrides = { port: 0, logLevel: "silent" as const, deskDir: folder, sampleDir: folder };
  server = await createServer(loadConfig({}, { overrides }));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ["/desk", "desk/"],
  ["/desk?key=1", "desk/?key=1"],
  ["/sample", "sample/"],
  [paths.docs, "docs/"],
])("%s leads to the page whose slash was forgotten, behind any path prefix", async (url, location) => {
  const { statusCode, headers } = await server.app.inject({ url });
  expect([statusCode, headers.location]).toEqual([302, location]);
});

test("the live view may be framed by the desks that the setting names, and by no other page", async () => {
  const url = "/sdk/copane-agent-frame.html";
  const ancestors = async (frameParents: string[]) => {
    const overrides = { port: 0, logLevel: "silent" as const, frameParents };
    const one = await createServer(loadConfig({}, { overrides }));
    const { headers } = await one.app.inject({ url });
    await one.close();
    expect(headers["x-frame-options"]).toBeUndefined();
    return /frame-ancestors ([^;]*)/.exec(String(headers["content-security-policy"]))?.[1];
  };
  expect(await ancestors([])).toBe("'none'");
  expect(await ancestors(["https://crm.example", "https://desk.example"])).toBe(
    "https://crm.example https://desk.example",
  );
  expect(() => loadConfig({ COPANE_FRAME_PARENTS: "https://crm.example/desk" })).toThrow(
    "COPANE_FRAME_PARENTS",
  );
});

test("the page of the REST API bears our name and no other product's", async () => {
  const { body } = await server.app.inject({ url: `${paths.docs}/static/swagger-initializer.js` });
  expect(body).toContain("image/svg+xml");
  const page = await server.app.inject({ url: `${paths.docs}/` });
  expect(page.body).toContain("<title>Copane REST API</title>");
});
