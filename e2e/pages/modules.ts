import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { compile } from "svelte/compiler";

const require = createRequire(import.meta.url);

/** The folder of an installed npm package, whatever its exports say. */
export function packageFolder(name: string): string {
  const folder = require.resolve
    .paths(name)
    ?.map((path) => join(path, name))
    .find(existsSync);
  if (folder === undefined) throw new Error(`${name} is not installed`);
  return folder;
}

const svelte: Plugin = {
  name: "svelte",
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, "utf8"), { filename: path, generate: "client" }).js.code,
    }));
  },
};

type Script = { type: string; body: string };
const bundles = new Map<string, Promise<Script>>();

/**
 * One browser script with all that it imports, our packages from their sources; made once in a process.
 * @param entry a path in e2e/ or a file URL
 */
export function bundle(entry: string, { minify = false } = {}): Promise<Script> {
  const key = `${entry} ${minify}`;
  const script = bundles.get(key) ?? makeBundle(entry, minify);
  bundles.set(key, script);
  return script;
}

async function makeBundle(entry: string, minify: boolean): Promise<Script> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, new URL("../", import.meta.url)))],
    bundle: true,
    write: false,
    minify,
    legalComments: "none",
    format: "iife",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    conditions: ["copane-source"],
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    plugins: [svelte],
    logLevel: "error",
  });
  const body = result.outputFiles[0]?.text;
  if (body === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return { type: "text/javascript; charset=utf-8", body };
}

/** A page that is nothing but one script and a place to mount it. */
export function shell(title: string, script: string): { type: string; body: string } {
  return {
    type: "text/html; charset=utf-8",
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><div id="app"></div><script src="${script}"></script></body></html>`,
  };
}
