import { type CommandMessage, type CopaneError, plainJson, type ServerMessage } from "@copane/protocol";
import { unanswered } from "../errors.ts";

/** A command that is not answered by then has failed. */
const ANSWER_MS = 10_000;

/** The server's answer to command `n`; it may come after the sender has given up waiting. */
export interface CommandAnswer {
  n: number;
  error?: CopaneError;
}

export type Done = Extract<ServerMessage, { t: "ok" }>;

interface Waiting {
  resolve(answer: Done): void;
  reject(error: CopaneError): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Numbers commands, and brings each the answer that is its own. */
export class Commands {
  readonly #waiting = new Map<number, Waiting>();
  readonly #onAnswer: (answer: CommandAnswer) => void;
  #nextN = 1;

  /** @param onAnswer hears every answer, before who sent the command */
  constructor(onAnswer: (answer: CommandAnswer) => void) {
    this.#onAnswer = onAnswer;
  }

  /**
   * Sends a command; resolves with the answer when the server has done it. Rejects with CopaneError.
   * @param onSent hears the command's number once it has gone out
   */
  request(
    command: CommandMessage,
    send: (text: string) => void,
    onSent?: (n: number) => void,
  ): Promise<Done> {
    const n = this.#nextN++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(n);
        reject(unanswered("The server did not answer."));
      }, ANSWER_MS);
      this.#waiting.set(n, { resolve, reject, timer });
      send(plainJson({ ...command, n }));
      onSent?.(n);
    });
  }

  /** The server did what a command asked. */
  done(answer: Done): void {
    this.#onAnswer({ n: answer.n });
    this.#settle(answer.n)?.resolve(answer);
  }

  /** The server did not do it. */
  refused(n: number, error: CopaneError): void {
    this.#onAnswer({ n, error });
    this.#settle(n)?.reject(error);
  }

  /** The connection is gone, and with it every answer. */
  lost(): void {
    for (const n of [...this.#waiting.keys()])
      this.#settle(n)?.reject(unanswered("The connection was lost."));
  }

  #settle(n: number): Waiting | undefined {
    const waiting = this.#waiting.get(n);
    this.#waiting.delete(n);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}
