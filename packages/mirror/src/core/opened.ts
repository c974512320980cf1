/** When dialogs and popovers were opened last, by a count, and what opened them. */
export type Opened = WeakMap<Element, { at: number; source: Element | null | undefined }>;

/** Adds what opened something that was noted already. */
export function openedBy(element: Element, source: Element, opened: Opened): void {
  const known = opened.get(element);
  if (known) known.source = source;
}

/** Notes from now on what is opened outside of shadow roots: no browser tells the order of the top layer. */
export function watchOpened(target: EventTarget, opened: Opened): void {
  let at = 0;
  target.addEventListener(
    "beforetoggle",
    (event) => {
      const { newState, source } = event as ToggleEvent & { source?: Element | null };
      if (newState === "open") opened.set(event.target as Element, { at: at++, source });
    },
    { capture: true, passive: true },
  );
}
