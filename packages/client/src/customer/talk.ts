import { OnRequest } from "@copane/mirror/on-request";
import type { SessionView } from "@copane/protocol";
import type { CustomerChat } from "../chat/customer.ts";
import { fetched } from "../fetched.ts";
import { hasChat } from "../store.ts";

/** The customer's chat. Its part is fetched once somebody writes. */
export class CustomerTalk {
  readonly #part: OnRequest<CustomerChat>;
  readonly #session: () => SessionView | undefined;

  /**
   * @param load fetches the part and makes it
   * @param onError hears why it did not come
   */
  constructor(
    load: () => Promise<CustomerChat>,
    session: () => SessionView | undefined,
    onError: (cause: unknown) => void,
  ) {
    this.#part = new OnRequest(() => fetched(load), { onError });
    this.#session = session;
  }

  /** Writes a line to the agents. */
  say(text: string): void {
    const session = this.#session();
    if (session) this.#part.use((chat) => chat.say(session.id, text));
  }

  /** A chat frame from agent `peer`. */
  receive(peer: number, payload: Uint8Array): void {
    this.#part.use((chat) => {
      const session = this.#session();
      if (session) chat.receive(session.id, peer, payload);
    });
  }

  /** Tells a viewer, or all (0), what was said before; nothing, where nobody has written yet. */
  tell(peer: number): void {
    if (this.#part.requested) this.#part.use((chat) => chat.tell(peer));
  }

  /** Takes up what the tab's earlier page kept of the session. */
  restore({ id }: SessionView): void {
    if (hasChat()) this.#part.use((chat) => chat.restore(id));
  }

  /** The session is over: what was said is nobody's business any more. */
  forget(): void {
    this.#part.now?.forget();
  }
}
