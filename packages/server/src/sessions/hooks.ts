import type { Role } from "@copane/protocol";
import type { AuditEntry, AuditedSession, Fidelity } from "./audit-entry.ts";

/** What can be listened to. A subscriber has a method for each thing that it wants to know. */
export interface SessionHook {
  /** Something happened in a session: by its rules, or because somebody ended it from outside. */
  event?(entry: AuditEntry): void;
  /**
   * The same, for those who store it: resolves when it outlives a crash. Until then it is held, and after a crash it
   * comes again, with the same `serial`. Rejects when it cannot be stored now.
   */
  keep?(entry: AuditEntry): Promise<void>;
  /** The customer's page shows this path now. */
  page?(session: AuditedSession, path: string, at: number): void;
  /** So many more parts of the picture were compared, and repaired. */
  fidelity?(session: AuditedSession, more: Fidelity): void;
  /** A content frame of so many bytes came from a participant. */
  frame?(role: Role, bytes: number): void;
}

/** What is heard and not answered. */
type Heard = Exclude<keyof SessionHook, "keep">;
type Arguments<K extends Heard> = Parameters<NonNullable<SessionHook[K]>>;

/**
 * Tells subscribers what happens in sessions, in the order in which they subscribed. A session goes on whatever
 * becomes of them: what one throws is logged, and the others hear all the same.
 */
export class SessionHooks {
  readonly #hooks: SessionHook[] = [];
  /** Those who hear of a frame, which is said often. */
  #frames: SessionHook[] = [];
  readonly #log: { error(data: object, message: string): void };

  constructor(log: { error(data: object, message: string): void }) {
    this.#log = log;
  }

  subscribe(hook: SessionHook): void {
    this.#hooks.push(hook);
    this.#frames = this.#hooks.filter((one) => one.frame);
  }

  /** Has an event stored by all who keep events. False when one of them cannot now. */
  async keep(entry: AuditEntry): Promise<boolean> {
    const kept = await Promise.allSettled(this.#hooks.map(async (hook) => hook.keep?.(entry)));
    return kept.every(({ status }) => status === "fulfilled");
  }

  emit<K extends Heard>(name: K, ...args: Arguments<K>): void {
    for (const hook of name === "frame" ? this.#frames : this.#hooks) {
      const listener = hook[name] as ((...args: Arguments<K>) => void) | undefined;
      try {
        listener?.apply(hook, args);
      } catch (error) {
        this.#log.error({ hook: name, reason: (error as Error).name }, "a hook failed");
      }
    }
  }
}
