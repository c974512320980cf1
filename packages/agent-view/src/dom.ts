import { h } from "@copane/ui";

/** A push button. */
export function button(label: string, run: () => void, kind = ""): HTMLButtonElement {
  return h("button", { type: "button", class: kind, onclick: () => run() }, label);
}

/** A button that answers what comes unasked (see `Settling`). */
export function answer(...given: Parameters<typeof button>): HTMLButtonElement {
  const made = button(...given);
  made.dataset.answer = "";
  return made;
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
