/** Calls that wait for a script; more than that a person does not do meanwhile. */
const MOST_WAITING = 200;

/** A script that did not come is not fetched again before: some calls come with each move of an agent's hand. */
const RETRY_MS = 1_000;

/**
 * A part whose script is fetched when it is first needed. What is to be done with it meanwhile waits, in order; when
 * the script does not come, it is dropped, and a later call fetches again.
 */
export class Lazy<T> {
  readonly #load: () => Promise<T>;
  #made: T | undefined;
  #waiting: ((made: T) => void)[] | undefined;
  #notBefore = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** The part, once it is there. */
  get now(): T | undefined {
    return this.#made;
  }

  /** Whether nothing has called for it yet. */
  get idle(): boolean {
    return this.#made === undefined && this.#waiting === undefined;
  }

  use(work: (made: T) => void): void {
    if (this.#made !== undefined) {
      work(this.#made);
      return;
    }
    if (!this.#waiting && Date.now() >= this.#notBefore) this.#begin();
    if (this.#waiting && this.#waiting.length < MOST_WAITING) this.#waiting.push(work);
  }

  #begin(): void {
    const waiting: ((made: T) => void)[] = [];
    this.#waiting = waiting;
    this.#load()
      .then((made) => {
        this.#made = made;
        for (const work of waiting) work(made);
      })
      .catch((error) => {
        this.#notBefore = Date.now() + RETRY_MS;
        console.warn("copane: a part could not be loaded", error);
      })
      .finally(() => {
        this.#waiting = undefined;
      });
  }
}
