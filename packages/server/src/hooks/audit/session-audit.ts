import { limits } from "@copane/protocol";
import type { AuditEntry, AuditedSession, Fidelity, SessionHook } from "../../sessions/index.ts";
import type { AuditRecorder } from "./recorder.ts";

/** A column holds no more. */
const MOST_COUNTED = 2 ** 31 - 1;

/**
 * Hears of sessions what the audit keeps: each event, the pages visited, and with the end how faithful the
 * mirror was.
 */
export class SessionAudit implements SessionHook {
  readonly #recorder: AuditRecorder;
  /** Page visits recorded of each live session. */
  readonly #visits = new Map<string, number>();
  /** How well each live session's picture was found to be the page. */
  readonly #fidelity = new Map<string, Fidelity>();

  constructor(recorder: AuditRecorder) {
    this.#recorder = recorder;
  }

  async keep(entry: AuditEntry): Promise<void> {
    const { id } = entry.session;
    const closed = entry.event === "session.closed";
    const fidelity = closed ? this.#fidelity.get(id) : undefined;
    const detail = entry.detail ?? customerIn(entry);
    this.#recorder.record({ ...entry, ...(detail ? { detail } : {}), ...(fidelity ? { fidelity } : {}) });
    if (closed) {
      this.#visits.delete(id);
      this.#fidelity.delete(id);
    }
    // As long as it takes: nobody waits for an answer here.
    await this.#recorder.kept(id);
  }

  page(session: AuditedSession, path: string, at: number): void {
    const visits = this.#visits.get(session.id) ?? 0;
    if (visits >= limits.pageVisits) return;
    this.#visits.set(session.id, visits + 1);
    this.#recorder.record({ session, event: "page.visited", at, by: 0, detail: path });
  }

  fidelity({ id }: AuditedSession, { compared, repaired }: Fidelity): void {
    const before = this.#fidelity.get(id) ?? { compared: 0, repaired: 0 };
    this.#fidelity.set(id, {
      compared: Math.min(before.compared + compared, MOST_COUNTED),
      repaired: Math.min(before.repaired + repaired, MOST_COUNTED),
    });
  }
}

/** Who the customer is, told with their coming: `customer=c-17 reference=chat-1`. */
function customerIn({ session, event }: AuditEntry): string | undefined {
  const came =
    event === "customer.joined" || (event === "session.created" && session.initiator === "customer");
  const { id, reference } = (came && session.customer) || {};
  const words = [id && `customer=${id}`, reference && `reference=${reference}`];
  return words.filter(Boolean).join(" ") || undefined;
}
