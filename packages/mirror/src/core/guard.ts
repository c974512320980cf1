import { addEventListener } from "./dom.ts";

/** Hears of a fault of the engine. */
export type OnError = (error: unknown) => void;

/** How every listener of ours is added: before the page's own, and never in its way. */
export type ListenOptions = AddEventListenerOptions & { signal: AbortSignal; onError: OnError };

// biome-ignore lint/suspicious/noExplicitAny: each event type has its own listener
type Listener = (event: any) => void;

/** By listener: the same listener is added once, however often we listen. */
const wrappers = new WeakMap<Listener, Listener>();

/** Wraps a callback: what it throws is a fault of the engine, and never reaches the page. */
export function guarded<A extends unknown[]>(onError: OnError, work: (...args: A) => void) {
  return (...args: A): void => {
    try {
      work(...args);
    } catch (error) {
      onError(error);
    }
  };
}

/** Adds a listener of ours. What it throws is a fault of the engine. */
export function listen(
  target: EventTarget,
  types: readonly string[],
  listener: Listener,
  { onError, ...options }: ListenOptions,
): void {
  let wrapper = wrappers.get(listener);
  if (!wrapper) {
    wrapper = guarded(onError, listener);
    wrappers.set(listener, wrapper);
  }
  for (const type of types) addEventListener(target, type, wrapper, options);
}
