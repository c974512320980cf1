import type { ServerMessage } from "@copane/protocol";
import { SessionRelay } from "./session-relay.ts";

/** The sessions that have peers at this server. */
export class Relay {
  readonly #maxQueueBytes: number;
  readonly #sessions = new Map<string, SessionRelay>();

  constructor(maxQueueBytes: number) {
    this.#maxQueueBytes = maxQueueBytes;
  }

  /** The relay of a session, made when its first participant enters here. */
  of(sessionId: string): SessionRelay {
    let session = this.#sessions.get(sessionId);
    if (!session) {
      session = new SessionRelay(this.#maxQueueBytes);
      this.#sessions.set(sessionId, session);
    }
    return session;
  }

  /** Somebody has left: a session without peers here is let go. */
  left(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (!session?.empty) return;
    session.close();
    this.#sessions.delete(sessionId);
  }

  /** Tells every customer who is connected here. */
  tellCustomers(message: ServerMessage): void {
    for (const session of this.#sessions.values()) session.customer?.send(message);
  }
}
