import { createHmac, randomUUID } from "node:crypto";
import type { Config } from "../config/index.ts";
import type { AuditEntry, SessionHook } from "../sessions/index.ts";

/** Waits before the second, third, … attempt; after the last the post is given up. */
const RETRY_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];
const ANSWER_MS = 10_000;
/** Posts that may wait for one address; then new ones are given up. */
const MOST_WAITING = 1_000;
/** Posts under way to one address at once. */
const AT_ONCE = 4;

interface Post {
  id: string;
  body: string;
  attempts: number;
}

/** One address that is told; a slow one holds up nobody else. */
interface Target {
  url: string;
  queue: Post[];
  active: number;
  timers: Set<ReturnType<typeof setTimeout>>;
}

/**
 * Posts session events to the addresses that the operator named, signed, and tries again for a while. Kept in
 * memory: what still waits when the server ends is lost; the audit has it all.
 */
export class Webhooks implements SessionHook {
  readonly #targets: Target[];
  readonly #secret: string;
  readonly #events: ReadonlySet<string>;
  readonly #log: { warn(data: object, message: string): void };
  readonly #retryMs: readonly number[];
  #delivered = 0;
  #failed = 0;
  #closed = false;

  constructor(
    config: Pick<Config, "webhookUrls" | "webhookSecret" | "webhookEvents">,
    log: { warn(data: object, message: string): void },
    retryMs = RETRY_MS,
  ) {
    this.#targets = config.webhookUrls.map((url) => ({ url, queue: [], active: 0, timers: new Set() }));
    this.#secret = config.webhookSecret;
    this.#events = new Set(config.webhookEvents);
    this.#log = log;
    this.#retryMs = retryMs;
  }

  get state(): { waiting: number; delivered: number; failed: number } {
    const waiting = this.#targets.reduce(
      (sum, one) => sum + one.queue.length + one.active + one.timers.size,
      0,
    );
    return { waiting, delivered: this.#delivered, failed: this.#failed };
  }

  /** Posts an event, if it is wanted. Neither names nor content leave: the audit has those. */
  event({ session, event, at, by }: AuditEntry): void {
    // Who ended a session from outside is the audit's; that it ended is told as `session.closed`.
    if (event === "session.ended") return;
    if (this.#targets.length === 0 || !(this.#events.has("*") || this.#events.has(event))) return;
    const id = randomUUID();
    const body = JSON.stringify({
      id,
      event,
      at: new Date(at).toISOString(),
      sessionId: session.id,
      initiator: session.initiator,
      ...(by === undefined ? {} : { by }),
      ...(session.closed ? { outcome: session.closed.code } : {}),
    });
    for (const target of this.#targets) this.#queue(target, { id, body, attempts: 0 });
  }

  close(): void {
    this.#closed = true;
    for (const { queue, timers } of this.#targets) {
      queue.length = 0;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    }
  }

  #queue(target: Target, post: Post): void {
    if (target.queue.length + target.timers.size >= MOST_WAITING) this.#failed++;
    else target.queue.push(post);
    this.#next(target);
  }

  #next(target: Target): void {
    while (!this.#closed && target.active < AT_ONCE && target.queue.length > 0) {
      const post = target.queue.shift() as Post;
      target.active++;
      void this.#send(target, post).finally(() => {
        target.active--;
        this.#next(target);
      });
    }
  }

  async #send(target: Target, post: Post): Promise<void> {
    const status = await this.#post(target.url, post).catch(() => 0);
    if (status >= 200 && status < 300) {
      this.#delivered++;
      return;
    }
    const wait = this.#retryMs[post.attempts++];
    if (wait === undefined || this.#closed) {
      this.#failed++;
      this.#log.warn({ host: new URL(target.url).host, status }, "webhook given up");
      return;
    }
    const timer = setTimeout(() => {
      target.timers.delete(timer);
      target.queue.push(post);
      this.#next(target);
    }, wait);
    timer.unref();
    target.timers.add(timer);
  }

  async #post(url: string, { id, body }: Post): Promise<number> {
    const at = Math.floor(Date.now() / 1_000);
    const signature = createHmac("sha256", this.#secret).update(`${at}.${body}`).digest("hex");
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "copane-id": id,
        "copane-signature": `t=${at},v1=${signature}`,
      },
      body,
      // Only the address that the operator named: a redirect could lead inside the network.
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.body?.cancel();
    return response.status;
  }
}
