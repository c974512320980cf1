import { randomUUID } from "node:crypto";
import type { Config } from "../config/index.ts";
import type { AuditEntry, SessionHook } from "../sessions/index.ts";
import type { StoredPost, WebhookOutbox } from "./webhook-outbox.ts";
import { SIGNATURE_HEADER, signWebhook } from "./webhook-signature.ts";

/** Waits before the second, third, … attempt; after the last the post is given up. */
const RETRY_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];
const ANSWER_MS = 10_000;
/** Posts for one address in memory; the others wait in the outbox. */
const MOST_HELD = 1_000;
/** Posts under way to one address at once. */
const AT_ONCE = 4;
/** What could not be tried for so long, because others waited before it, is given up. */
const GIVE_UP_MS = 86_400_000;
/** When the outbox cannot be read it is tried again after this. */
const READ_AGAIN_MS = 5_000;
/** How often it is looked for posts of servers that are no more. */
const ADOPT_MS = 5_000;
/** A server that stops waits so long for answers. */
const CLOSE_MS = 2_000;

interface Post extends StoredPost {
  attempts: number;
}

/** One address that is told; a slow one holds up nobody else. */
interface Target {
  url: string;
  /** Posts in memory, by id: those that wait, are under way, or are tried again later. */
  held: Set<string>;
  queue: Post[];
  active: Set<Promise<void>>;
  timers: Set<ReturnType<typeof setTimeout>>;
  /** Whether the outbox has posts that are not held. */
  more: boolean;
  reading: boolean;
}

/**
 * Posts session events to the addresses that the operator named, signed, and tries again for a while. An event counts
 * as kept once its posts are in the outbox: each is delivered at least once, whatever dies meanwhile, or given up.
 */
export class Webhooks implements SessionHook {
  readonly #outbox: WebhookOutbox;
  readonly #targets: Target[];
  readonly #secret: string;
  readonly #events: ReadonlySet<string>;
  readonly #log: { warn(data: object, message: string): void };
  readonly #retryMs: readonly number[];
  #delivered = 0;
  #failed = 0;
  #closed = false;
  #adopting: ReturnType<typeof setInterval> | undefined;

  constructor(
    config: Pick<Config, "webhookUrls" | "webhookSecret" | "webhookEvents">,
    outbox: WebhookOutbox,
    log: { warn(data: object, message: string): void },
    retryMs = RETRY_MS,
  ) {
    this.#outbox = outbox;
    this.#targets = config.webhookUrls.map((url) => ({
      url,
      held: new Set(),
      queue: [],
      active: new Set(),
      timers: new Set(),
      more: true,
      reading: false,
    }));
    this.#secret = config.webhookSecret;
    this.#events = new Set(config.webhookEvents);
    this.#log = log;
    this.#retryMs = retryMs;
  }

  get state(): { waiting: number; delivered: number; failed: number } {
    const waiting = this.#targets.reduce((sum, { held }) => sum + held.size, 0);
    return { waiting, delivered: this.#delivered, failed: this.#failed };
  }

  /**
   * Goes on with what an earlier start left.
   * @param shared other servers work on the same database: what one of them leaves is posted here
   */
  async open(shared = false): Promise<void> {
    await this.#outbox.open(this.#targets.map(({ url }) => url));
    for (const target of this.#targets) void this.#read(target);
    if (shared && this.#targets.length > 0)
      this.#adopting = setInterval(() => void this.#adopt().catch(() => {}), ADOPT_MS).unref();
  }

  /** Posts an event, if it is wanted. Neither names nor content leave: the audit has those. */
  async keep({ session, event, serial, at, by }: AuditEntry): Promise<void> {
    // Who ended a session from outside is the audit's; that it ended is told as `session.closed`.
    if (event === "session.ended" || event === "session.restored") return;
    if (this.#targets.length === 0 || !(this.#events.has("*") || this.#events.has(event))) return;
    const id = serial === undefined ? randomUUID() : `${session.id}-${serial}`;
    const body = JSON.stringify({
      id,
      event,
      at: new Date(at).toISOString(),
      sessionId: session.id,
      initiator: session.initiator,
      ...(session.customer?.reference ? { reference: session.customer.reference } : {}),
      ...(by === undefined ? {} : { by }),
      ...(session.closed ? { outcome: session.closed.code } : {}),
    });
    const posts = this.#targets.map(({ url }) => ({ id, url, body }));
    for (const post of await this.#outbox.add(posts, Date.now())) {
      const target = this.#targets.find(({ url }) => url === post.url);
      if (target) this.#take(target, post);
    }
  }

  /** What is not delivered yet is posted by the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#adopting);
    for (const { queue, timers } of this.#targets) {
      queue.length = 0;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    }
    const answers = Promise.all(this.#targets.flatMap(({ active }) => [...active]));
    await Promise.race([answers, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
  }

  async #adopt(): Promise<void> {
    if (!(await this.#outbox.adopt())) return;
    for (const target of this.#targets) {
      target.more = true;
      void this.#read(target);
    }
  }

  #take(target: Target, post: StoredPost): void {
    if (target.held.has(post.id)) return;
    if (target.reading || target.more || target.held.size >= MOST_HELD) {
      target.more = true;
      void this.#read(target);
      return;
    }
    this.#hold(target, post);
  }

  #hold(target: Target, post: StoredPost): void {
    target.held.add(post.id);
    target.queue.push({ ...post, attempts: 0 });
    this.#next(target);
  }

  /** Takes posts from the outbox as long as there is room and there are some. */
  async #read(target: Target): Promise<void> {
    const { held, url } = target;
    if (target.reading) return;
    target.reading = true;
    try {
      while (target.more && held.size <= MOST_HELD / 2 && !this.#closed) {
        // What is stored from here on may or may not be read.
        target.more = false;
        this.#failed += await this.#outbox.giveUp(url, Date.now() - GIVE_UP_MS);
        const posts = await this.#outbox.oldest(url, MOST_HELD);
        for (const post of posts) {
          if (held.has(post.id)) continue;
          if (held.size < MOST_HELD) this.#hold(target, post);
          else target.more = true;
        }
        if (posts.length === MOST_HELD) target.more = true;
      }
    } catch {
      target.more = true;
      this.#later(target, READ_AGAIN_MS, () => void this.#read(target));
    } finally {
      target.reading = false;
    }
  }

  #next(target: Target): void {
    while (!this.#closed && target.active.size < AT_ONCE && target.queue.length > 0) {
      const sending = this.#send(target, target.queue.shift() as Post).finally(() => {
        target.active.delete(sending);
        this.#next(target);
        if (target.more) void this.#read(target);
      });
      target.active.add(sending);
    }
  }

  async #send(target: Target, post: Post): Promise<void> {
    const status = await this.#post(target.url, post).catch(() => 0);
    if (status >= 200 && status < 300) {
      await this.#done(target, post);
      this.#delivered++;
      return;
    }
    if (this.#closed) return;
    const wait = this.#retryMs[post.attempts++];
    if (wait !== undefined) {
      this.#later(target, wait, () => {
        target.queue.push(post);
        this.#next(target);
      });
      return;
    }
    await this.#done(target, post);
    this.#failed++;
    this.#log.warn({ host: new URL(target.url).host, status }, "webhook given up");
  }

  async #done(target: Target, post: Post): Promise<void> {
    // If it cannot be noted, the post comes once more after the next start: under the same id.
    await this.#outbox.remove(post).catch(() => {});
    target.held.delete(post.id);
  }

  #later({ timers }: Target, ms: number, then: () => void): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  async #post(url: string, { id, body }: Post): Promise<number> {
    const at = Math.floor(Date.now() / 1_000);
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "copane-id": id,
        [SIGNATURE_HEADER]: signWebhook(this.#secret, body, at),
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
