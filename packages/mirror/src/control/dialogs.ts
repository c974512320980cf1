import type { DialogKind, Notice } from "@copane/protocol";

const kinds: readonly DialogKind[] = ["alert", "confirm", "prompt"];

/**
 * Tells of a window's native dialogs, which no mirror shows and behind which the page stands still. The page
 * sees the same dialogs, results and errors. When `signal` says so the originals are put back, unless
 * somebody wrapped ours.
 */
export function watchDialogs(view: Window, tell: (notice: Notice) => void, signal: AbortSignal): void {
  const say = (notice: Notice) => {
    if (!signal.aborted) tell(notice);
  };
  const restores = kinds.map((kind) => wrap(view, kind, say));
  signal.addEventListener("abort", () => {
    for (const restore of restores) restore?.();
  });
}

function wrap(view: Window, kind: DialogKind, say: (notice: Notice) => void): (() => void) | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(view, kind);
  if (!descriptor?.configurable || typeof descriptor.value !== "function") return undefined;
  const original = descriptor.value as (...args: unknown[]) => unknown;
  // A method shorthand has no prototype, like the native function.
  const wrapper = {
    [kind](this: unknown, ...args: unknown[]): unknown {
      // Turning an object into text would run code of the page a second time.
      say({ kind: "dialog", dialog: kind, text: typeof args[0] === "string" ? args[0] : "" });
      try {
        return original.apply(this, args);
      } finally {
        say({ kind: "dialogClosed" });
      }
    },
  }[kind] as typeof original;
  Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
  Object.defineProperty(view, kind, { ...descriptor, value: wrapper });
  return () => {
    if (Object.getOwnPropertyDescriptor(view, kind)?.value === wrapper) {
      Object.defineProperty(view, kind, descriptor);
    }
  };
}
