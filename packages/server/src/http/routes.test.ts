import { readFileSync } from "node:fs";
import { paths } from "@copane/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CopaneServer, createServer, loadConfig } from "../index.ts";

interface Operation {
  method: string;
  path: string;
  summary?: string;
  tags?: string[];
  responses?: Record<string, unknown>;
}

let server: CopaneServer;
let operations: Operation[];

beforeAll(async () => {
  server = await createServer(loadConfig({}, { overrides: { port: 0, logLevel: "silent" } }));
  const { paths: documented } = (await server.app.inject({ url: paths.openapi })).json();
  operations = Object.entries(documented as Record<string, Record<string, object>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );
});
afterAll(() => server.close());

test("every route of the OpenAPI document says what it does, for whom, and how it fails", () => {
  expect(operations.length).toBeGreaterThan(20);
  for (const { method, path, summary, tags, responses } of operations) {
    expect({ method, path, summary, tags }).toEqual({
      method,
      path,
      summary: expect.any(String),
      tags: [expect.any(String)],
    });
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(["4XX", "5XX"]));
  }
});

test("docs/api.md lists every route of the OpenAPI document, and no other", () => {
  const committed = readFileSync(new URL("../../../../docs/api.md", import.meta.url), "utf8");
  const rows = committed.match(/^\| `(GET|POST|PUT)` \|.*$/gm) ?? [];
  const expected = operations.map(({ method, path, summary, tags }) => {
    const short = path.replace(`${paths.base}/v1/`, "");
    return `| \`${method.toUpperCase()}\` | \`${short}\` | ${tags?.[0]} | ${summary} |`;
  });
  expect(rows.sort()).toEqual(expected.sort());
});
