import {
  CUSTOMER_NUMBER,
  foremostAgentOf,
  formatPassphrase,
  parsePassphrase,
  type SessionView,
} from "@copane/protocol";
import { endText, errorText, fill, h } from "@copane/ui";
import type { Messages } from "../locales/messages.ts";
import type { Actions } from "./actions.ts";
import { answer, button, form, nameField, row, smaller, stopButton, terms } from "./controls.ts";
import {
  asksRecording,
  isUrgent,
  type RareScreen,
  type Screen,
  screenOf,
  type UiState,
  watchersOf,
} from "./state.ts";

/** The key that moves the focus from the page to the panel, as it leaves the page in the agent's view. */
export const PANEL_KEY = "F6";

/** A screen's heading and what stands below it. */
export type ScreenView = (
  state: UiState,
  text: Messages,
  actions: Actions,
) => [heading: string, ...body: (HTMLElement | undefined)[]];

/** Screens of rarer moments, from a script of their own. */
export interface RareScreens {
  screens: Record<RareScreen, ScreenView>;
  /** How things stand with recording. */
  recording(session: SessionView, text: Messages, actions: Actions): HTMLElement;
}

/**
 * The panel for a state, and what is read out when it comes: a pure function but for the listeners.
 * @param rare undefined while no such screen is shown, or if their script did not come
 */
export function panel(
  state: UiState,
  text: Messages,
  actions: Actions,
  rare: RareScreens | undefined,
): { view: HTMLElement; said: string } {
  const screen = screenOf(state);
  const { phase } = state;
  const urgent = isUrgent(screen);
  const hint = keysHint(state, text);
  const error = state.error ?? (phase.is === "shared" ? phase.notShared : undefined);
  const view = { ...screens, ...rare?.screens }[screen] ?? plain;
  const [heading, ...body] = view(state, text, actions);
  const told = urgent || screen === "sharing" || screen === "controlled";
  const said = told ? `${heading.replace(/[^.?…]$/, "$&.")} ${hint}` : heading;
  if (phase.is === "shared" && phase.minimised && !urgent && screen !== "controlled")
    return { view: pill(state, screen, text, actions), said };
  const session = sessionOf(state);
  const recording =
    screen === "sharing" && session && asksRecording(phase)
      ? rare?.recording(session, text, actions)
      : undefined;
  const element = h(
    "section",
    {
      class: `panel ${screen}`,
      role: "dialog",
      // What comes by itself may put the focus here, where no key does anything.
      tabindex: "-1",
      "aria-labelledby": "title",
      "data-screen": screen,
    },
    h("h2", { id: "title" }, heading),
    recording,
    ...body,
    error && h("p", { class: "error", role: "alert" }, errorText(error, text.errors)),
    hint && h("p", { class: "hint" }, hint),
    screen !== "offline" &&
      connectionText(state, text) &&
      h("p", { class: "connection", role: "status" }, connectionText(state, text)),
  );
  return { view: element, said };
}

/** The session, while there is one. */
export function sessionOf({ phase }: UiState): SessionView | undefined {
  return phase.is === "shared" ? phase.session : undefined;
}

/** The keys that reach the panel and stop the sharing from anywhere; empty when nothing is shared. */
function keysHint({ phase, stopKey }: UiState, text: Messages): string {
  if (phase.is !== "shared") return "";
  const reach = fill(text.panelKey, { key: PANEL_KEY });
  return stopKey ? `${reach} ${fill(text.stopKey, { key: stopKey })}` : reach;
}

/** In place of a screen that did not come: one can stop all the same. */
const plain: ScreenView = (state, text, actions) => [
  text.title,
  h("p", { class: "error", role: "alert" }, text.incomplete),
  row(stopButton(state, text, actions)),
];

const screens: { [screen in Screen]?: ScreenView } = {
  consent: (state, text, actions) => {
    const busy = state.phase.is === "offer" && state.phase.busy;
    return [
      text.title,
      terms(state, text),
      form(
        () => actions.start(),
        nameField(state, text, actions),
        row(
          answer(busy ? text.starting : text.start, undefined, "primary", busy),
          button(text.close, () => actions.close(), "quiet"),
        ),
      ),
      h(
        "p",
        {},
        button(text.haveKey, () => actions.byKey(true), "link"),
      ),
    ];
  },
  waiting: (state, text, actions) => {
    const session = sessionOf(state);
    const copied = state.phase.is === "shared" && state.phase.copied;
    const digits = session?.passphrase && parsePassphrase(session.passphrase);
    return [
      text.title,
      ...(digits
        ? [
            h("p", {}, text.readOut),
            // Digit by digit for screen readers, in two groups for the eye.
            h("p", { class: "passphrase", "aria-label": [...digits].join(" ") }, formatPassphrase(digits)),
            button(copied ? text.copied : text.copy, () => actions.copy(), "quiet"),
            h("p", { class: "hint" }, text.waiting),
          ]
        : [h("p", {}, session?.initiator === "agent" ? text.waiting : text.keyExpired)]),
      row(stopButton(state, text, actions), smaller(text, actions)),
    ];
  },
  sharing: (state, text, actions) => [
    watched(state, text),
    row(
      button(text.pause, () => actions.pause(), "quiet"),
      button(text.draw, () => actions.draw(), "quiet"),
      stopButton(state, text, actions),
      smaller(text, actions),
    ),
  ],
  paused: (state, text, actions) => [
    text.paused,
    row(
      answer(text.resume, () => actions.resume(), "primary"),
      stopButton(state, text, actions),
    ),
  ],
  // Fetched with the rest: when it is needed, nothing can be fetched.
  offline: (state, text, actions) => [
    connectionText(state, text),
    h("p", {}, text.offlineNote),
    row(stopButton(state, text, actions), smaller(text, actions)),
  ],
  // The error says why.
  unshared: (state, text, actions) => [
    text.unshared,
    row(stopButton(state, text, actions), smaller(text, actions)),
  ],
  ended: ({ phase }, text, actions) => [
    text.ended,
    h("p", {}, phase.is === "ended" && endText(phase.reason, CUSTOMER_NUMBER, text.ends)),
    row(button(text.close, () => actions.close(), "primary")),
  ],
};

/** How the connection stands; empty while it does. */
function connectionText({ phase }: UiState, text: Messages): string {
  return phase.is === "shared" && phase.connection !== "connected" ? text[phase.connection] : "";
}

/** Who sees the page, as far as this page knows. */
function watched(state: UiState, text: Messages): string {
  const session = sessionOf(state);
  const names = session ? watchersOf(session) : [];
  const [name] = names;
  const [unseeing] = session ? watchersOf(session, false) : [];
  if (name === undefined && unseeing !== undefined) return fill(text.unseeing, { name: unseeing });
  if (name === undefined)
    return fill(text.agentAway, { name: (session && foremostAgentOf(session)?.name) ?? "" });
  return names.length > 1
    ? fill(text.watchingMany, { names: names.join(", ") })
    : fill(text.watching, { name });
}

function pill(state: UiState, screen: Screen, text: Messages, actions: Actions): HTMLElement {
  const labels: { [screen in Screen]?: string } = {
    offline: connectionText(state, text),
    unshared: text.unshared,
    paused: text.paused,
    waiting: text.waiting,
  };
  const label = labels[screen] ?? text.sharing;
  return h(
    "button",
    {
      type: "button",
      class: `pill ${screen}`,
      "aria-label": `${label}. ${text.expand}`,
      title: keysHint(state, text),
      "data-focus": "pill",
      onclick: () => actions.minimise(false),
    },
    h("span", { class: "dot", "aria-hidden": "true" }),
    label,
  );
}
