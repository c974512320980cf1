import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensurePromtool } from "./lib/promtool.mjs";

const folder = fileURLToPath(new URL("../deploy/prometheus/", import.meta.url));
let promtool: string;
let copy: string;

beforeAll(async () => {
  promtool = await ensurePromtool();
  copy = mkdtempSync(join(tmpdir(), "copane-prometheus-"));
  cpSync(folder, copy, { recursive: true });
}, 240_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const ask = (cwd: string, ...args: string[]) =>
  execFileSync(promtool, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

test("promtool takes the alarms and the configuration", () => {
  expect(ask(folder, "check", "rules", "copane.rules.yml")).toMatch(/SUCCESS: \d+ rules found/);
  // The file of the token is on the operator's machine.
  expect(ask(folder, "check", "config", "--syntax-only", "prometheus.yml")).toContain("SUCCESS");
});

test("the alarms go off when they should; one that no longer does is found", () => {
  expect(ask(folder, "test", "rules", "copane.test.yml")).toContain("SUCCESS");
  const rules = readFileSync(join(copy, "copane.rules.yml"), "utf8");
  writeFileSync(
    join(copy, "copane.rules.yml"),
    rules.replace("copane_servers_together == 0", "copane_servers_together == 2"),
  );
  expect(() => ask(copy, "test", "rules", "copane.test.yml")).toThrow(/CopaneServersApart/);
});
