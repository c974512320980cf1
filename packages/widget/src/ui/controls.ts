import { h } from "./dom.ts";

/** Without an action it submits its form. */
export function button(
  label: string,
  action: (() => void) | undefined,
  kind: string,
  disabled = false,
): HTMLElement {
  const type = action ? "button" : "submit";
  return h(
    "button",
    { type, class: kind, disabled, "data-focus": label, ...(action ? { onclick: action } : {}) },
    label,
  );
}

export function row(...children: (HTMLElement | string)[]): HTMLElement {
  return h("div", { class: "row" }, ...children);
}
