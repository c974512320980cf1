import { CataloguedError, type ErrorName } from "@copane/protocol";

/** An answer that has not come by then does not come. What was asked may have been done all the same. */
const ANSWER_MS = 8_000;

/** A question to the server that decides a session: one of the methods of its sessions. */
export interface Question {
  q: number;
  /** Undefined: about no session in particular. */
  session?: string;
  method: string;
  args: readonly unknown[];
}

export type Answer = { a: number } & (
  | { ok: unknown }
  | { error: { name: string; message: string; field?: string; retryAfter?: number } }
  /** Nothing was done: the session is not decided here. */
  | { elsewhere: true }
);

/** What is thrown when a server does not decide the session: nothing was done. */
export class NotHere extends Error {
  override name = "NotHere";
}

interface Waiting {
  server: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Questions to other servers that wait for their answers. */
export class Calls {
  readonly #send: (server: string, question: Question) => Promise<boolean>;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  /** @param send gives whether the server listens */
  constructor(send: (server: string, question: Question) => Promise<boolean>) {
    this.#send = send;
  }

  /** Rejects with NotHere, with the CataloguedError of the other server, or with SERVERS_APART when none came. */
  ask(
    server: string,
    session: string | undefined,
    method: string,
    args: readonly unknown[],
    answerMs = ANSWER_MS,
  ): Promise<unknown> {
    const q = this.#next++;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(q);
      };
      const timer = setTimeout(() => {
        end();
        reject(apart());
      }, answerMs);
      this.#waiting.set(q, {
        server,
        resolve: (value) => {
          end();
          resolve(value);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      });
      const question: Question = { q, method, args, ...(session === undefined ? {} : { session }) };
      void this.#send(server, question).then((heard) => {
        if (!heard) this.#waiting.get(q)?.reject(new NotHere());
      });
    });
  }

  /** Servers that are to answer. */
  get servers(): string[] {
    return [...this.#waiting.values()].map(({ server }) => server);
  }

  answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.a);
    if (!waiting) return;
    if ("ok" in answer) waiting.resolve(answer.ok);
    else if ("error" in answer)
      waiting.reject(new CataloguedError(answer.error.name as ErrorName, answer.error));
    else waiting.reject(new NotHere());
  }

  /** What these servers (undefined: all) were asked is not answered any more. */
  broken(server: string | undefined): void {
    for (const waiting of [...this.#waiting.values()])
      if (server === undefined || waiting.server === server) waiting.reject(apart());
  }
}

/** Answers a question by doing `work`. */
export async function answer({ q }: Question, work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { a: q, ok: (await work()) ?? null };
  } catch (error) {
    if (error instanceof NotHere) return { a: q, elsewhere: true };
    const known = error instanceof CataloguedError ? error : new CataloguedError("INTERNAL");
    const { name, message, field, retryAfter } = known;
    return {
      a: q,
      error: {
        name,
        message,
        ...(field === undefined ? {} : { field }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
      },
    };
  }
}

/** The servers cannot reach each other, or what keeps them together. */
export function apart(): CataloguedError {
  return new CataloguedError("SERVERS_APART", { retryAfter: 2 });
}
