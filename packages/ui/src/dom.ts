type Child = Node | string | undefined | false;
type Properties = Record<string, string | boolean | ((event: Event) => void) | undefined>;

/** Makes an element: `on…` are listeners, `true` is an empty attribute, undefined and false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  // A picture of the page may be called `createElement`: then the document's own is another thing.
  const element = Document.prototype.createElement.call(document, tag) as HTMLElementTagNameMap[K];
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}
