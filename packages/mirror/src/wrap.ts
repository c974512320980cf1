type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a call of ours in place of a method of the page. The page sees the same function but for its text. Gives what puts
 * the original back, unless somebody wrapped ours; undefined where there is no such method, or it cannot be replaced.
 */
export function wrap(
  owner: object | undefined,
  name: string,
  call: (original: AnyFunction, self: unknown, args: unknown[]) => unknown,
): (() => void) | undefined {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
  if (!owner || !descriptor?.configurable || typeof descriptor.value !== "function") return undefined;
  const original = descriptor.value as AnyFunction;
  // A method shorthand has no prototype and no own `arguments`, like the native one.
  const wrapper = {
    [name](this: unknown, ...args: unknown[]): unknown {
      return call(original, this, args);
    },
  }[name] as AnyFunction;
  Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
  Object.defineProperty(owner, name, { ...descriptor, value: wrapper });
  return () => {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === wrapper)
      Object.defineProperty(owner, name, descriptor);
  };
}
