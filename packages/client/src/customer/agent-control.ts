import { OnRequest } from "@copane/mirror/on-request";
import type { Frame, SessionEvent, SessionView } from "@copane/protocol";
import type { CustomerControl } from "../control/control.ts";
import type { ShownProposal } from "../control/proposals.ts";
import { fetched } from "../fetched.ts";

export interface AgentControlOptions {
  /** Fetches the part that acts in the page, and makes it. */
  load(): Promise<CustomerControl>;
  answer(command: "control.revoke" | "control.deny" | "proposal.refuse"): void;
  /** The part did not come. */
  onMissing(cause: unknown): void;
  /** Whether a viewer's input may reach the page now. */
  mayAct(viewer: number): boolean;
}

/**
 * What agents do in the customer's page. The part that does it is fetched once control is asked for or
 * something proposed.
 */
export class AgentControl {
  readonly #options: AgentControlOptions;
  readonly #part: OnRequest<CustomerControl>;
  #session: SessionView | undefined;

  constructor(options: AgentControlOptions) {
    this.#options = options;
    this.#part = new OnRequest(() => fetched(options.load), { onError: (cause) => this.#missing(cause) });
  }

  /** The part, once it is there. */
  get now(): CustomerControl | undefined {
    return this.#part.now;
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.now?.proposal;
  }

  /** The session changed; without an event it is as found on connecting. */
  follow(session: SessionView, event: SessionEvent | undefined): void {
    const { control, proposal } = session;
    this.#session = session;
    const needed = (control.holder ?? control.pending ?? proposal) !== undefined;
    if (needed || this.#part.requested) this.#part.use((part) => part.follow(session, event));
    // It was made on an earlier page, and what it was about is gone with that.
    if (proposal && event === undefined && !this.proposal) this.#options.answer("proposal.refuse");
  }

  /** An input or scroll frame. */
  input({ type, peer, payload }: Frame): void {
    const { mayAct } = this.#options;
    if (!mayAct(peer)) return;
    this.#part.use((part) => {
      if (mayAct(peer)) part.input(type, peer, payload);
    });
  }

  /** What is asked for or granted cannot be done: nobody waits for it in vain. */
  #missing(cause: unknown): void {
    const { answer, onMissing } = this.#options;
    const { control, proposal } = this.#session ?? {};
    if (control?.pending !== undefined) answer("control.deny");
    if (control?.holder !== undefined) answer("control.revoke");
    if (proposal) answer("proposal.refuse");
    onMissing(cause);
  }

  /** A frame with a proposal. */
  propose({ peer, payload }: Frame): void {
    this.#part.use((part) => part.propose(peer, payload));
  }
}
