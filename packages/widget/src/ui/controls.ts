import { h } from "@copane/ui";
import type { Messages } from "../locales/messages.ts";
import type { Actions } from "./actions.ts";
import type { UiState } from "./state.ts";

/** Without an action it submits its form. */
export function button(
  label: string,
  action: (() => void) | undefined,
  kind: string,
  disabled = false,
): HTMLElement {
  const type = action ? "button" : "submit";
  return h("button", { type, class: kind, disabled, "data-focus": label, onclick: action }, label);
}

/** One that lets others see or do something: it takes no answer in its first moment (see `Settling`). */
export function answer(...given: Parameters<typeof button>): HTMLElement {
  const made = button(...given);
  made.dataset.answer = "";
  return made;
}

export function row(...children: (HTMLElement | string)[]): HTMLElement {
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

export function nameField(state: UiState, text: Messages, actions: Actions): HTMLElement | undefined {
  if (state.nameGiven) return undefined;
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
  const stop = button(text.stop, () => actions.stop(), "danger");
  if (stopKey) stop.setAttribute("aria-keyshortcuts", stopKey);
  return stop;
}

export function smaller(text: Messages, actions: Actions): HTMLElement {
  return button(text.minimise, () => actions.minimise(true), "link");
}
