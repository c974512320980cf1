import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { paths } from "@copane/protocol";
import fastifyStatic, { type FastifyStaticOptions } from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config/index.ts";
import type { Database } from "../store/index.ts";
import { FOREVER, isVersioned, ScriptVersions, versionIn } from "./script-versions.ts";

/**
 * Where the built parts stand: in the repository, seen from this package's `src/http` or its bundle in `dist`; in the
 * package as it is published, in `public`, seen from `dist` or `dist/chunks`.
 */
const defaults = {
  sdkDir: ["../../../widget/dist/browser", "../../widget/dist/browser", "./public/sdk", "../public/sdk"],
  agentViewDir: [
    "../../../agent-view/dist/browser",
    "../../agent-view/dist/browser",
    "./public/agent-view",
    "../public/agent-view",
  ],
  avayaDir: ["../../../avaya/dist/browser", "../../avaya/dist/browser", "./public/avaya", "../public/avaya"],
  deskDir: ["../../../../apps/console/dist", "../../../apps/console/dist", "./public/desk", "../public/desk"],
} as const;

interface Folder {
  prefix: string;
  root: string | undefined;
  /** What pages of other sites load: kept for minutes, and compressed. */
  script?: boolean;
  wildcard?: boolean;
}

const SOON = "public, max-age=300";

/** Serves the customer script, the desk and the sample site, as far as they are built and wanted. */
export async function serveFiles(app: FastifyInstance, config: Config, database: Database): Promise<void> {
  const versions = new ScriptVersions(database, config.keptVersions);
  const folders: Folder[] = [
    { prefix: "/sdk/", root: config.sdkDir || found(defaults.sdkDir), script: true },
    // Beside the files of the folder above: each has a route of its own.
    { prefix: "/sdk/", root: found(defaults.agentViewDir), script: true, wildcard: false },
    { prefix: paths.sdk, root: config.avayaDir || found(defaults.avayaDir), script: true },
    { prefix: "/desk/", root: config.deskDir || found(defaults.deskDir) },
    { prefix: "/sample/", root: config.sampleDir || undefined },
  ];
  for (const { prefix, root, script = false, wildcard = true } of folders) {
    if (root === undefined) continue;
    if (!existsSync(root)) {
      app.log.warn({ prefix, root }, "folder is missing, nothing is served there; run the build");
      continue;
    }
    const version = script && wildcard ? versionIn(root) : undefined;
    const options: FastifyStaticOptions = {
      // Each script of this version has an address without the version, too: loaders of before and desks name it.
      root: version ? [root, join(root, version)] : root,
      prefix,
      wildcard,
      redirect: true,
      decorateReply: false,
      // The build leaves `x.js.br` and `x.js.gz` beside `x.js`; a file without them goes as it is.
      preCompressed: script,
      // The script on customers' pages must be replaced soon after an upgrade; ETags make asking cheap.
      cacheControl: false,
      setHeaders: (reply) => {
        reply.setHeader("cache-control", script ? SOON : "no-cache");
      },
    };
    await app.register(async (scope) => {
      if (script) scope.addHook("onSend", forCaches);
      if (version) {
        // A database in memory ends with the server.
        if (config.databaseUrl || config.dataDir) await versions.keep(root);
        scope.addHook("onRequest", (request, reply) => versions.serve(request, reply, version));
      }
      await scope.register(fastifyStatic, options);
    });
    if (!script) redirectTo(app, prefix);
  }
}

/**
 * Caches keep what is compressed apart from what is not; the origin is named there already. What stands at an address
 * of a version they keep for good.
 */
async function forCaches(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const vary = reply.getHeader("vary");
  reply.header("vary", vary ? `${vary}, accept-encoding` : "accept-encoding");
  if (reply.getHeader("cache-control") === SOON && isVersioned(request.url))
    reply.header("cache-control", FOREVER);
}

/** Whoever forgets the slash at the end of a page's address is led there, behind any path prefix of a proxy. */
function redirectTo(app: FastifyInstance, prefix: string): void {
  const path = prefix.slice(0, -1);
  app.get(path, { schema: { hide: true } }, async (request, reply) => {
    const query = request.url.slice(path.length);
    return reply.redirect(`${path.slice(path.lastIndexOf("/") + 1)}/${query}`);
  });
}

function found(candidates: readonly string[]): string | undefined {
  return candidates.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
}
