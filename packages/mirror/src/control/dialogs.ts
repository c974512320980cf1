import { undoAt } from "../core/undo.ts";
import { wrap } from "../core/wrap.ts";
import type { DialogKind, Notice } from "./notice.ts";

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
  const undo = undoAt(signal);
  for (const kind of kinds) {
    const restore = wrap(view, kind, (original, self, args) => {
      // Turning an object into text would run code of the page a second time.
      say({ kind: "dialog", dialog: kind, text: typeof args[0] === "string" ? args[0] : "" });
      try {
        return original.apply(self, args);
      } finally {
        say({ kind: "dialogClosed" });
      }
    });
    // An iframe's window is known by one name for all that it loads: what stands for one of them is a prototype.
    if (restore) undo.add((view as Window & typeof globalThis).Element.prototype, restore);
  }
}
