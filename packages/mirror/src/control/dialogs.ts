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
  const restores = kinds.map((kind) =>
    wrap(view, kind, (original, self, args) => {
      // Turning an object into text would run code of the page a second time.
      say({ kind: "dialog", dialog: kind, text: typeof args[0] === "string" ? args[0] : "" });
      try {
        return original.apply(self, args);
      } finally {
        say({ kind: "dialogClosed" });
      }
    }),
  );
  signal.addEventListener("abort", () => {
    for (const restore of restores) restore?.();
  });
}
