import type { AgentSession, ChatLine } from "@copane/client/agent";
import { agentsOf, mayAct } from "@copane/protocol";
import { h } from "@copane/ui";
import type { Messages } from "../locales/en/view.ts";
import type { ViewState } from "../state.ts";
import { People } from "./people.ts";
import { Talk } from "./talk.ts";

interface SideOptions {
  session: AgentSession;
  text: Messages;
  inviteLink(key: string): string | undefined;
  cannedLines(): readonly string[];
  run(work: Promise<unknown>): void;
  failed(error: Error): void;
}

/** What stands beside the page once it is opened: people, chat, what agents say among themselves. */
export class Side {
  readonly element = h("aside", { class: "side", hidden: true });
  readonly #session: AgentSession;
  readonly #people: People;
  readonly #chat: Talk;
  readonly #whispers: Talk;
  /** Lines that were there when it was last open. */
  #read = 0;

  constructor({ session, text, inviteLink, cannedLines, run, failed }: SideOptions) {
    this.#session = session;
    this.#people = new People({ session, text, inviteLink, run });
    this.#chat = new Talk({
      title: text.chat,
      label: text.message,
      send: text.send,
      say: (line) => session.say(line),
      canned: { label: text.canned, lines: cannedLines },
      copy: { label: text.copyChat, done: text.copied, language: text.language },
      failed,
    });
    this.#whispers = new Talk({
      title: text.whisper,
      label: text.whisperMessage,
      send: text.send,
      hint: text.customerHears,
      say: (line) => session.whisper(line),
      failed,
    });
    this.element.append(this.#people.element, this.#chat.element, this.#whispers.element);
    this.chat(session.chat);
    this.whispers(session.whispers);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  set open(open: boolean) {
    this.element.hidden = !open;
  }

  /** Lines that came while it was closed. */
  get unread(): number {
    return Math.max(0, this.#lines - this.#read);
  }

  /** The chat with the customer. */
  chat(lines: readonly ChatLine[]): void {
    this.#chat.show(lines, this.#session.you);
  }

  whispers(lines: readonly ChatLine[]): void {
    this.#whispers.show(lines, this.#session.you);
  }

  show(state: ViewState): void {
    const { session, you } = state;
    this.#people.show(state);
    this.#chat.writable = mayAct(session, you);
    this.#whispers.element.hidden = this.#whispers.count === 0 && agentsOf(session).length < 2;
    if (this.open) this.#read = this.#lines;
  }

  destroy(): void {
    this.#people.destroy();
  }

  get #lines(): number {
    return this.#chat.count + this.#whispers.count;
  }
}
