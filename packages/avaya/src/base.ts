/** What a promise of this SDK fails with, and what its pages read by `getMessage()`. */
export class CoBrowseError extends Error {
  override readonly name = "CoBrowseError";
  /** Number from Copane's catalogue; 0 where there is none. */
  readonly code: number;

  constructor(message = "", code = 0) {
    super(message);
    this.code = code;
  }

  getMessage(): string {
    return this.message;
  }

  static from(error: unknown): CoBrowseError {
    if (error instanceof CoBrowseError) return error;
    const { message, code } = (error ?? {}) as { message?: string; code?: unknown };
    return new CoBrowseError(message ?? String(error), typeof code === "number" ? code : 0);
  }
}

type Success<T, R> = ((value: T) => R | PromiseLike<R>) | null | undefined;
type Failure<R> = ((error: CoBrowseError) => R | PromiseLike<R>) | null | undefined;

/**
 * A promise with `then(onSuccess, onFailure)`. A failure that nobody asked for is nobody's error: pages of this
 * SDK call most methods without a second function.
 */
export class CobrowsePromise<T = unknown> implements PromiseLike<T> {
  readonly #promise: Promise<T>;

  constructor(promise: Promise<T>) {
    this.#promise = promise;
    promise.catch(() => {});
  }

  // biome-ignore lint/suspicious/noThenProperty: the name is the SDK's
  then<R = T, F = never>(onSuccess?: Success<T, R>, onFailure?: Failure<F>): CobrowsePromise<R | F> {
    return new CobrowsePromise(this.#promise.then(reported(onSuccess), reported(onFailure)));
  }

  catch<F = never>(onFailure?: Failure<F>): CobrowsePromise<T | F> {
    return this.then(undefined, onFailure);
  }
}

/** A mistake in the page's own function reaches the page's console, as it would from a plain callback. */
function reported<A, R>(run: ((argument: A) => R) | null | undefined): ((argument: A) => R) | undefined {
  if (typeof run !== "function") return undefined;
  return (argument) => {
    try {
      return run(argument);
    } catch (error) {
      reportError(error);
      throw error;
    }
  };
}
