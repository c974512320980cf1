import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { root, runTool } from "./run.mjs";
import { scriptsIn, versionFolder } from "./versioned.mjs";

/*
 * The packages that are published: those of `packages/` that are not private. What they take of the private ones
 * becomes a part of them, code and types; other published packages and npm's stay imports.
 */

const types = `${root}.cache/types`;

/** @returns {{ name: string, folder: string, manifest: any }[]} */
export function publishedPackages() {
  return readdirSync(`${root}packages`)
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"));
      return { name: manifest.name, folder: `packages/${folder}`, manifest };
    })
    .filter(({ manifest }) => !manifest.private);
}

/** Scripts by tag that a package has besides its modules, and what the server gives out. */
const copies = {
  "@copane/sdk": { "dist/script": "packages/widget/dist/browser" },
  "@copane/agent": { "dist/script": "packages/agent-view/dist/browser" },
  "@copane/server": {
    "dist/public/sdk": "packages/widget/dist/browser",
    "dist/public/agent-view": "packages/agent-view/dist/browser",
    "dist/public/avaya": "packages/avaya/dist/browser",
    "dist/public/desk": "apps/console/dist",
  },
};

/** The modules that a package's `exports` name, but those that only we use: entry's name to its source. */
function entriesOf({ folder, manifest }) {
  return Object.fromEntries(
    Object.values(manifest.exports)
      .filter((entry) => entry.default?.endsWith(".js"))
      .map((entry) => [
        entry.default.replace(/^\.\/dist\/|\.js$/g, ""),
        `${folder}/${entry["copane-source"].slice(2)}`,
      ]),
  );
}

/** Builds what is published, but the server's code, which is a product by itself. Needs the scripts by tag. */
export async function buildPublished() {
  const { build } = await import("esbuild");
  const published = publishedPackages();
  const names = published.map(({ name }) => name);
  rmSync(types, { recursive: true, force: true });
  const { code, output } = await runTool("typescript/bin/tsc", ["-p", "tsconfig.build.json"], {
    quiet: true,
  });
  if (code !== 0) throw new Error(`Building types failed:\n${output}`);
  for (const one of published) {
    const outdir = `${root}${one.folder}/dist`;
    if (one.name !== "@copane/server")
      await build({
        absWorkingDir: root,
        entryPoints: entriesOf(one),
        outdir,
        bundle: true,
        splitting: true,
        chunkNames: "chunks/[name]-[hash]",
        format: "esm",
        target: "es2022",
        platform: one.manifest.engines ? "node" : "browser",
        conditions: ["copane-source"],
        sourcemap: true,
        logLevel: "warning",
        plugins: [othersStayOut(one, names), partsStandBeside],
      });
    await bundleTypes(one, names);
    for (const [to, from] of Object.entries(copies[one.name] ?? {})) {
      rmSync(`${root}${one.folder}/${to}`, { recursive: true, force: true });
      mkdirSync(`${root}${one.folder}/${to}`, { recursive: true });
      // What is served compressed stands beside the scripts; who bundles them needs none of it.
      const keep = (path) => one.name === "@copane/server" || !/\.(br|gz)$/.test(path);
      cpSync(`${root}${from}`, `${root}${one.folder}/${to}`, { recursive: true, filter: keep });
    }
  }
  rmSync(types, { recursive: true });
}

/** Whether an import stays one: of npm's packages and of our published ones, not of the package itself. */
function staysOut(path, own, names) {
  if (/^[./]|^node:/.test(path)) return path.startsWith("node:");
  const [, name = path] = path.match(/^(@[^/]+\/[^/]+|[^/]+)/) ?? [];
  return name === own ? false : names.includes(name) || !name.startsWith("@copane/");
}

function othersStayOut({ name, manifest }, names) {
  const listed = { ...manifest.dependencies, ...manifest.peerDependencies };
  return {
    name: "others-stay-out",
    setup(esbuild) {
      esbuild.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === "entry-point" || !staysOut(path, name, names)) return undefined;
        const [wanted] = path.match(/^(@[^/]+\/[^/]+|[^/]+)/);
        // What is not listed would not be installed: it goes in.
        return wanted in listed || path.startsWith("node:") ? { path, external: true } : undefined;
      });
    },
  };
}

/** The scripts of a session stand beside the SDK's module; each is a file that bundlers find. */
const partsStandBeside = {
  name: "parts-stand-beside",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\.\/script\// }, ({ path }) => ({ path, external: true }));
    esbuild.onLoad({ filter: /packages[\\/]sdk[\\/]src[\\/]parts\.ts$/ }, () => {
      const folder = versionFolder(`${root}packages/widget/dist/browser`);
      const scripts = scriptsIn(folder)
        .filter((name) => name.startsWith("copane-"))
        .map((name) => `"${name.slice(7, -3)}": () => import("./script/${basename(folder)}/${name}"),`);
      const contents = `const parts = {\n${scripts.join("\n")}\n};
export const fetchPart = (name) => parts[name]();`;
      return { contents, loader: "js" };
    });
  },
};

/** One declaration file for each entry, with all that it needs of the private packages. */
async function bundleTypes(one, names) {
  const { rollup } = await import("rollup");
  const { dts } = await import("rollup-plugin-dts");
  const input = Object.fromEntries(
    Object.entries(entriesOf(one)).map(([name, source]) => [name, declarationOf(source)]),
  );
  const bundle = await rollup({
    input,
    external: (path) => staysOut(path, one.name, names),
    plugins: [
      {
        name: "declarations",
        resolveId(path, importer) {
          if (path.startsWith("@copane/") && !staysOut(path, one.name, names))
            return declarationOf(sourceOf(path));
          if (importer && /^\.{1,2}\//.test(path))
            return new URL(path.replace(/\.ts$/, ".d.ts"), `file://${importer}`).pathname;
          return undefined;
        },
      },
      dts({ respectExternal: true }),
    ],
    onwarn: (warning) => {
      // A chunk of types only, and types that go round in a circle, are no faults.
      if (!["EMPTY_BUNDLE", "CIRCULAR_DEPENDENCY"].includes(warning.code)) console.warn(warning.message);
    },
  });
  await bundle.write({
    dir: `${root}${one.folder}/dist`,
    entryFileNames: "[name].d.ts",
    chunkFileNames: "types/[name].d.ts",
  });
  await bundle.close();
}

/** The source behind a private package's name, by its `exports`. */
function sourceOf(specifier) {
  const [, name, rest = ""] = specifier.match(/^@copane\/([^/]+)(.*)$/);
  const { exports } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
  return `packages/${name}/${exports[`.${rest}`]["copane-source"].slice(2)}`;
}

/** The declarations that the compiler made of a source. */
function declarationOf(source) {
  const path = `${types}/${source.replace(/^packages\//, "").replace(/\.ts$/, ".d.ts")}`;
  if (!existsSync(path)) throw new Error(`There are no types of ${basename(source)}: ${path}`);
  return path;
}
