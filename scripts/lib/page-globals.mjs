import { fileURLToPath } from "node:url";

/** What pages call their own classes and variables, too, besides what `globals.ts` gives. */
const ofWindow = "Animation Blob CSS MessageChannel Proxy crypto navigator parent";

/**
 * Options of esbuild by which names of a page (`class Event`, `const fetch`) do not hide the browser's from us. Not by
 * `window`: our own parameters are called so.
 */
export const pageGlobals = {
  define: Object.fromEntries(ofWindow.split(" ").map((name) => [name, `globalThis.${name}`])),
  inject: [fileURLToPath(new URL("../../packages/mirror/src/core/globals.ts", import.meta.url))],
};

/** The same for the loader, which has no need of `globals.ts`: it uses neither maps nor sets. */
export const loaderGlobals = {
  define: Object.fromEntries(
    `${ofWindow} Document Element Promise`.split(" ").map((name) => [name, `globalThis.${name}`]),
  ),
};
