import { type EmbeddedOptions, joinPage } from "@copane/mirror/subframes";

/** The page in an iframe, which the loader hands over once a page outside that it allows has asked for it. */
let end: (() => void) | undefined;

/** Begins; what was begun before ends, for a page outside that comes again has forgotten it. */
export function join(options: Omit<EmbeddedOptions, "window">): void {
  end?.();
  end = joinPage({
    ...options,
    window,
    onError: (error) => console.warn("copane: the mirror met an error", error),
  });
}
