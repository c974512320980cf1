import { relayed } from "./relayed.ts";
import type { Tool } from "./types.ts";

/** Our engine alone, set up as rrweb is: capture on the page, the replica at the other end. */
export function mirror(): Promise<Tool> {
  return relayed({
    name: "mirror",
    style: "#view { position: fixed; inset: 0 }",
    // As the session script, which brings the engine to a page.
    head: "//# allFunctionsCalledOnLoad\n",
    // It compresses by itself.
    deflated: async (frames) => frames.reduce((sum, { length }) => sum + length, 0),
  });
}
