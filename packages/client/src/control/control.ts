import type { Capture } from "@copane/mirror/capture";
import type { ActorOptions } from "@copane/mirror/control";
import type { SessionEvent, SessionView } from "@copane/protocol";
import { AgentInput } from "./agent-input.ts";
import { Proposals, type ShownProposal } from "./proposals.ts";

export interface CustomerControlOptions extends Omit<ActorOptions, "capture"> {
  session(): SessionView | undefined;
  capture(): Capture | undefined;
  /** What the page itself answers to a request, a grant or a proposal. */
  answer(command: "control.revoke" | "control.deny" | "proposal.refuse"): void;
  onScope(scope: Element | undefined): void;
  /** What an agent proposes; undefined when nothing waits any more. */
  onProposal(shown: ShownProposal | undefined): void;
}

/** What agents may do in the customer's page: whatever a grant allows, or one thing that the customer accepted. */
export class CustomerControl {
  readonly #options: CustomerControlOptions;
  readonly #input: AgentInput;
  readonly #proposals: Proposals;

  constructor(options: CustomerControlOptions) {
    const { capture, onProposal, ...rest } = options;
    this.#options = options;
    this.#input = new AgentInput(rest);
    this.#proposals = new Proposals({
      capture,
      act: (work) => this.#input.accepted(work),
      refuse: () => options.answer("proposal.refuse"),
      changed: onProposal,
    });
    const now = capture();
    if (now) this.begin(now);
  }

  /** The page is captured from now on, and can be operated. */
  begin(capture: Capture): void {
    this.#input.begin(capture);
  }

  /** Nothing of the page can be operated any more. */
  end(): void {
    this.#input.end();
  }

  /** The session changed. */
  follow(session: SessionView, event: SessionEvent | undefined): void {
    this.#input.follow(session, event);
    if (!session.proposal) this.#proposals.clear();
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.#proposals.shown;
  }

  /** Payload of an agent's input or scroll frame. */
  input(type: number, peer: number, payload: Uint8Array): void {
    this.#input.receive(type, peer, payload);
  }

  /** Payload of an agent's proposal. */
  propose(peer: number, payload: Uint8Array): void {
    if (this.#options.session()?.proposal?.by === peer) this.#proposals.receive(peer, payload);
  }

  /** Control ended: keys and buttons that are held down are released. */
  release(): void {
    this.#input.release();
  }

  /** Does what was proposed. False when the element is out of reach by now. */
  accept(): boolean {
    return this.#proposals.perform();
  }

  /** Nothing is proposed any more. */
  clear(): void {
    this.#proposals.clear();
  }
}
