type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a call of ours in place of a method, a getter or a setter of the page. The page sees the same function but for
 * its text. Gives what puts the original back, unless somebody wrapped ours; undefined where there is none such, or
 * it cannot be replaced.
 * @param setter of a property with a getter as well: its setter
 */
export function wrap(
  owner: object | undefined,
  name: string,
  call: (original: AnyFunction, self: unknown, args: unknown[]) => unknown,
  setter = false,
): (() => void) | undefined {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
  const kind = setter ? "set" : descriptor?.get ? "get" : "value";
  const original = descriptor?.[kind] as AnyFunction | undefined;
  if (!owner || !descriptor?.configurable || typeof original !== "function") return undefined;
  // A method shorthand has no prototype and no own `arguments`, like the native one.
  const wrapper = {
    [original.name](this: unknown, ...args: unknown[]): unknown {
      return call(original, this, args);
    },
  }[original.name] as AnyFunction;
  Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
  Object.defineProperty(owner, name, { ...descriptor, [kind]: wrapper });
  return () => {
    const now = Object.getOwnPropertyDescriptor(owner, name);
    if (now?.[kind] === wrapper) Object.defineProperty(owner, name, { ...now, [kind]: original });
  };
}
