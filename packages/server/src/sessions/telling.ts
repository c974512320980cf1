import { CataloguedError } from "@copane/protocol";

/** How long an answer waits until what was decided is stored. */
const STORED_MS = 5_000;

/** A step that waits to be told, with the version of the session that has to be stored before. */
interface Untold<Step> {
  step: Step;
  after: number;
}

/**
 * What a session's server has decided is told in order, and each decision only once it is stored: what somebody was
 * told holds, whatever dies.
 */
export class Telling<Step> {
  readonly #tell: (step: Step) => void;
  readonly #untold: Untold<Step>[] = [];
  readonly #waiting = new Set<{ left: number; resolve(): void; reject(error: Error): void }>();
  #ended: CataloguedError | undefined;

  constructor(tell: (step: Step) => void) {
    this.#tell = tell;
  }

  /** Whether all that was decided has been told. */
  get done(): boolean {
    return this.#untold.length === 0;
  }

  /** Tells a step once this version is stored; without one, once all before it are told. */
  add(step: Step, after: number | undefined): void {
    if (this.#ended) return;
    const last = this.#untold.at(-1);
    if (after === undefined && !last) this.#tell(step);
    else this.#untold.push({ step, after: Math.max(after ?? 0, last?.after ?? 0) });
  }

  /** The session is stored as of this version. */
  written(version: number): void {
    while (this.#untold[0] && this.#untold[0].after <= version) {
      const { step } = this.#untold.shift() as Untold<Step>;
      this.#tell(step);
      for (const one of this.#waiting) if (--one.left === 0) one.resolve();
    }
  }

  /** Resolves when all that was decided until now has been told. Rejects with STORE_UNAVAILABLE. */
  async settled(): Promise<void> {
    if (this.#ended) throw this.#ended;
    if (this.done) return;
    await new Promise<void>((resolve, reject) => {
      const end = (then: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        then();
      };
      const waiting = {
        left: this.#untold.length,
        resolve: () => end(resolve),
        reject: (error: Error) => end(() => reject(error)),
      };
      const timer = setTimeout(() => waiting.reject(new CataloguedError("STORE_UNAVAILABLE")), STORED_MS);
      this.#waiting.add(waiting);
    });
  }

  /** Nothing more is told: another server decides. */
  end(error: CataloguedError): void {
    this.#ended = error;
    this.#untold.length = 0;
    for (const { reject } of [...this.#waiting]) reject(error);
  }
}
