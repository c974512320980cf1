import { h } from "@copane/ui";
import { type IconName, icon } from "./parts/icons.ts";

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

interface IconButton {
  icon: IconName;
  name: string;
  run: () => void;
  /** The key that does the same (see `keys.ts`). */
  key?: string | undefined;
  kind?: string;
  /** Whether its name stands beside the icon, where there is room. */
  worded?: boolean;
}

/** A button with an icon; its name, and the key that does the same, stand in its tooltip. */
export function iconButton({
  icon: sign,
  name,
  run,
  key,
  kind = "",
  worded = false,
}: IconButton): HTMLButtonElement {
  const made = button("", run, `${kind} ${worded ? "worded" : "bare"}`.trim());
  made.append(icon(sign), h("span", { class: "word" }));
  if (key) made.setAttribute("aria-keyshortcuts", key);
  return named(made, name);
}

/** Names a button of `iconButton`, or names it anew. */
export function named(made: HTMLButtonElement, name: string): HTMLButtonElement {
  if (made.ariaLabel === name) return made;
  made.ariaLabel = name;
  const key = made.getAttribute("aria-keyshortcuts");
  made.dataset.tip = key ? `${name} (${key})` : name;
  const word = made.querySelector<HTMLElement>(".word");
  if (word) setText(word, name);
  return made;
}
