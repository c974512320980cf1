import {
  CataloguedError,
  CUSTOMER_NUMBER,
  type CustomerView,
  formatPassphrase,
  type Role,
  type Ticket,
} from "@copane/protocol";
import { createByAgent, createByCustomer, type SessionRecord, type SessionSettings } from "../rules/index.ts";
import type { LiveSessions } from "./live-sessions.ts";
import type { Seats } from "./seats.ts";
import { newSessionId } from "./secrets.ts";
import { shuttingDown } from "./session-context.ts";
import type { Answerable, WaitingSessions } from "./waiting.ts";

export interface CustomersWish {
  name: string;
  locale?: string | undefined;
  /** Who the customer is, as far as the site said. */
  customer?: CustomerView | undefined;
  /** Where the customer comes from. */
  networks: Answerable;
}

export interface AgentsWish {
  agentId: string;
  name: string;
  locale?: string | undefined;
  autojoin: boolean;
}

/** The rules' settings, and how much one side may hold open. */
export interface NewSettings extends SessionSettings {
  /** Sessions of one network, or one agent, that wait for the other side. */
  maxWaiting: number;
  /** Digits of a new key. */
  keyDigits: number;
}

interface NewSessionsOptions {
  sessions: LiveSessions;
  seats: Seats;
  settings: NewSettings;
  waits: WaitingSessions;
  /** Makes names of networks into others by which nobody knows them. */
  hide(name: string): string;
}

/** How sessions begin: with a key to join by, and the token of who asked for it. */
export class NewSessions {
  readonly #sessions: LiveSessions;
  readonly #seats: Seats;
  readonly #settings: NewSettings;
  readonly #waits: WaitingSessions;
  readonly #hide: (name: string) => string;
  #closing = false;

  constructor({ sessions, seats, settings, waits, hide }: NewSessionsOptions) {
    this.#sessions = sessions;
    this.#seats = seats;
    this.#settings = settings;
    this.#waits = waits;
    this.#hide = hide;
  }

  /** None begins any more. */
  close(): void {
    this.#closing = true;
  }

  byCustomer(wish: CustomersWish): Promise<Ticket> {
    const { name, locale, networks, customer } = wish;
    return this.#begin(
      "customer",
      networks,
      (fresh) => createByCustomer({ ...fresh, name, locale, customer }, this.#settings),
      customer?.reference,
    );
  }

  byAgent(wish: AgentsWish): Promise<Ticket> {
    const { agentId, name, locale, autojoin } = wish;
    return this.#begin("agent", [{ name: `agent ${agentId}`, times: 1 }], (fresh) =>
      createByAgent({ ...fresh, name, locale, agentId, autojoin }, this.#settings),
    );
  }

  /** Takes back a session that nobody was told of. */
  async withdraw(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session || session.record.closed) return;
    session.apply({ t: "session.cancel" });
    // What cannot be stored now is told later; who asked for the session has an error either way.
    await session.settled().catch(() => {});
  }

  async #begin(
    initiator: Role,
    whose: Answerable,
    make: (fresh: { id: string; passphrase: string; now: number }) => SessionRecord,
    reference?: string,
  ): Promise<Ticket> {
    this.#assertOpen();
    if (this.#sessions.size >= this.#settings.maxSessions) throw new CataloguedError("TOO_MANY_SESSIONS");
    const who = whose.map(({ name, times }) => ({ name: this.#hide(name), times }));
    const id = newSessionId();
    await this.#waits.add(id, who, initiator);
    let record: SessionRecord;
    let claimed: string | undefined;
    try {
      if (reference) await this.#seats.claim(reference, id);
      claimed = reference;
      const passphrase = await this.#seats.newKey("passphrase", id);
      this.#assertOpen();
      record = make({ id, passphrase, now: Date.now() });
    } catch (error) {
      this.#waits.remove(id);
      if (claimed) await this.#seats.release(claimed);
      throw error;
    }
    return this.#created(record, initiator === "customer" ? CUSTOMER_NUMBER : 1, who);
  }

  #assertOpen(): void {
    if (this.#closing) throw shuttingDown();
    // What cannot be stored could not be told.
    if (this.#sessions.storing.failing) throw new CataloguedError("STORE_UNAVAILABLE");
  }

  async #created(record: SessionRecord, number: number, who: Answerable): Promise<Ticket> {
    const { token, seat } = this.#seats.newSeat(number);
    const session = this.#sessions.begin(record, seat, who);
    try {
      await session.settled();
    } catch (error) {
      void this.withdraw(record.id);
      throw error;
    }
    await this.#seats.open(record.id, seat);
    const { passphrase } = record;
    return {
      session: session.view(number),
      you: number,
      token,
      ...(passphrase ? { passphrase: formatPassphrase(passphrase) } : {}),
      passphraseExpiresInMs: this.#settings.passphraseTtlMs,
    };
  }
}
