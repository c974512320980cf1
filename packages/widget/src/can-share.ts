/** What a session needs and browsers got last, each with where it stands: see "Browsers" in README.md. */
const needed: readonly [owner: () => object, name: string][] = [
  [() => HTMLElement.prototype, "showPopover"],
  [() => Document.prototype, "adoptedStyleSheets"],
  [() => AbortSignal, "timeout"],
  [() => Array.prototype, "findLast"],
  [() => window, "CompressionStream"],
  [() => window, "WeakRef"],
];

/** Whether this browser has what a session needs. */
export function canShare(): boolean {
  return needed.every(([owner, name]) => {
    try {
      return name in owner();
    } catch {
      return false;
    }
  });
}
