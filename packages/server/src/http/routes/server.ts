import { PROTOCOL_VERSION, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import * as schemas from "../schemas/sessions.ts";
import { failures } from "./context.ts";

export interface ServerRoutes {
  version: string;
  /** Why no requests should come here; undefined when they may. */
  unready(): string | undefined;
}

/** The server itself: its status, what probes ask, and its front door. */
export function serverRoutes({ version, unready }: ServerRoutes): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      paths.serverStatus,
      {
        schema: {
          tags: ["server"],
          summary: "Is the co-browse server up",
          response: { 200: schemas.ServerStatus, ...failures },
        },
      },
      async (_request, reply) => {
        reply.header("cache-control", "no-store");
        return { status: "up" as const, version, protocol: PROTOCOL_VERSION };
      },
    );
    app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
    app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
      const status = unready();
      return status === undefined ? { status: "ready" } : reply.status(503).send({ status });
    });
    app.get("/", { schema: { hide: true } }, async (_request, reply) => reply.redirect("desk/"));
  };
}
