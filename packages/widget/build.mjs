import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What customers' pages load: loader, session, control and marks once they are asked for, frames of other origins, the fallback for blocked WebSockets. */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("./dist/browser");
await rm(outdir, { recursive: true, force: true });

const shared = {
  outdir,
  bundle: true,
  minify: true,
  sourcemap: true,
  target: "es2022",
  conditions: ["copane-source"],
  logLevel: "warning",
  legalComments: "none",
};
const sockjs = createRequire(import.meta.url).resolve("sockjs-client/dist/sockjs.js");
await Promise.all([
  build({ ...shared, entryPoints: { copane: here("./src/loader.ts") }, format: "iife" }),
  build({ ...shared, entryPoints: { "copane-marks": here("./src/marks.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-control": here("./src/control.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-rare": here("./src/rare.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-chat": here("./src/chat.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-de": here("./src/messages/de.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-frame-host": here("./src/frame-host.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-frame-guest": here("./src/frame-guest.ts") }, format: "esm" }),
  build({ ...shared, entryPoints: { "copane-session": here("./src/session.ts") }, format: "esm" }),
  build({
    ...shared,
    sourcemap: false,
    format: "esm",
    stdin: {
      contents: `import SockJS from ${JSON.stringify(sockjs)}; export default SockJS;`,
      resolveDir: here("."),
    },
    entryNames: "copane-sockjs",
  }),
]);
