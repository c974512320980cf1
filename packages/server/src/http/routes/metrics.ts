import { createHash, timingSafeEqual } from "node:crypto";
import { CataloguedError } from "@copane/protocol";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "../../hooks/index.ts";
import { bearer } from "../bearer.ts";

/** Counts every request, and serves the metrics to whoever has their token. Without a token the path is closed. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, token: string): void {
  app.addHook("onResponse", async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: String(reply.statusCode),
    };
    metrics.request(labels, reply.elapsedTime / 1_000);
  });
  app.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
    if (!token) throw new CataloguedError("NOT_FOUND");
    if (!timingSafeEqual(digest(bearer(request)), digest(token))) throw new CataloguedError("TOKEN_INVALID");
    const { type, body } = await metrics.text();
    return reply.type(type).send(body);
  });
}

/** Equal lengths, so that comparing tells nothing. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
