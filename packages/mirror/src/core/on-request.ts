/** Calls that wait for one part; more than that a person does not do meanwhile. */
const MOST_WAITING = 200;

/** A part that did not come is not fetched again before: some calls come with each move of an agent's hand. */
const RETRY_MS = 1_000;

type State<T> =
  | { is: "idle" }
  | { is: "loading"; waiting: Waiting<T>[] }
  | { is: "ready"; part: T }
  | { is: "failed"; at: number };

interface Waiting<T> {
  work(part: T): void;
  otherwise: (() => void) | undefined;
}

interface OnRequestOptions<T> {
  /** Hears why the part did not come, or what went wrong in work that waited. The console, by default. */
  onError?: (error: unknown) => void;
  /** Ends a part that `reset` gave up, also one that arrives only later. */
  discard?: (part: T) => void;
}

/**
 * A part of the program that is fetched when it is first needed. Work for it waits, in order and bounded. If the part
 * does not come, that work is dropped, and the first call after a second fetches again.
 */
export class OnRequest<T> {
  readonly #load: () => Promise<T>;
  readonly #options: OnRequestOptions<T>;
  #state: State<T> = { is: "idle" };

  /** @param load fetches the part's script and makes the part */
  constructor(load: () => Promise<T>, options: OnRequestOptions<T> = {}) {
    this.#load = load;
    this.#options = options;
  }

  /** `idle`: nobody has asked yet. `failed`: it did not come the last time. */
  get state(): State<T>["is"] {
    return this.#state.is;
  }

  /** Whether the part is there or on its way. */
  get requested(): boolean {
    return this.#state.is === "loading" || this.#state.is === "ready";
  }

  /** The part, once it is there. */
  get now(): T | undefined {
    return this.#state.is === "ready" ? this.#state.part : undefined;
  }

  /**
   * Does something with the part: at once if it is there, else when it has come.
   * @param otherwise runs instead if the part does not come, or too much waits for it already
   */
  use(work: (part: T) => void, otherwise?: () => void): void {
    const state = this.#request();
    if (state.is === "ready") work(state.part);
    else if (state.is === "loading" && state.waiting.length < MOST_WAITING)
      state.waiting.push({ work, otherwise });
    else otherwise?.();
  }

  /** Gives the part up; the next call begins anew. Work that waits is dropped. */
  reset(): void {
    const { now } = this;
    this.#state = { is: "idle" };
    if (now !== undefined) this.#options.discard?.(now);
  }

  #request(): State<T> {
    const state = this.#state;
    if (state.is === "idle" || (state.is === "failed" && Date.now() - state.at >= RETRY_MS)) this.#begin();
    return this.#state;
  }

  #begin(): void {
    const waiting: Waiting<T>[] = [];
    const loading = { is: "loading", waiting } as const;
    this.#state = loading;
    const wanted = () => this.#state === loading;
    this.#load().then(
      (part) => {
        if (wanted()) {
          this.#state = { is: "ready", part };
          for (const { work } of waiting) this.#run(() => work(part));
        } else this.#options.discard?.(part);
      },
      (error) => {
        if (!wanted()) return;
        this.#state = { is: "failed", at: Date.now() };
        this.#report(error);
        for (const { otherwise } of waiting) this.#run(() => otherwise?.());
      },
    );
  }

  #run(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    if (this.#options.onError) this.#options.onError(error);
    else console.warn("copane: a part could not be loaded", error);
  }
}
