import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = ["vue/tasks"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "copane-bench-"));
});
afterAll(() => rm(folder, { recursive: true }));

// Fixed command lines, run as a person would: what breaks here breaks for them.
function run(script: string, ...args: string[]) {
  return promisify(execFile)(
    process.execPath,
    ["--conditions=copane-source", "--import", "tsx", `bench/${script}`, ...args],
    { cwd: root },
  );
}

test("the benchmark measures every tool on the pages it is told, and writes figures, page and plots", async () => {
  const json = join(folder, "mirror.json");
  const short = ["--repeat", "1", "--marks", "4", "--insertions", "2000", "--idle", "1"];
  const { stdout } = await run("mirror.ts", "--pages", pages.join(), "--json", json, ...short);
  const report = JSON.parse(await readFile(json, "utf8"));
  expect(report.pages.map(({ page }: { page: string }) => page)).toEqual(pages);
  for (const { page, tools } of report.pages) {
    expect(stdout).toContain(page);
    // What the peers make of a page is theirs; that they were measured is ours.
    expect(tools.copane).toMatchObject({ load: { textEqual: true }, use: { textEqual: true }, errors: [] });
    expect(tools.copane.busy.shown).toBe(4);
    expect(tools.copane.furtherCpuMs).toBeGreaterThan(0);
    expect(tools.rrweb.furtherCpuMs).toBeNull();
    expect(tools.copane.idleCpuMs).toEqual(expect.any(Number));
    expect(tools.mirror).toMatchObject({ cpuMs: expect.any(Number), longestTaskMs: null, errors: [] });
    for (const tool of ["copane", "rrweb", "openreplay"]) {
      expect(tools[tool].bytes.wire).toBeGreaterThan(500);
      expect(tools[tool].longestTaskMs).toBeGreaterThan(0);
    }
  }
  expect(Object.keys(report.growth)).toEqual(["none", "copane", "rrweb", "openreplay"]);
  const page = await readFile(join(folder, "mirror.md"), "utf8");
  for (const part of ["mirror-bytes.svg", "of the mirror alone at most 1/2", "further page"])
    expect(page).toContain(part);
  expect(await readFile(join(folder, "mirror-bytes.svg"), "utf8")).toContain("vue/tasks, copane");
}, 300_000);

test("the corpus lists its pages with packages that others may use", async () => {
  const { stdout } = await run("corpus.ts", "--list");
  for (const page of pages) expect(stdout).toContain(page);
  const licences = [...stdout.matchAll(/ \d+\.\d+\.\d+\S* \(([^)]+)\)/g)].map(([, licence]) => licence);
  expect(licences.length).toBeGreaterThan(20);
  for (const licence of licences) expect(licence).toMatch(/^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC)$/);
});

test("a page that does not exist is refused with how to find the names", async () => {
  await expect(run("mirror.ts", "--pages", "no/such")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("npm run corpus -- --list"),
  });
});
