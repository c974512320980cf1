import { type CopaneError, FrameType } from "@copane/protocol";
import { ChatLines, newLineId } from "../chat/lines.ts";
import { type ChatLine, cleanChat, decodeChat, encodeChat } from "../chat/wire.ts";
import { unanswered } from "../errors.ts";

/** The customer's page repeats a line that arrived within this. */
const ECHO_MS = 10_000;

export interface TalkOptions {
  you(): number;
  nameOf(number: number): string;
  /** False when there is no connection. */
  send(type: FrameType, peer: number, payload: Uint8Array): boolean;
  chatChanged(lines: readonly ChatLine[]): void;
  whispersChanged(lines: readonly ChatLine[]): void;
}

interface Pending {
  resolve(): void;
  reject(error: CopaneError): void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * An agent's talk: with the customer, whose page keeps the order, and with colleagues, whom the customer does
 * not hear.
 */
export class AgentTalk {
  readonly #options: TalkOptions;
  readonly #chat = new ChatLines();
  readonly #whispers = new ChatLines();
  readonly #pending = new Map<string, Pending>();

  constructor(options: TalkOptions) {
    this.#options = options;
  }

  get chat(): readonly ChatLine[] {
    return this.#chat.all;
  }

  get whispers(): readonly ChatLine[] {
    return this.#whispers.all;
  }

  /** Writes to the customer; resolves when the line stands there. Rejects with CopaneError. */
  say(typed: string): Promise<void> {
    const line = this.#line(typed);
    if (!line.text) return Promise.resolve();
    const key = `${line.by}:${line.id}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#failed(key), ECHO_MS);
      this.#pending.set(key, { resolve, reject, timer });
      if (!this.#options.send(FrameType.chat, 0, encodeChat([line]))) this.#failed(key);
    });
  }

  /** Writes to the other agents, or to one of them. Throws CopaneError without a connection. */
  whisper(typed: string, to = 0): void {
    const line = this.#line(typed);
    if (!line.text) return;
    if (!this.#options.send(FrameType.whisper, to, encodeChat([line]))) throw undelivered();
    this.#whispers.add([line]);
    this.#options.whispersChanged(this.whispers);
  }

  receiveChat(payload: Uint8Array): void {
    const lines = decodeChat(payload);
    for (const { id } of lines) this.#settle(id)?.resolve();
    if (this.#chat.add(lines)) this.#options.chatChanged(this.chat);
  }

  /** Of a colleague's whisper only the text is believed; the server wrote whose it is. */
  receiveWhisper(by: number, payload: Uint8Array): void {
    const [line] = decodeChat(payload);
    if (!line) return;
    const told = { ...line, id: `${by}:${line.id}`, by, name: this.#options.nameOf(by), at: Date.now() };
    if (this.#whispers.add([told])) this.#options.whispersChanged(this.whispers);
  }

  /** Nothing that waits will be answered any more. */
  end(): void {
    for (const key of [...this.#pending.keys()]) this.#failed(key);
  }

  #line(typed: string): ChatLine {
    const by = this.#options.you();
    return { id: newLineId(), by, name: this.#options.nameOf(by), text: cleanChat(typed), at: Date.now() };
  }

  #failed(key: string): void {
    this.#settle(key)?.reject(undelivered());
  }

  #settle(key: string): Pending | undefined {
    const pending = this.#pending.get(key);
    this.#pending.delete(key);
    clearTimeout(pending?.timer);
    return pending;
  }
}

function undelivered(): CopaneError {
  return unanswered("The message did not arrive. Try again.");
}
