import { consentOf, foremostAgentOf, type SessionView } from "@copane/protocol";
import { fill, fillCounted, h } from "@copane/ui";
import { screens as english } from "../locales/en/screens.ts";
import type { Messages } from "../locales/messages.ts";
import type { Actions } from "./actions.ts";
import { answer, button, form, nameField, row, stopButton, terms } from "./controls.ts";
import { type RareScreens, type ScreenView, sessionOf } from "./panel.ts";
import type { UiState } from "./state.ts";

export function wordsOf(text: Messages): typeof english {
  return { ...english, ...text.screens };
}

/** Yes or no; both equally near. */
function question(text: Messages, allow: () => void, deny: () => void): HTMLElement {
  const words = wordsOf(text);
  return row(answer(words.allow, allow, "primary"), answer(words.deny, deny, "quiet"));
}

const key: ScreenView = (state, text, actions) => {
  const words = wordsOf(text);
  const busy = state.phase.is === "offer" && state.phase.busy;
  const input = h("input", {
    name: "key",
    inputmode: "numeric",
    autocomplete: "off",
    maxlength: "20",
    "aria-describedby": "key-hint",
    "data-focus": "key",
    required: true,
  }) as HTMLInputElement;
  if (state.phase.is === "offer" && state.phase.key) input.value = state.phase.key;
  return [
    text.title,
    terms(state, text),
    form(
      () => actions.join(input.value),
      nameField(state, text, actions),
      h("label", {}, words.key, input),
      h("p", { id: "key-hint", class: "hint" }, words.keyHint),
      row(
        button(busy ? text.starting : words.join, undefined, "primary", busy),
        button(words.back, () => actions.byKey(false), "quiet"),
      ),
    ),
  ];
};

/** Both screens show the same two figures, or somebody else is at the other end. */
const match: ScreenView = (state, text, actions) => {
  const words = wordsOf(text);
  const { phase } = state;
  const figures = phase.is === "shared" ? phase.figures : undefined;
  const confirmed = sessionOf(state)?.match?.confirmed.includes("customer");
  const name = agentName(state);
  return [
    fill(words.matchAsked, { name }),
    h("p", { class: "figures", "aria-label": figures?.split("").join(" ") }, figures ?? "…"),
    h("p", {}, fill(confirmed ? words.matchWaits : words.matchNote, { name })),
    row(
      ...(figures === undefined || confirmed
        ? []
        : [answer(words.matchSame, () => actions.confirmMatch(), "primary")]),
      button(words.matchDiffers, () => actions.refuseMatch(), "quiet"),
    ),
  ];
};

/** What is asked together is answered together: who says yes may leave recording out. */
const askView: ScreenView = (state, text, actions) => {
  const session = sessionOf(state);
  const recording = session && consentOf(session, "recording") === "asked";
  const box = h("input", { type: "checkbox", name: "recording", "data-focus": "recording" });
  return [
    fill(wordsOf(text).viewAsked, { name: agentName(state) }),
    terms(state, text),
    recording && h("label", { class: "check" }, box, wordsOf(text).recordingToo),
    question(
      text,
      () => {
        if (recording) actions[box.checked ? "give" : "refuse"]("recording");
        actions.give("view");
      },
      () => {
        if (recording) actions.refuse("recording");
        actions.refuse("view");
      },
    ),
  ];
};

const askRecording: ScreenView = (_state, text, actions) => [
  wordsOf(text).recordingAsked,
  question(
    text,
    () => actions.give("recording"),
    () => actions.refuse("recording"),
  ),
];

/** The customer is not seen, and may change that. */
const hidden: ScreenView = (state, text, actions) => {
  const words = wordsOf(text);
  return [
    words.hidden,
    row(
      answer(words.showPage, () => actions.give("view"), "primary"),
      stopButton(state, text, actions),
    ),
  ];
};

const control: ScreenView = (state, text, actions) => {
  const session = sessionOf(state);
  const words = wordsOf(text);
  const asked = session?.control.level === "scroll" ? words.scrollAsked : words.controlAsked;
  return [
    fill(asked, { name: agentName(state) }),
    ...extent(session, text),
    h("p", {}, words.controlNote),
    question(
      text,
      () => actions.grant(),
      () => actions.deny(),
    ),
  ];
};

const takeBack: RareScreens["takeBack"] = (text, actions) =>
  button(wordsOf(text).takeBack, () => actions.revoke(), "primary");

const controlled: ScreenView = (state, text, actions) => {
  const words = wordsOf(text);
  const session = sessionOf(state);
  const held = session?.control.level === "scroll" ? words.scrolls : words.inControl;
  return [
    fill(held, { name: agentName(state) }),
    ...extent(session, text),
    row(takeBack(text, actions), stopButton(state, text, actions)),
  ];
};

const idle: ScreenView = (state, text, actions) => {
  const words = wordsOf(text);
  return [
    words.idle,
    h(
      "p",
      {},
      fillCounted(
        words.idleNote,
        { seconds: (state.phase.is === "shared" && state.phase.idleSeconds) || 0 },
        text.language,
      ),
    ),
    row(
      answer(words.goOn, () => actions.goOn(), "primary"),
      stopButton(state, text, actions),
    ),
  ];
};

/** How things stand with recording, and the way to change that. */
function recording(session: SessionView, text: Messages, actions: Actions): HTMLElement {
  const words = wordsOf(text);
  return consentOf(session, "recording") === "given"
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
  const words = wordsOf(text);
  const hints = [];
  if (scope !== undefined) hints.push(words.scoped);
  if (endsInMs !== undefined)
    hints.push(fill(words.timed, { minutes: Math.max(1, Math.ceil(endsInMs / 60_000)) }));
  return hints.map((hint) => h("p", { class: "hint" }, hint));
}

function agentName(state: UiState): string {
  const session = sessionOf(state);
  return (session && foremostAgentOf(session)?.name) ?? "";
}

export const rareScreens: RareScreens = {
  screens: { key, match, askView, askRecording, hidden, control, controlled, idle },
  recording,
  takeBack,
};
