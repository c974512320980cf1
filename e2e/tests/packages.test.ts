import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";

/** The packages as they are published, in a project of React and Vite outside of the repository. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
let project: string;

/** Runs a program of the repository in the project. */
const tool = (script: string, ...args: string[]) =>
  run(process.execPath, [join(root, "node_modules", script), ...args], { cwd: project });

beforeAll(async () => {
  await run(process.execPath, ["scripts/pack.mjs"], { cwd: root });
  const tarballs = JSON.parse(await readFile(`${root}.cache/packages/index.json`, "utf8"));
  project = await mkdtemp(join(tmpdir(), "copane-packed-"));
  await cp(fileURLToPath(new URL("../pages/packed/react", import.meta.url)), project, { recursive: true });
  // What is npm's comes from the repository, so that nothing is fetched.
  const others = ["react", "react-dom", "@types/react", "@types/react-dom", "vite", "typescript"];
  const dependencies = Object.fromEntries([
    ...["@copane/sdk", "@copane/agent", "@copane/react"].map((name) => [name, `file:${tarballs[name]}`]),
    ...others.map((name) => [name, `file:${packageFolder(name)}`]),
  ]);
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "packed", private: true, type: "module", dependencies }),
  );
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund"], { cwd: project });
}, 600_000);

afterAll(() => rm(project, { recursive: true, force: true }));

test("the project's types hold", async () => {
  await expect(tool("typescript/bin/tsc", "-p", ".").catch(({ stdout }) => stdout)).resolves.toMatchObject({
    stdout: "",
  });
}, 300_000);

test("the bindings are small", async () => {
  const code = await readFile(join(project, "node_modules/@copane/react/dist/index.js"));
  expect(gzipSync(code).length).toBeLessThan(3_072);
});

test("on a server that renders pages they do no harm", async () => {
  await tool("vite/bin/vite.js", "build", "--ssr", "src/server.tsx", "--outDir", "ssr");
  const { rendered } = await import(pathToFileURL(join(project, "ssr/server.js")).href);
  expect(rendered[0]).toContain("Help me");
  expect(rendered[0]).toContain('<output id="state">idle</output>');
  expect(rendered[1]).toContain("<copane-agent-view");
  expect(rendered[1]).not.toContain('token="');
}, 300_000);

test("Vite builds it, and leaves what a session needs to be fetched when one begins", async () => {
  await tool("vite/bin/vite.js", "build");
  const assets = await readdir(join(project, "dist/assets"));
  for (const part of ["session", "mirror", "control", "de"])
    expect(assets.filter((name) => name.startsWith(`copane-${part}-`))).toHaveLength(1);
}, 300_000);
