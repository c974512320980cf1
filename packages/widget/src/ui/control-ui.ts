import type { ShownProposal } from "@copane/client/customer";
import type { Messages } from "../locales/messages.ts";
import { type ProposalActions, ProposalNote } from "./proposal.ts";
import { Ring } from "./ring.ts";

/** What stands on the page itself: the part that a grant covers, and what an agent proposes. */
export class ControlUi {
  readonly #scope = new Ring();
  readonly proposal = new ProposalNote();

  /** Stands in `place`, which carries the widget's variables. */
  constructor(place: HTMLElement) {
    place.append(this.#scope.element, this.proposal.element);
  }

  /** Frames the part that control covers, if it is but one. */
  limit(scope: Element | undefined): void {
    this.#scope.follow(scope);
  }

  /** The session is over. */
  destroy(): void {
    this.limit(undefined);
    this.proposal.hide();
    this.#scope.element.remove();
    this.proposal.element.remove();
  }

  /** Shows what an agent proposes, or nothing any more; gives what is read out. */
  propose(name: string, shown: ShownProposal | undefined, text: Messages, actions: ProposalActions): string {
    if (shown) this.proposal.show(name, shown, text, actions);
    else this.proposal.hide();
    return this.proposal.words;
  }
}
