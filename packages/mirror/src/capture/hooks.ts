type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/**
 * Wraps methods of the page's prototypes so that we hear of calls that no observer reports. The page
 * sees the same results and errors; `restore()` puts the originals back, unless somebody wrapped ours.
 */
export class Hooks {
  readonly #restores: (() => void)[] = [];
  #active = true;
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Calls `after(self, args, result)` after each successful call of `owner[name]`. */
  method<T>(
    owner: object | undefined,
    name: string,
    after: (self: T, args: unknown[], result: unknown) => void,
  ): void {
    const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!owner || !descriptor?.configurable || typeof descriptor.value !== "function") return;
    const original = descriptor.value as AnyFunction;
    const hooks = this;
    // A method shorthand has no prototype and no own `arguments`, like the native one.
    const wrapper = {
      [name](this: unknown, ...args: never[]): unknown {
        const result = original.apply(this, args);
        if (hooks.#active) {
          try {
            after(this as T, args, result);
          } catch (error) {
            hooks.#onError(error);
          }
        }
        return result;
      },
    }[name] as AnyFunction;
    Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
    Object.defineProperty(owner, name, { ...descriptor, value: wrapper });
    this.#restores.push(() => {
      if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapper) {
        Object.defineProperty(owner, name, descriptor);
      }
    });
  }

  restore(): void {
    this.#active = false;
    for (const restore of this.#restores.splice(0)) restore();
  }
}
