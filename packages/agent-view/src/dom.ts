type Child = Node | string | undefined | false;
type Properties = Record<string, string | boolean | ((event: Event) => void) | undefined>;

/** Makes an element: `on…` are listeners, `true` is an empty attribute, undefined and false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** A push button. */
export function button(label: string, run: () => void, kind = ""): HTMLButtonElement {
  return h("button", { type: "button", class: kind, onclick: () => run() }, label);
}

/** Choices with their values, in order. */
export function select(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): HTMLLabelElement {
  const list = h("select", {}, ...options.map(([value, text]) => h("option", { value }, text)));
  return h("label", {}, label, list);
}

/** Shows an element's text only when it differs, so that nothing is read out twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
