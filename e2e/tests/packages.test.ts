import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { signAgentToken } from "@copane/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";
import { openContext } from "../support/browser.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** The packages as they are published, in a project of React and Vite outside of the repository. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const secret = "a secret of at least 32 characters";
const world = setUpWorld({ jwtSecret: secret });
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

test("built by Vite, customer and agent meet in a session", async () => {
  await tool("vite/bin/vite.js", "build");
  const { browser, stack } = world;
  const site = await stack.serve({ "/": `${join(project, "dist")}/` });
  const context = await openContext(browser);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(`${site.origin}/index.html#server=${stack.server}`);
  await page.getByRole("button", { name: "Help me" }).click();
  const key = await eventually("a key", () => page.locator("#key").textContent());
  expect(await page.getByRole("button", { name: "Help me" }).isDisabled()).toBe(true);

  const token = await signAgentToken(secret, { id: "robin", name: "Robin" });
  const desk = await (await openContext(browser)).newPage();
  desk.on("pageerror", ({ message }) => errors.push(message));
  const given = new URLSearchParams({ server: stack.agentServer, token, key: key ?? "" });
  await desk.goto(`${site.origin}/index.html#${given}`);
  await desk.locator("#said").filter({ hasText: "picture" }).waitFor();
  await page.locator("#state").filter({ hasText: "active" }).waitFor();
  expect(await page.locator("#agents").textContent()).toBe("Robin");
  const shown = desk.frameLocator("copane-agent-view iframe").first();
  await shown.getByRole("heading", { name: "Packed" }).waitFor();
  expect(await shown.locator(".secret").textContent()).not.toContain("In clear");

  await page.evaluate(() => window.copane?.stop());
  await page.locator("#end").filter({ hasText: "6004" }).waitFor();
  expect(await page.locator("#state").textContent()).toBe("ended");
  expect(errors).toEqual([]);
  await context.close();
  await desk.context().close();
}, 300_000);
