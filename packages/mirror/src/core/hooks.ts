import type { OnError } from "./guard.ts";
import { Undo } from "./undo.ts";
import { wrap } from "./wrap.ts";

/**
 * Wraps methods of the page's prototypes so that we hear of calls that no observer reports. The page
 * sees the same results and errors; `restore()` puts the originals back, unless somebody wrapped ours.
 */
export class Hooks {
  readonly #undo = new Undo();
  #active = true;
  /** Hears of a fault in what heard of a call. */
  readonly onError: OnError;

  constructor(onError: OnError) {
    this.onError = onError;
  }

  /** Calls `after(self, args, result)` after each successful call of `owner[name]`, a method or a getter. */
  method<T>(
    owner: object | undefined,
    name: string,
    after: (self: T, args: unknown[], result: unknown) => void,
  ): void {
    this.#wrap(owner, name, after, false);
  }

  /** As `method`, of what is set. */
  setter<T>(owner: object | undefined, name: string, after: (self: T, args: unknown[]) => void): void {
    this.#wrap(owner, name, after, true);
  }

  #wrap<T>(
    owner: object | undefined,
    name: string,
    after: (self: T, args: unknown[], result: unknown) => void,
    setter: boolean,
  ): void {
    const call = (original: (...args: unknown[]) => unknown, self: unknown, args: unknown[]) => {
      const result = original.apply(self, args);
      if (this.#active) {
        try {
          after(self as T, args, result);
        } catch (error) {
          this.onError(error);
        }
      }
      return result;
    };
    const restore = wrap(owner, name, call, setter);
    if (owner && restore) this.#undo.add(owner, restore);
  }

  restore(): void {
    this.#active = false;
    this.#undo.run();
  }
}
