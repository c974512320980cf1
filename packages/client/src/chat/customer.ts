import { plainJson } from "@copane/protocol";
import { CHAT_KEY } from "../store.ts";
import { batches, ChatLines, newLineId } from "./lines.ts";
import { type ChatLine, cleanChat, decodeChat, encodeChat } from "./wire.ts";

export interface CustomerChatOptions {
  /** Sends a chat frame to one viewer, or to all with 0. */
  send(peer: number, payload: Uint8Array): void;
  /** The name of a participant; undefined when it is not known here. */
  nameOf(number: number): string | undefined;
  changed(lines: readonly ChatLine[]): void;
}

/**
 * The chat as the customer's page keeps it: the order of the lines here is the order for everybody. The
 * server holds none of it; who comes later is told from here.
 */
export class CustomerChat {
  readonly #options: CustomerChatOptions;
  readonly #lines = new ChatLines();

  constructor(options: CustomerChatOptions) {
    this.#options = options;
  }

  get lines(): readonly ChatLine[] {
    return this.#lines.all;
  }

  /** Takes up what the tab's earlier page kept of this session. */
  restore(sessionId: string): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(CHAT_KEY) ?? "null") as {
        id?: unknown;
        lines?: unknown;
      } | null;
      if (kept?.id !== sessionId) return;
      if (this.#lines.add(decodeChat(encodeChat(kept.lines as ChatLine[]))))
        this.#options.changed(this.lines);
    } catch {
      // Blocked storage, or nothing of ours: the chat begins anew.
    }
  }

  /** Writes a line of the customer's. */
  say(sessionId: string, text: string): void {
    this.#add(sessionId, 0, newLineId(), text);
  }

  /** A chat frame of an agent: one line, of which only id and text are believed. */
  receive(sessionId: string, by: number, payload: Uint8Array): void {
    const [line] = decodeChat(payload);
    if (line) this.#add(sessionId, by, line.id, line.text);
  }

  /** Tells a viewer, or all (0), what was said before. */
  tell(peer: number): void {
    for (const batch of batches(this.lines)) this.#options.send(peer, encodeChat(batch));
  }

  /** The session is over: the next one is nobody's business. */
  forget(): void {
    try {
      sessionStorage.removeItem(CHAT_KEY);
    } catch {
      // Blocked storage holds nothing.
    }
  }

  #add(sessionId: string, by: number, id: string, typed: string): void {
    const text = cleanChat(typed);
    const name = this.#options.nameOf(by);
    if (!text || name === undefined) return;
    // Ids are chosen by their writers; none can take another's.
    const line: ChatLine = { id: `${by}:${id}`.slice(0, 40), by, name, text, at: Date.now() };
    if (!this.#lines.add([line])) return;
    this.#options.send(0, encodeChat([line]));
    this.#options.changed(this.lines);
    try {
      sessionStorage.setItem(CHAT_KEY, plainJson({ id: sessionId, lines: this.lines }));
    } catch {
      // Blocked storage: the chat lasts as long as its page.
    }
  }
}
