import { createHash, timingSafeEqual } from "node:crypto";
import { CataloguedError, type Role } from "@copane/protocol";
import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { optionalBearer } from "../http/bearer.ts";

export interface MetricsOptions {
  /** Bearer token that may read them; empty closes the path. */
  token: string;
  counts: () => { sessions: number; participants: number };
  audit: () => { waiting: number; written: number; dropped: number; failing: boolean };
  webhooks: () => { waiting: number; delivered: number; failed: number };
}

/** Prometheus metrics, each server's own; no label ever holds an id or a name. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #token: string;
  readonly #events: Counter<"event">;
  readonly #frames: Counter<"role">;
  readonly #frameBytes: Counter<"role">;
  readonly #requests: Histogram<"method" | "route" | "status">;

  constructor(options: MetricsOptions) {
    this.#token = options.token;
    const registers = [this.#registry];
    // Also when nobody may read them the counters run: they cost next to nothing.
    if (options.token) collectDefaultMetrics({ register: this.#registry });
    this.#events = new Counter({
      name: "copane_session_events_total",
      help: "What happened in sessions, by event.",
      labelNames: ["event"],
      registers,
    });
    this.#frames = new Counter({
      name: "copane_frames_total",
      help: "Content frames received, by the sender's role.",
      labelNames: ["role"],
      registers,
    });
    this.#frameBytes = new Counter({
      name: "copane_frame_bytes_total",
      help: "Bytes of content frames received, by the sender's role.",
      labelNames: ["role"],
      registers,
    });
    this.#requests = new Histogram({
      name: "copane_http_request_seconds",
      help: "Time to answer requests.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge("copane_sessions", "Sessions that go on.", () => options.counts().sessions);
    gauge("copane_participants", "Participants in them.", () => options.counts().participants);
    gauge("copane_audit_waiting", "Audit entries not stored yet.", () => options.audit().waiting);
    gauge("copane_audit_written", "Audit entries stored since the start.", () => options.audit().written);
    gauge("copane_audit_dropped", "Audit entries given up since the start.", () => options.audit().dropped);
    gauge("copane_audit_failing", "1 while the store refuses them.", () => Number(options.audit().failing));
    gauge("copane_webhooks_waiting", "Webhook posts that wait.", () => options.webhooks().waiting);
    gauge("copane_webhooks_delivered", "Posts taken since the start.", () => options.webhooks().delivered);
    gauge("copane_webhooks_failed", "Posts given up since the start.", () => options.webhooks().failed);
  }

  event(event: string): void {
    this.#events.inc({ event });
  }

  frame(role: Role, bytes: number): void {
    this.#frames.inc({ role });
    this.#frameBytes.inc({ role }, bytes);
  }

  serve(app: FastifyInstance): void {
    app.addHook("onResponse", async (request, reply) => {
      const labels = {
        method: request.method,
        // The pattern, not the address: an address may hold an id.
        route: request.routeOptions.url ?? "none",
        status: String(reply.statusCode),
      };
      this.#requests.observe(labels, reply.elapsedTime / 1_000);
    });
    app.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
      if (!this.#token) throw new CataloguedError("NOT_FOUND");
      const given = optionalBearer(request);
      if (given === undefined) throw new CataloguedError("TOKEN_MISSING");
      if (!timingSafeEqual(digest(given), digest(this.#token))) throw new CataloguedError("TOKEN_INVALID");
      return reply.type(this.#registry.contentType).send(await this.#registry.metrics());
    });
  }
}

/** Equal lengths, so that comparing tells nothing. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
