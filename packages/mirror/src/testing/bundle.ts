import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const bundles = new Map<string, Promise<string>>();

/** A script of this folder for a page, with our packages from their sources; built once. */
export function bundled(name: string): Promise<string> {
  let bundle = bundles.get(name);
  if (bundle === undefined) {
    bundle = build({
      entryPoints: [fileURLToPath(new URL(`./${name}`, import.meta.url))],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      conditions: ["copane-source"],
    }).then((result) => result.outputFiles[0]?.text ?? "");
    bundles.set(name, bundle);
  }
  return bundle;
}
