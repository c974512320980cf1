import { hostname } from "node:os";
import { limits, paths, type Role, type SitePrivacy } from "@copane/protocol";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { adminRoutes } from "./admin/index.ts";
import { AuditRecorder, auditRoutes, endOrphans, type Fidelity, keepForgetting } from "./audit/index.ts";
import type { AgentAuth } from "./auth/agent.ts";
import type { Config } from "./config/index.ts";
import { Metrics } from "./metrics/index.ts";
import { liveSettings, Policies } from "./policy/index.ts";
import type { TrafficWatch } from "./realtime/index.ts";
import type { SessionAuditRecord, SessionService } from "./sessions/index.ts";
import { type Database, openDatabase } from "./store/index.ts";
import { Webhooks } from "./webhooks/index.ts";

/** Requests whose answer says that something of a session happened: it is stored by then. */
const acknowledged = new RegExp(`^${paths.base}/v1/(customer|agent|admin)/session`);

/** A column holds no more. */
const MOST_COUNTED = 2 ** 31 - 1;

/**
 * What those need who keep a server running and answer for it: audit, site policy, metrics, webhooks. A session
 * goes on whatever becomes of these.
 */
export class Operations implements TrafficWatch {
  readonly settings: Config;
  readonly #database: Database;
  readonly #recorder: AuditRecorder;
  readonly #policies: Policies;
  readonly #metrics: Metrics;
  readonly #webhooks: Webhooks;
  readonly #stopForgetting: () => void;
  #sessions: SessionService | undefined;
  /** Page visits recorded of each live session. */
  readonly #visits = new Map<string, number>();
  /** How well each live session's picture was found to be the page. */
  readonly #fidelity = new Map<string, Fidelity>();

  private constructor(config: Config, log: Logger, database: Database) {
    this.#database = database;
    this.#recorder = new AuditRecorder({ database, server: serverId(config), log });
    this.#policies = new Policies(database, config, log);
    this.settings = liveSettings(config, this.#policies);
    this.#webhooks = new Webhooks(config, log);
    this.#metrics = new Metrics({
      token: config.metricsToken,
      counts: () => this.#sessions?.counts ?? { sessions: 0, participants: 0 },
      audit: () => this.#recorder.state,
      webhooks: () => this.#webhooks.state,
    });
    this.#stopForgetting = keepForgetting({ database, days: () => this.#policies.policy.retentionDays, log });
  }

  /** Opens the store. Rejects when it cannot be used. */
  static async open(config: Config, log: Logger): Promise<Operations> {
    const database = await openDatabase(config);
    const operations = new Operations(config, log, database);
    try {
      await operations.#policies.open();
      const lost = await endOrphans(database, serverId(config));
      if (lost > 0) log.warn({ sessions: lost }, "audit: sessions of a server that did not end well");
    } catch (error) {
      await operations.close();
      throw error;
    }
    return operations;
  }

  /** False while what happens cannot be stored. */
  get ready(): boolean {
    return !this.#recorder.state.failing;
  }

  /** Adds the routes and what watches every request. */
  async serve(
    app: FastifyInstance,
    { sessions, agents }: { sessions: SessionService; agents: AgentAuth },
  ): Promise<void> {
    this.#sessions = sessions;
    this.#metrics.serve(app);
    app.addHook("preSerialization", async (request, reply, payload) => {
      if (request.method === "POST" && reply.statusCode < 300 && acknowledged.test(request.url))
        await this.#recorder.durable();
      return payload;
    });
    await app.register(auditRoutes({ database: this.#database, agents }));
    await app.register(adminRoutes({ sessions, policies: this.#policies, agents }));
  }

  readonly onEvent = (record: SessionAuditRecord): void => {
    const { session, event } = record;
    const closed = event === "session.closed";
    const fidelity = closed ? this.#fidelity.get(session.id) : undefined;
    this.#recorder.record({ ...record, ...(fidelity ? { fidelity } : {}) });
    this.#metrics.event(event);
    if (event !== "session.ended") this.#webhooks.tell(record);
    if (!closed) return;
    this.#visits.delete(session.id);
    this.#fidelity.delete(session.id);
  };

  onPolicy(listener: () => void): void {
    this.#policies.onChange(listener);
  }

  frame(role: Role, bytes: number): void {
    this.#metrics.frame(role, bytes);
  }

  page(sessionId: string, path: string): void {
    const session = this.#sessions?.record(sessionId);
    const visits = this.#visits.get(sessionId) ?? 0;
    if (!session || session.closed || visits >= limits.pageVisits) return;
    this.#visits.set(sessionId, visits + 1);
    this.#recorder.record({ session, event: "page.visited", at: Date.now(), by: 0, detail: path });
  }

  fidelity(sessionId: string, { compared, repaired }: Fidelity): void {
    if (this.#sessions?.record(sessionId)?.closed !== undefined) return;
    const before = this.#fidelity.get(sessionId) ?? { compared: 0, repaired: 0 };
    this.#fidelity.set(sessionId, {
      compared: Math.min(before.compared + compared, MOST_COUNTED),
      repaired: Math.min(before.repaired + repaired, MOST_COUNTED),
    });
  }

  privacy(): SitePrivacy {
    return this.#policies.policy.privacy;
  }

  async close(): Promise<void> {
    this.#stopForgetting();
    this.#policies.close();
    this.#webhooks.close();
    await this.#recorder.close();
    await this.#database.close();
  }
}

function serverId(config: Config): string {
  return config.serverId || hostname();
}
