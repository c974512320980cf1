import type { Role } from "@copane/protocol";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { AuditEntry, SessionHook } from "../sessions/index.ts";

export interface MetricsOptions {
  /** The server's name, which every figure bears: one of several is told from the others whatever address it has. */
  server: string;
  /** Whether anybody reads them: the figures of the process are only collected then. */
  read: boolean;
  counts: () => { sessions: number; participants: number };
  audit: () => { waiting: number; written: number; dropped: number; failing: boolean };
  webhooks: () => { waiting: number; delivered: number; failed: number };
  /** Where several servers work together: sockets that cross from one to another, and whether all can be reached. */
  servers?: (() => { carried: number; seated: number; together: boolean }) | undefined;
}

/** Prometheus metrics, each server's own; no label ever holds an id or a name of a session or a person. */
export class Metrics implements SessionHook {
  readonly #registry = new Registry();
  readonly #events: Counter<"event">;
  readonly #frames = { customer: 0, agent: 0 };
  readonly #frameBytes = { customer: 0, agent: 0 };
  readonly #requests: Histogram<"method" | "route" | "status">;

  constructor(options: MetricsOptions) {
    const registers = [this.#registry];
    this.#registry.setDefaultLabels({ server: options.server });
    // Also when nobody may read them the counters run: they cost next to nothing.
    if (options.read) collectDefaultMetrics({ register: this.#registry });
    this.#events = new Counter({
      name: "copane_session_events_total",
      help: "What happened in sessions, by event.",
      labelNames: ["event"],
      registers,
    });
    // A frame is counted in a plain number, which is read when somebody asks.
    const byRole = (name: string, help: string, counted: Record<Role, number>) =>
      new Counter({
        name,
        help,
        labelNames: ["role"],
        registers,
        collect() {
          this.reset();
          for (const [role, value] of Object.entries(counted)) this.inc({ role }, value);
        },
      });
    byRole("copane_frames_total", "Content frames received, by the sender's role.", this.#frames);
    byRole(
      "copane_frame_bytes_total",
      "Bytes of content frames received, by the sender's role.",
      this.#frameBytes,
    );
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
    const { servers } = options;
    if (servers) {
      gauge(
        "copane_sockets_carried",
        "Sockets here whose session another server decides.",
        () => servers().carried,
      );
      gauge(
        "copane_sockets_seated",
        "Sockets elsewhere whose session is decided here.",
        () => servers().seated,
      );
      gauge("copane_servers_together", "1 while the other servers can be reached.", () =>
        Number(servers().together),
      );
    }
    gauge("copane_audit_waiting", "Audit entries not stored yet.", () => options.audit().waiting);
    gauge("copane_audit_written", "Audit entries stored since the start.", () => options.audit().written);
    gauge("copane_audit_dropped", "Audit entries given up since the start.", () => options.audit().dropped);
    gauge("copane_audit_failing", "1 while the store refuses them.", () => Number(options.audit().failing));
    gauge("copane_webhooks_waiting", "Webhook posts that wait.", () => options.webhooks().waiting);
    gauge("copane_webhooks_delivered", "Posts taken since the start.", () => options.webhooks().delivered);
    gauge("copane_webhooks_failed", "Posts given up since the start.", () => options.webhooks().failed);
  }

  event({ event }: AuditEntry): void {
    this.#events.inc({ event });
  }

  frame(role: Role, bytes: number): void {
    this.#frames[role]++;
    this.#frameBytes[role] += bytes;
  }

  /** A request was answered. `route` is the pattern, never the address: that may hold an id. */
  request(labels: { method: string; route: string; status: string }, seconds: number): void {
    this.#requests.observe(labels, seconds);
  }

  /** All of them as Prometheus reads them. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
