import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { paths } from "@copane/protocol";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/index.ts";

/** Where the built parts stand in the repository, seen from this package's `src/http` or its bundle in `dist`. */
const defaults = {
  sdkDir: ["../../../widget/dist/browser", "../../widget/dist/browser"],
  agentViewDir: ["../../../agent-view/dist/browser", "../../agent-view/dist/browser"],
  avayaDir: ["../../../avaya/dist/browser", "../../avaya/dist/browser"],
  deskDir: ["../../../../apps/console/dist", "../../../apps/console/dist"],
} as const;

/** Serves the customer script, the desk and the sample site, as far as they are built and wanted. */
export async function serveFiles(app: FastifyInstance, config: Config): Promise<void> {
  const folders: [prefix: string, ...roots: (string | undefined)[]][] = [
    ["/sdk/", config.sdkDir || found(defaults.sdkDir), found(defaults.agentViewDir)],
    [paths.sdk, config.avayaDir || found(defaults.avayaDir)],
    ["/desk/", config.deskDir || found(defaults.deskDir)],
    ["/sample/", config.sampleDir || undefined],
  ];
  let decorate = true;
  for (const [prefix, ...named] of folders) {
    const wanted = named.filter((root) => root !== undefined);
    const roots = wanted.filter(existsSync);
    for (const root of wanted.filter((one) => !roots.includes(one)))
      app.log.warn({ prefix, root }, "folder is missing, nothing is served there; run the build");
    if (roots.length === 0) continue;
    await app.register(fastifyStatic, {
      root: roots,
      prefix,
      redirect: true,
      decorateReply: decorate,
      // The script on customers' pages must be replaced soon after an upgrade; ETags make asking cheap.
      cacheControl: false,
      setHeaders: (reply) => {
        reply.setHeader("cache-control", prefix.endsWith("/sdk/") ? "public, max-age=300" : "no-cache");
      },
    });
    decorate = false;
  }
}

function found(candidates: readonly string[]): string | undefined {
  return candidates.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
}
