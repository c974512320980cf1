import {
  CUSTOMER_NUMBER,
  type CustomerRequestBody,
  type Frame,
  paths,
  type ServerMessage,
  type Ticket,
} from "@copane/protocol";
import { ask, FakeParticipant } from "./participant.ts";

/** What a fake customer answers by itself. */
export interface CustomersAnswers {
  /** To be seen and recorded; true by default. */
  consent?: boolean;
  /** An agent's request for control; by default it waits for `grantControl()` or `denyControl()`. */
  control?: boolean;
}

/** A customer without a browser: everything of a session but a page to be seen. */
export class FakeCustomer extends FakeParticipant {
  /** The key for the agent; undefined where the agent began. */
  readonly key: string | undefined;
  readonly #answers: CustomersAnswers;
  readonly #answered = new Set<string>();

  private constructor(server: string, ticket: Ticket, answers: CustomersAnswers) {
    super(server, "customer", ticket);
    this.key = ticket.passphrase;
    this.#answers = answers;
  }

  /** Starts a session and waits for an agent. Rejects with CopaneError. */
  static async start(
    server: string,
    { consent, control, ...wish }: Partial<CustomerRequestBody> & CustomersAnswers = {},
  ): Promise<FakeCustomer> {
    const body = { name: "Ada", ...wish };
    return FakeCustomer.#connected(server, await ask(server, "POST", paths.customerRequest, { body }), {
      ...(consent === undefined ? {} : { consent }),
      ...(control === undefined ? {} : { control }),
    });
  }

  /** Joins an agent's session by its key. Rejects with CopaneError. */
  static async join(
    server: string,
    key: string,
    { name = "Ada", ...answers }: { name?: string } & CustomersAnswers = {},
  ): Promise<FakeCustomer> {
    const body = { name, passphrase: key };
    return FakeCustomer.#connected(server, await ask(server, "POST", paths.customerJoin, { body }), answers);
  }

  static async #connected(server: string, ticket: Ticket, answers: CustomersAnswers): Promise<FakeCustomer> {
    const customer = new FakeCustomer(server, ticket, answers);
    const isIn = () =>
      customer.session.participants.some(({ number, connected }) => number === CUSTOMER_NUMBER && connected);
    await customer.until("the connection", isIn);
    return customer;
  }

  grantControl(): Promise<void> {
    return this.command("control.grant");
  }

  denyControl(): Promise<void> {
    return this.command("control.deny");
  }

  /** Takes control back. */
  revokeControl(): Promise<void> {
    return this.command("control.revoke");
  }

  pause(): Promise<void> {
    return this.command("session.pause");
  }

  resume(): Promise<void> {
    return this.command("session.resume");
  }

  protected onFrame(_frame: Frame): void {}

  protected onMessage(message: ServerMessage): void {
    if (message.t !== "welcome" && message.t !== "event") return;
    const { consent, control, participants } = message.session;
    const { consent: agrees = true, control: grants } = this.#answers;
    if (participants.length > 1)
      for (const what of consent.needed)
        this.#once(`consent ${what}`, agrees ? "consent.give" : "consent.refuse", { what });
    if (control.pending === undefined) this.#answered.delete("control");
    else if (grants !== undefined) this.#once("control", grants ? "control.grant" : "control.deny");
  }

  #once(question: string, t: string, more: object = {}): void {
    if (this.#answered.has(question)) return;
    this.#answered.add(question);
    // Somebody else was faster, or the session is over.
    this.command(t, more).catch(() => {});
  }
}
