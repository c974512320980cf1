import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { AgentRest } from "@copane/client/agent";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../pages/modules.ts";
import { openContext } from "../support/browser.ts";
import { signInCode } from "../support/stack.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

/** The packages as they are published, in projects of Vite outside of the repository. */

const world = setUpWorld();
const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** What is npm's comes from the repository, so that nothing is fetched. */
const projects = {
  react: ["react", "react-dom", "@types/react", "@types/react-dom"],
  vue: ["vue"],
};

let tarballs: Record<string, string>;
beforeAll(async () => {
  await run(process.execPath, ["scripts/pack.mjs"], { cwd: root });
  tarballs = JSON.parse(await readFile(`${root}.cache/packages/index.json`, "utf8"));
}, 600_000);

describe.each(Object.entries(projects))("in a project of %s", (name, others) => {
  let project: string;
  const place = fileURLToPath(new URL(`../pages/packed/${name}`, import.meta.url));

  /** Runs a program of the repository in the project. */
  const tool = (script: string, ...args: string[]) =>
    run(process.execPath, [join(root, "node_modules", script), ...args], { cwd: project });

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "copane-packed-"));
    await cp(place, project, { recursive: true });
    const dependencies = Object.fromEntries([
      ...["@copane/sdk", "@copane/agent", `@copane/${name}`].map((one) => [one, `file:${tarballs[one]}`]),
      ...[...others, "vite", "typescript"].map((one) => [one, `file:${packageFolder(one)}`]),
    ]);
    await writeFile(
      join(project, "package.json"),
      JSON.stringify({ name: "packed", private: true, type: "module", dependencies }),
    );
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund"], { cwd: project });
  }, 300_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  test("its types hold", async () => {
    await expect(tool("typescript/bin/tsc", "-p", ".").catch(({ stdout }) => stdout)).resolves.toMatchObject({
      stdout: "",
    });
  }, 300_000);

  test("the bindings are small", async () => {
    const code = await readFile(join(project, `node_modules/@copane/${name}/dist/index.js`));
    expect(gzipSync(code).length).toBeLessThan(3_072);
  });

  test("on a server that renders pages they do no harm", async () => {
    const source = (await readdir(join(project, "src"))).find((file) => file.startsWith("server."));
    await tool("vite/bin/vite.js", "build", "--ssr", `src/${source}`, "--outDir", "ssr");
    const { rendered } = await import(pathToFileURL(join(project, "ssr/server.js")).href);
    expect(rendered[0]).toContain("Help me");
    expect(rendered[0]).toContain('<output id="state">idle</output>');
    expect(rendered[1]).toContain("<copane-agent-view");
    expect(rendered[1]).not.toContain('token="');
  }, 300_000);

  test("Vite builds it, what a session needs is fetched when one begins, and it is shared", async () => {
    await tool("vite/bin/vite.js", "build");
    const assets = await readdir(join(project, "dist/assets"));
    for (const part of ["session", "mirror", "control", "de"])
      expect(assets.filter((file) => file.startsWith(`copane-${part}-`))).toHaveLength(1);

    const { browser, stack } = world;
    const site = await stack.serve({ "/": join(project, "dist/") });
    const context = await openContext(browser);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`${site.origin}/#server=${encodeURIComponent(stack.server)}`);
    await page.getByRole("button", { name: "Help me" }).click();
    const key = await eventually("a key", async () => (await page.locator("#key").textContent()) || false);
    const { token } = await new AgentRest(stack.server).agentSignIn({ name: "Robin", code: signInCode });
    const desk = await context.newPage();
    desk.on("pageerror", ({ message }) => errors.push(message));
    const given = new URLSearchParams({ server: stack.server, token, key });
    await desk.goto(`${site.origin}/#${given}`);
    await desk.locator("#said").getByText("picture").waitFor();
    const replica = desk.frameLocator("[data-stage] iframe:not([style*='visibility: hidden'])");
    await replica.getByRole("heading", { name: "Packed" }).waitFor();
    expect(await replica.locator("body").textContent()).not.toContain("In clear");
    await page.locator("#agents").getByText("Robin").waitFor();
    // The site's function is asked, and gives no full control.
    await desk.getByRole("button", { name: "Request control", exact: true }).click();
    await desk.getByText("did not allow control").waitFor();
    expect(await page.locator("#controlled").textContent()).toBe("false");
    await page.bringToFront();
    await page.keyboard.press("Shift+F4");
    await eventually("the end", async () => (await page.locator("#end").textContent()) !== "");
    expect(errors).toEqual([]);
    await context.close();
  }, 300_000);
});
