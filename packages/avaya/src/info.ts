import {
  agentsOf,
  customerOf,
  formatPassphrase,
  isControlled,
  parsePassphrase,
  participantOf,
  type SessionView,
} from "@copane/protocol";

/** Values of `cobrowseState`; pages compare with `"Paused"`, and with `undefined` before a session. */
const states = { waiting: "Waiting", active: "Active", paused: "Paused", closed: "Closed" } as const;

/**
 * What pages ask about the session, before, in and after it: by method, or by `cobrowseState` and
 * `agentControlState`. One object that follows the session.
 */
export class CobrowseSessionInfo {
  /** `undefined` before a session; `"Paused"` while paused; else another word. */
  cobrowseState: string | undefined = undefined;
  /** `"pending"` while a request waits, `"true"` while an agent is in control, else `"false"`. */
  agentControlState = "false";
  #agentName = "";
  #customerName = "";
  #agentAuthCode = "";
  #customerAuthCode = "";
  #passPhrase = "";
  #reason = "";

  getAgentName(): string {
    return this.#agentName;
  }

  getCustomerName(): string {
    return this.#customerName;
  }

  getAgentControlState(): string {
    return this.agentControlState;
  }

  /** At the agent: the `acstoken` for `joinSession`. */
  getAgentAuthCode(): string {
    return this.#agentAuthCode;
  }

  getCustomerAuthCode(): string {
    return this.#customerAuthCode;
  }

  getCobrowseState(): string | undefined {
    return this.cobrowseState;
  }

  /** Why the session ended; empty until then. */
  getCustomerReasonForDisconnect(): string {
    return this.#reason;
  }

  /** Like `1234 5678`. */
  getPassPhrase(): string {
    return this.#passPhrase;
  }

  /** @internal */
  follow(session: SessionView): void {
    const { state, control, passphrase, closeReason } = session;
    this.cobrowseState = states[state];
    this.agentControlState = control.pending !== undefined ? "pending" : String(isControlled(session));
    // Once the session is over nobody is in it, but pages still say who was.
    const shown = control.holder ?? control.pending;
    const agent = participantOf(session, shown) ?? agentsOf(session)[0];
    this.#agentName = agent?.name ?? this.#agentName;
    this.#customerName = customerOf(session)?.name ?? this.#customerName;
    if (passphrase) this.#passPhrase = passphrase;
    if (closeReason) this.#reason = closeReason.text;
  }

  /** @internal A new session: nothing of the one before holds. */
  begin(known: { passphrase?: string; customerToken?: string; agentToken?: string }): void {
    const digits = parsePassphrase(known.passphrase ?? "");
    this.#passPhrase = digits ? formatPassphrase(digits) : "";
    this.#customerAuthCode = known.customerToken ?? "";
    this.#agentAuthCode = known.agentToken ?? "";
    this.#agentName = "";
    this.#customerName = "";
    this.#reason = "";
  }

  /** @internal The session is over, in whatever way. */
  end(reason: string): void {
    this.cobrowseState = states.closed;
    this.agentControlState = "false";
    this.#reason = reason;
  }
}
