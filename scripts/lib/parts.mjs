/** The source of a script that exports the named things of the named modules. */
export function partOf(modules, resolveDir) {
  const contents = Object.entries(modules)
    .map(([module, names]) => `export { ${names.join(", ")} } from "${module}";`)
    .join("\n");
  return { stdin: { contents, resolveDir } };
}

/**
 * For scripts that are loaded beside others: what those have already is taken from them, and stands once.
 * @param {Record<string, Record<string, string[]>>} scripts names by module, by the script that exports them
 * @param {(module: string) => string} locate where a module of that list stands
 */
export function takenFrom(scripts, locate) {
  /** Lines that take names from a script, by the path of the module that they are of. */
  const lines = new Map();
  for (const [script, modules] of Object.entries(scripts))
    for (const [module, names] of Object.entries(modules)) {
      const path = locate(module);
      // Each by itself, and without effects besides: what a script does not use is not asked for.
      const own = names.map((name) => `export { ${name} } from "script:${script}";\n`).join("");
      lines.set(path, (lines.get(path) ?? "") + own);
    }
  return {
    name: "taken-from-others",
    setup(esbuild) {
      esbuild.onResolve({ filter: /^script:/ }, ({ path }) => ({
        path: path.replace(/^script:(.*)/, "./$1.js"),
        external: true,
        sideEffects: false,
      }));
      esbuild.onResolve({ filter: /^own:/ }, ({ path }) => ({ path: path.slice(4), suffix: "?own" }));
      esbuild.onLoad({ filter: /\.ts$/ }, ({ path, suffix }) => {
        const taken = suffix ? undefined : lines.get(path);
        // What nobody gives stands in this script, too.
        return taken && { contents: `${taken}export * from "own:${path}";`, loader: "ts" };
      });
    },
  };
}
