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

/** Patterns of the `location`s of a file of the nginx example. */
function locations(file: string): RegExp[] {
  const text = readFileSync(new URL(`../../../../deploy/nginx/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/^ *location (=|~) (\S+) \{/gm)].map(([, kind, pattern = ""]) =>
    kind === "=" ? new RegExp(`^${pattern.replaceAll(".", "[.]")}$`) : new RegExp(pattern),
  );
}

test("the nginx example passes every route: those of auditors and administrators inside alone", () => {
  const [outside, inside] = [locations("paths.conf"), locations("copane.conf")];
  const passes = (patterns: RegExp[], path: string) => patterns.some((pattern) => pattern.test(path));
  // The sign-in for development is no route for the outside.
  const all = [...operations.map(({ path }) => path), paths.customerSocket, paths.agentSocket].filter(
    (path) => path !== paths.agentSignIn,
  );
  for (const path of all) {
    const internal = path.startsWith(paths.audit) || path.startsWith(paths.admin);
    expect({ path, outside: passes(outside, path) }).toEqual({ path, outside: !internal });
    if (internal) expect({ path, inside: passes(inside, path) }).toEqual({ path, inside: true });
  }
  expect(passes(outside, paths.agentSignIn)).toBe(false);
});
