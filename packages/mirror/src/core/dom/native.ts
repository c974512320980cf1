/**
 * The browser's own getters, setters and methods, as functions of the object that they are asked of. Where the loader
 * ran before the page's scripts it kept them; else they are taken as this module is loaded.
 */
type Interfaces = {
  [K in keyof typeof globalThis]: (typeof globalThis)[K] extends { prototype: infer T } ? T : never;
};
type Interface = {
  [K in keyof Interfaces]: [Interfaces[K]] extends [never] ? never : K;
}[keyof Interfaces];
type Members<I extends Interface> = keyof Interfaces[I] & string;

// biome-ignore lint/suspicious/noExplicitAny: each use says its own types
export type AnyFunction = (...args: any[]) => any;

/** What the loader left, by interface and by name: the same symbol is in it. */
const kept = (globalThis as Record<symbol, Record<string, PropertyDescriptorMap> | undefined>)[
  Symbol.for("copane.native")
];

/**
 * Makes a function of a method: what it is called on is its first argument. A page may have its own `call` and `bind`.
 */
const asFunction: (method: AnyFunction) => AnyFunction =
  kept?.Function?.call?.value ?? Function.prototype.bind.bind(Function.prototype.call);

/** Stands where the browser, or a program without a DOM, does not have it. */
export const missing: AnyFunction = () => undefined;

/** A part of a property of an interface, or of a window; gives undefined where there is none such. */
export function native(type: string, name: string, part: "get" | "set" | "value"): AnyFunction {
  const scope = globalThis as unknown as Record<string, { prototype?: object }>;
  const owner = type === "Window" ? scope : (scope[type]?.prototype ?? {});
  const descriptor = kept?.[type]?.[name] ?? Object.getOwnPropertyDescriptor(owner, name);
  const found = descriptor?.[part];
  return found ? asFunction(found) : missing;
}

/** How a property is read. */
export function getter<I extends Interface, K extends Members<I>>(
  type: I,
  name: K,
): (self: Interfaces[I]) => Interfaces[I][K] {
  return native(type as string, name, "get");
}

/** How a property is set. */
export function setter<I extends Interface, K extends Members<I>>(
  type: I,
  name: K,
): (self: Interfaces[I], value: Interfaces[I][K]) => void {
  return native(type as string, name, "set");
}

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;
type Result<F> = F extends (...args: never[]) => infer R ? R : never;

/** How a method is called. */
export function method<I extends Interface, K extends Members<I>>(
  type: I,
  name: K,
): (self: Interfaces[I], ...args: Arguments<Interfaces[I][K]>) => Result<Interfaces[I][K]> {
  return native(type as string, name, "value");
}
