import * as dom from "@copane/mirror/dom";
import { h } from "@copane/ui";
import type { Messages } from "../locales/messages.ts";
import type { Actions } from "./actions.ts";
import { icon, icons } from "./icons.ts";
import type { UiState } from "./state.ts";

/** Without an action it submits its form. */
export function button(
  label: string,
  action: (() => void) | undefined,
  kind: string,
  disabled = false,
): HTMLElement {
  const type = action ? "button" : "submit";
  return h("button", { type, class: kind, disabled, "data-focus": label, onclick: action }, keyed(label));
}

/** One of the actions that stand side by side: a picture over its word. */
export function act(label: string, lines: string, action: () => void, kind = ""): HTMLElement {
  const made = button(label, action, `act ${kind}`);
  made.prepend(icon(lines));
  return made;
}

/** Whether keys may be spoken of: a device that has fingers, and nothing that hovers, has hardly a keyboard. */
export function hasKeyboard(): boolean {
  return !dom.matchMedia(window, "(any-hover: none) and (any-pointer: coarse)").matches;
}

/** A label without the key that it names at its end, as in "Take back control (Esc)", where there is no keyboard. */
export function keyed(label: string): string {
  return hasKeyboard() ? label : label.replace(/ ?\(\w+\)$/, "");
}

/** One that lets others see or do something: it takes no answer in its first moment (see `Settling`). */
export function answer(...given: Parameters<typeof button>): HTMLElement {
  const made = button(...given);
  made.dataset.answer = "";
  return made;
}

export function row(...children: Parameters<typeof h>[2][]): HTMLElement {
  return h("div", { class: "row" }, ...children);
}

export function form(submit: () => void, ...children: (HTMLElement | undefined)[]): HTMLElement {
  const send = (event: Event) => {
    event.preventDefault();
    submit();
  };
  return h("form", { onsubmit: send }, ...children);
}

/** What the customer consents to: the site's words in the language of the panel, else the widget's own. */
export function terms({ consentText }: UiState, text: Messages): HTMLElement {
  return h("p", {}, consentText[text.language] ?? consentText[text.language.slice(0, 2)] ?? text.consent);
}

/** Where the site wants a name and has none. */
export function nameField(state: UiState, text: Messages, actions: Actions): HTMLElement | undefined {
  if (!state.asksName) return undefined;
  const input = h("input", {
    name: "name",
    autocomplete: "name",
    maxlength: "99",
    required: true,
    "data-focus": "name",
    oninput: (event) => actions.named((event.target as HTMLInputElement).value),
  }) as HTMLInputElement;
  input.value = state.name;
  return h("label", {}, text.yourName, input);
}

export function stopButton({ stopKey }: UiState, text: Messages, actions: Actions): HTMLElement {
  const stop = act(text.stop, icons.stop, () => actions.stop(), "danger");
  if (stopKey) stop.setAttribute("aria-keyshortcuts", stopKey);
  return stop;
}
