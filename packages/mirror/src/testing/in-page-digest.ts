/** Runs inside a browser, serialised: it may use nothing from outside its own body. */
export function differences(here: Document, there: Document): string[] {
  const skipped = /^(script|noscript|template|base|title|meta|head|link|style|option|optgroup|source|track)$/;
  // Names of states, what the browser itself plays, and what lies behind a scaled desk.
  const loose =
    /^(animation|transition|cursor|scroll-behavior|perspective-origin|transform-origin|-webkit-locale|d$)/;
  const state = ["value", "checked", "open", "selectedIndex", "indeterminate", "scrollTop", "scrollLeft"];
  const found: string[] = [];
  const children = (parent: ParentNode | null | undefined) =>
    [...(parent?.children ?? [])].filter(
      (one) =>
        !skipped.test(one.localName) && one.id !== "copane-test-host" && !one.hasAttribute("data-copane-own"),
    );
  const styleOf = (element: Element, pseudo: string | null) =>
    (element.ownerDocument.defaultView as Window).getComputedStyle(element, pseudo);
  const pairs = (one: ParentNode | null, other: ParentNode | null, path: string) => {
    const [mine, theirs] = [children(one), children(other)];
    if (mine.length !== theirs.length) found.push(`${path}: ${mine.length} and ${theirs.length} elements`);
    for (const [i, element] of mine.entries())
      if (theirs[i]) compare(element, theirs[i], `${path}/${element.localName}[${i}]`);
  };
  const compare = (mine: Element, theirs: Element, path: string) => {
    const [a, b] = [mine.getBoundingClientRect(), theirs.getBoundingClientRect()];
    for (const side of ["x", "y", "width", "height"] as const)
      if (Math.abs(a[side] - b[side]) > 0.6) found.push(`${path}: ${side} ${a[side]} and ${b[side]}`);
    for (const pseudo of [null, "::before", "::after"]) {
      const [own, other] = [styleOf(mine, pseudo), styleOf(theirs, pseudo)];
      if (pseudo && own.content === "none" && other.content === "none") continue;
      for (const name of own) {
        const [value, shown] = [own.getPropertyValue(name), other.getPropertyValue(name)];
        if (!loose.test(name) && value !== shown)
          found.push(`${path}${pseudo ?? ""}: ${name} ${value} and ${shown}`);
      }
    }
    for (const name of state) {
      const [value, shown] = [mine, theirs].map((one) => (one as unknown as Record<string, unknown>)[name]);
      const near = typeof value === "number" && Math.abs(value - Number(shown)) < 1;
      if (value !== shown && !near) found.push(`${path}: ${name} ${value} and ${shown}`);
    }
    pairs(mine, theirs, path);
    pairs(mine.shadowRoot, theirs.shadowRoot, `${path}/#`);
    if (mine.localName === "iframe") {
      const [inner, copy] = [mine, theirs].map((frame) => (frame as HTMLIFrameElement).contentDocument);
      pairs(inner ?? null, copy ?? null, `${path}/@`);
    }
  };
  compare(here.documentElement, there.documentElement, "html");
  // What is seen, not all that is there.
  const seen = "innerText";
  const [text, read] = [here, there].map(({ body }) => body?.[seen].trim());
  if (text !== read) found.push(`text ${JSON.stringify(text)} and ${JSON.stringify(read)}`);
  return found.slice(0, 30);
}
