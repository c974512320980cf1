import type { SessionView } from "@copane/protocol";
import { fill, h } from "@copane/ui";
import type { Messages } from "../messages/index.ts";
import { screenMessagesFor } from "../messages/screens.ts";
import type { Actions } from "./actions.ts";
import { answer, button, form, nameField, row, stopButton, terms } from "./controls.ts";
import type { RareScreens, ScreenView } from "./panel.ts";
import { agentOf } from "./state.ts";

/** Yes or no; both equally near. */
function question(text: Messages, allow: () => void, deny: () => void): HTMLElement {
  const words = screenMessagesFor(text.language);
  return row(answer(words.allow, allow, "primary"), answer(words.deny, deny, "quiet"));
}

const key: ScreenView = (state, text, actions) => {
  const words = screenMessagesFor(text.language);
  const input = h("input", {
    name: "key",
    inputmode: "numeric",
    autocomplete: "off",
    maxlength: "12",
    "aria-describedby": "key-hint",
    "data-focus": "key",
    required: true,
  }) as HTMLInputElement;
  return [
    text.title,
    terms(state, text),
    form(
      () => actions.join(input.value),
      nameField(state, text, actions),
      h("label", {}, words.key, input),
      h("p", { id: "key-hint", class: "hint" }, words.keyHint),
      row(
        button(state.busy ? text.starting : words.join, undefined, "primary", state.busy),
        button(words.back, () => actions.byKey(false), "quiet"),
      ),
    ),
  ];
};

const askView: ScreenView = ({ session }, text, actions) => [
  fill(screenMessagesFor(text.language).viewAsked, { name: nameIn(session) }),
  h("p", {}, text.consent),
  question(
    text,
    () => actions.give("view"),
    () => actions.refuse("view"),
  ),
];

const askRecording: ScreenView = (_state, text, actions) => [
  screenMessagesFor(text.language).recordingAsked,
  question(
    text,
    () => actions.give("recording"),
    () => actions.refuse("recording"),
  ),
];

/** The customer is not seen, and may change that. */
const hidden: ScreenView = (state, text, actions) => {
  const words = screenMessagesFor(text.language);
  return [
    words.hidden,
    row(
      answer(words.showPage, () => actions.give("view"), "primary"),
      stopButton(state, text, actions),
    ),
  ];
};

const control: ScreenView = ({ session }, text, actions) => {
  const words = screenMessagesFor(text.language);
  const asked = session?.control.level === "scroll" ? words.scrollAsked : words.controlAsked;
  return [
    fill(asked, { name: nameIn(session) }),
    ...extent(session, text),
    h("p", {}, words.controlNote),
    question(
      text,
      () => actions.grant(),
      () => actions.deny(),
    ),
  ];
};

const controlled: ScreenView = (state, text, actions) => {
  const words = screenMessagesFor(text.language);
  const { session } = state;
  const held = session?.control.level === "scroll" ? words.scrolls : words.inControl;
  return [
    fill(held, { name: nameIn(session) }),
    ...extent(session, text),
    row(
      button(words.takeBack, () => actions.revoke(), "primary"),
      stopButton(state, text, actions),
    ),
  ];
};

const idle: ScreenView = (state, text, actions) => {
  const words = screenMessagesFor(text.language);
  return [
    words.idle,
    h("p", {}, fill(words.idleNote, { seconds: state.idleSeconds ?? 0 })),
    row(
      answer(words.goOn, () => actions.goOn(), "primary"),
      stopButton(state, text, actions),
    ),
  ];
};

/** How things stand with recording, and the way to change that. */
function recording({ consent }: SessionView, text: Messages, actions: Actions): HTMLElement {
  const words = screenMessagesFor(text.language);
  return consent.given.includes("recording")
    ? row(
        words.recorded,
        button(words.stopRecording, () => actions.refuse("recording"), "link"),
      )
    : row(
        words.notRecorded,
        answer(words.allowRecording, () => actions.give("recording"), "link"),
      );
}

/** Where and how long a grant holds, when it is not for the whole page and for good. */
function extent(session: SessionView | undefined, text: Messages): HTMLElement[] {
  const { scope, endsInMs } = session?.control ?? {};
  const words = screenMessagesFor(text.language);
  const hints = [];
  if (scope !== undefined) hints.push(words.scoped);
  if (endsInMs !== undefined)
    hints.push(fill(words.timed, { minutes: Math.max(1, Math.ceil(endsInMs / 60_000)) }));
  return hints.map((hint) => h("p", { class: "hint" }, hint));
}

function nameIn(session: SessionView | undefined): string {
  return (session && agentOf(session)) ?? "";
}

export const rareScreens: RareScreens = {
  screens: { key, askView, askRecording, hidden, control, controlled, idle },
  recording,
};
