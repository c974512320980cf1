import "./lib/node-version.mjs";
import { cpSync, mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { buildPublished, publishedPackages } from "./lib/published.mjs";
import { root, run, runTool, step } from "./lib/run.mjs";
import { buildIfChanged } from "./lib/stamp.mjs";

const engine = ["packages/protocol", "packages/mirror", "packages/client"];

/** What `npm start` needs. */
const products = [
  {
    name: "server",
    inputs: ["packages/protocol", "packages/server"],
    outputs: ["index.js", "cli.js", "participants.js", "pglite-worker.mjs"].map(
      (name) => `packages/server/dist/${name}`,
    ),
    build: buildServer,
  },
  {
    name: "widget",
    inputs: [
      ...engine,
      "packages/ui",
      "packages/widget",
      "scripts/lib/page-globals.mjs",
      "scripts/lib/parts.mjs",
      "scripts/lib/tight.mjs",
      "scripts/lib/versioned.mjs",
    ],
    outputs: ["packages/widget/dist/browser/copane.js", "packages/widget/dist/browser/copane.json"],
    build: () => tool("widget", () => run(process.execPath, ["packages/widget/build.mjs"], { quiet: true })),
  },
  {
    name: "agent-view",
    inputs: [...engine, "packages/ui", "packages/agent-view"],
    outputs: ["packages/agent-view/dist/browser/copane-agent-view.js"],
    build: () =>
      tool("agent view", () => run(process.execPath, ["packages/agent-view/build.mjs"], { quiet: true })),
  },
  {
    name: "avaya",
    inputs: [
      ...engine,
      "packages/avaya",
      "scripts/lib/page-globals.mjs",
      "scripts/lib/parts.mjs",
      "scripts/lib/tight.mjs",
      "scripts/lib/versioned.mjs",
    ],
    outputs: ["packages/avaya/dist/browser/AvayaCoBrowseClientServices.min.js"],
    build: () =>
      tool("drop-in for the Avaya SDK", () =>
        run(process.execPath, ["packages/avaya/build.mjs"], { quiet: true }),
      ),
  },
  {
    name: "console",
    inputs: [...engine, "packages/ui", "packages/agent-view", "apps/console"],
    outputs: ["apps/console/dist/index.html"],
    build: () =>
      tool("agent desk", () => runTool("vite/bin/vite.js", ["build", "apps/console"], { quiet: true })),
  },
];

/** What is published to npm besides: modules and their types. They hold scripts by tag, so they come after these. */
const published = {
  name: "published",
  inputs: [
    ...publishedPackages().map(({ folder }) => folder),
    ...products.flatMap(({ inputs }) => inputs),
    "scripts/lib/published.mjs",
    "tsconfig.build.json",
  ],
  outputs: publishedPackages().map(({ folder }) => `${folder}/dist/index.d.ts`),
  build: buildPublished,
};

/** Builds what changed. `all` adds the npm packages to what a start needs. */
export async function build({ all }) {
  const make = (task) => buildIfChanged({ ...task, build: () => step(`building ${task.name}`, task.build) });
  await Promise.all(products.map(make));
  if (all) await make(published);
}

async function buildServer() {
  const { build: bundle } = await import("esbuild");
  await bundle({
    ...(await moduleOptions()),
    entryPoints: {
      index: "packages/server/src/index.ts",
      cli: "packages/server/src/cli.ts",
      participants: "packages/server/src/participants/index.ts",
    },
    outdir: "packages/server/dist",
    platform: "node",
    target: "node20.19",
    // Our own packages go in, so that the server runs without building them; npm's stay out.
    plugins: [
      {
        name: "npm-packages-stay-out",
        setup(esbuild) {
          esbuild.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === "entry-point" || path.startsWith("@copane/") ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  // A thread is started from a file of its own.
  const worker = "pglite-worker.mjs";
  cpSync(`${root}packages/server/src/store/${worker}`, `${root}packages/server/dist/${worker}`);
}

async function moduleOptions() {
  mkdirSync(`${root}.cache`, { recursive: true });
  return {
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: /** @type {const} */ ("esm"),
    conditions: ["copane-source"],
    sourcemap: true,
    logLevel: /** @type {const} */ ("warning"),
  };
}

async function tool(name, start) {
  const { code, output } = await start();
  if (code !== 0) throw new Error(`Building ${name} failed:\n${output}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { installPackages } = await import("./lib/install.mjs");
  try {
    await installPackages();
    await build({ all: true });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
