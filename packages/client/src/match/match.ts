import type { CommandMessage, SessionView } from "@copane/protocol";
import { commitmentOf, figuresOf, newNonce } from "./figures.ts";

export interface MatchOptions {
  command(command: CommandMessage): Promise<unknown>;
  /** The figures are known, or not any more. */
  changed(figures: string | undefined): void;
  /** They cannot be made: nothing is shown. */
  failed(error: Error): void;
}

/**
 * One side's way to the two figures. It goes by the session's view, so that whatever is lost on the way is made up for
 * by the next view, and trusts in it no more than its own part: who changes a part on the way gets other figures.
 */
abstract class Match {
  protected readonly options: MatchOptions;
  /** Steps are done one after the other, each by the newest view. */
  #last: Promise<void> = Promise.resolve();
  #view: SessionView | undefined;
  #figures: string | undefined;

  constructor(options: MatchOptions) {
    this.options = options;
  }

  get figures(): string | undefined {
    return this.#figures;
  }

  /** The session is this one now. `you`: this side's number. Figures between others are not made here. */
  follow(view: SessionView, you = view.match?.with): void {
    const { match: _, ...rest } = view;
    this.#view = view.match?.with === you ? view : rest;
    this.#last = this.#last.then(() => this.#step()).catch((error: Error) => this.options.failed(error));
  }

  async #step(): Promise<void> {
    const view = this.#view;
    const figures = view?.match && (await this.next(view, view.match));
    if (figures === this.#figures) return;
    this.#figures = figures;
    this.options.changed(figures);
  }

  /** Does what this side has to do next; gives the figures once both parts are known. */
  protected abstract next(
    view: SessionView,
    match: NonNullable<SessionView["match"]>,
  ): Promise<string | undefined>;

  /**
   * Sends a step, and waits until the server has taken it: the view has it then. One that the rules refuse came too
   * late, and one without a connection is lost: the next view says what is to be done.
   */
  protected async send(command: CommandMessage): Promise<undefined> {
    await this.options.command(command).catch(() => {});
    return undefined;
  }
}

/** The customer's side: it commits itself to its part before it knows the agent's. */
export class CustomerMatch extends Match {
  #nonce = "";
  #commit = "";
  /** The agent's part as it was when ours was told: another one later changes nothing. */
  #agentNonce: string | undefined;

  protected override async next(
    view: SessionView,
    { commit, agentNonce, customerNonce }: NonNullable<SessionView["match"]>,
  ): Promise<string | undefined> {
    if (commit === undefined || commit !== this.#commit) {
      this.#nonce = newNonce();
      this.#commit = await commitmentOf(this.#nonce);
      this.#agentNonce = undefined;
      return this.send({ t: "match.commit", commit: this.#commit });
    }
    if (agentNonce === undefined) return undefined;
    this.#agentNonce ??= agentNonce;
    if (customerNonce === undefined) return this.send({ t: "match.reveal", nonce: this.#nonce });
    return figuresOf(view.id, { customer: this.#nonce, agent: this.#agentNonce });
  }
}

/** The agent's side: it holds the customer's to what that had committed itself to. */
export class AgentMatch extends Match {
  #nonce = "";
  /** What our part answered. */
  #commit: string | undefined;

  protected override async next(
    view: SessionView,
    { commit, agentNonce, customerNonce }: NonNullable<SessionView["match"]>,
  ): Promise<string | undefined> {
    if (commit === undefined) return undefined;
    if (agentNonce === undefined) {
      this.#nonce = newNonce();
      this.#commit = commit;
      return this.send({ t: "match.answer", nonce: this.#nonce });
    }
    if (agentNonce !== this.#nonce || commit !== this.#commit) {
      // An earlier page of ours gave it, or somebody else.
      return this.send({ t: "match.restart" });
    }
    if (customerNonce === undefined) return undefined;
    if ((await commitmentOf(customerNonce)) !== commit) {
      await this.send({ t: "match.refuse" });
      throw new Error("the customer's part of the figures is not the one that it had committed itself to");
    }
    return figuresOf(view.id, { customer: customerNonce, agent: this.#nonce });
  }
}
