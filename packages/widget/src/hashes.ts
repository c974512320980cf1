import type { WidgetContext } from "./config.ts";

/** Put in by the build of scripts by tag: the hash of each script that the session fetches, by its name. */
declare const COPANE_HASHES: Record<string, string> | undefined;
/** Those that import the mirror's script: it has to be there before, so that no other one comes. */
declare const COPANE_ON_MIRROR: readonly string[];

/** Fetches as the loader does, and knows the hashes of all scripts of this version. */
export function fetchWithHash({ fetch }: Pick<WidgetContext, "fetch">): WidgetContext["fetch"] {
  if (typeof COPANE_HASHES === "undefined") return fetch;
  const hashes = COPANE_HASHES;
  return async (name) => {
    if (COPANE_ON_MIRROR.includes(name)) await fetch("mirror");
    return fetch(name, hashes[name]);
  };
}
