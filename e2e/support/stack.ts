import { fileURLToPath } from "node:url";
import { type Config, createServer, loadConfig } from "@copane/server";
import { bundle } from "../pages/modules.ts";
import { html, type Routes, type Site, serveRoutes } from "./http.ts";
import { startProxy } from "./proxy.ts";
import type { Line } from "./wire.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The development code of every server that tests start. */
export const signInCode = "e2e-only-code";

export interface Stack {
  /** Address of the real server, without a slash at the end. */
  server: string;
  /** The same for agents, where somebody listens to what customers send. */
  agentServer: string;
  /** What customers send to `server`, for those whose browser does not tell. */
  line?: Line;
  /** A page that is nothing but the agent's picture, for comparisons to the pixel. */
  agentView: string;
  /** Serves a site on its own origin for as long as the stack lives. */
  serve(routes: Routes): Promise<Site>;
  close(): Promise<void>;
}

/**
 * The real server on a free port with the built customer script, desk and sample site.
 * @param listening puts a line before it, for taps of what customers send
 */
export async function startStack(overrides: Partial<Config> = {}, listening = false): Promise<Stack> {
  const server = await createServer(
    loadConfig(
      {},
      {
        overrides: {
          port: 0,
          logLevel: "error",
          allowedOrigins: ["*"],
          devSignIn: true,
          devSignInCode: signInCode,
          requestsPerMinute: 100_000,
          // The tests' sites of other origins are on this machine, too.
          agentLoadsAllow: ["127.0.0.1:*", "localhost:*"],
          sdkDir: `${root}packages/widget/dist/browser`,
          deskDir: `${root}apps/console/dist`,
          sampleDir: `${root}apps/sample/site`,
          ...overrides,
        },
      },
    ),
  );
  const address = await server.listen();
  const { close, ...sites } = await serveSites();
  const line: Line = new Set();
  const proxy = listening
    ? await startProxy(address, "", {
        request: (...given) => {
          for (const ear of line) ear.request(...given);
        },
        message: (message) => {
          for (const ear of line) ear.message(message);
        },
      })
    : undefined;
  return {
    server: proxy?.origin ?? address,
    agentServer: address,
    ...(proxy && { line }),
    ...sites,
    async close() {
      await close();
      await proxy?.close();
      await server.close();
    },
  };
}

/** Sites on origins of their own, among them the agent's bare view. */
export async function serveSites(): Promise<Omit<Stack, "server" | "agentServer" | "line">> {
  const sites: Site[] = [];
  const serve = async (routes: Routes) => {
    const site = await serveRoutes(routes);
    sites.push(site);
    return site;
  };
  const view = await serve({
    "/": html(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Agent view</title></head>
<body style="margin:0;overflow:hidden"><div id="view" style="position:fixed;inset:0"></div>
<script src="/agent-view.js"></script></body></html>`,
    ),
    "/agent-view.js": await bundle("support/agent-view.ts"),
  });
  return {
    agentView: `${view.origin}/`,
    serve,
    async close() {
      await Promise.all(sites.map((site) => site.close()));
    },
  };
}
