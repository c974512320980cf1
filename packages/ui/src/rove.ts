/** What stands in a toolbar but is none of its buttons: a list that one of them opens. */
const APART = "[data-apart]";

interface RoveOptions {
  signal: AbortSignal;
  /** Whether its buttons stand in a column. */
  vertical?: boolean;
}

/**
 * Makes a toolbar one stop of the Tab key; arrows, Home and End go from button to button in it. The button that is
 * marked `data-first` is the first stop.
 */
export function rove(bar: HTMLElement, { signal, vertical = false }: RoveOptions): void {
  let stop: HTMLElement | undefined;

  const items = () =>
    [...bar.querySelectorAll<HTMLElement>("button")].filter(
      (one) => !(one as HTMLButtonElement).disabled && !one.closest(APART) && one.getClientRects().length > 0,
    );

  const settle = () => {
    const all = items();
    if (!stop || !all.includes(stop)) stop = all.find(({ dataset }) => "first" in dataset) ?? all[0];
    for (const one of bar.querySelectorAll<HTMLElement>("button")) {
      const index = one === stop || one.closest(APART) ? 0 : -1;
      if (one.tabIndex !== index) one.tabIndex = index;
    }
  };

  const focused = ({ target }: Event) => {
    const one = (target as Element).closest<HTMLElement>("button");
    if (!one || one.closest(APART)) return;
    stop = one;
    settle();
  };

  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = items();
    const at = all.indexOf((event.target as Element).closest("button") as HTMLButtonElement);
    const to = at < 0 ? undefined : next(event.key, at, all.length);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to]?.focus();
  };

  const next = (key: string, at: number, count: number): number | undefined => {
    const mirrored = !vertical && getComputedStyle(bar).direction === "rtl";
    const [back, on] = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    if (key === "Home") return 0;
    if (key === "End") return count - 1;
    if (key === (mirrored ? back : on)) return (at + 1) % count;
    if (key === (mirrored ? on : back)) return (at - 1 + count) % count;
    return undefined;
  };

  bar.addEventListener("focusin", focused, { signal });
  bar.addEventListener("keydown", pressed, { signal });
  const observer = new MutationObserver(settle);
  observer.observe(bar, { subtree: true, childList: true, attributeFilter: ["hidden", "disabled"] });
  signal.addEventListener("abort", () => observer.disconnect());
  settle();
  // What is not laid out yet has no buttons to be seen.
  requestAnimationFrame(() => {
    if (!signal.aborted) settle();
  });
}
