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
import { act, answer, button, form, hasKeyboard, nameField, row, stopButton, terms } from "./controls.ts";
import { icon, icons } from "./icons.ts";
import {
  asksRecording,
  isSmall,
  isUrgent,
  type RareScreen,
  type Screen,
  type Shared,
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
) => [heading: string, ...body: (HTMLElement | string | false | undefined)[]];

/** Screens of rarer moments, from a script of their own. */
export interface RareScreens {
  screens: Record<RareScreen, ScreenView>;
  /** How things stand with recording. */
  recording(session: SessionView, text: Messages, actions: Actions): HTMLElement;
  /** The button that ends an agent's control. */
  takeBack(text: Messages, actions: Actions): HTMLElement;
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
): { view: HTMLElement; said: string; heading: string } {
  const screen = screenOf(state);
  const { phase } = state;
  const hint = keysHint(state, text);
  const error = state.error ?? (phase.is === "shared" ? phase.notShared : undefined);
  const draw = { ...screens, ...rare?.screens }[screen] ?? plain;
  const [heading, ...body] = draw(state, text, actions);
  const told = isUrgent(screen) || screen === "sharing" || screen === "controlled";
  const said = told ? `${heading.replace(/[^.?…]$/, "$&.")} ${hint}` : heading;
  const session = sessionOf(state);
  if (isSmall(state)) {
    const back = screen === "controlled" ? rare?.takeBack(text, actions) : undefined;
    return { view: pill(screen, back, heading, hint, text, actions), said, heading };
  }
  const recording =
    screen === "sharing" && session && asksRecording(phase)
      ? rare?.recording(session, text, actions)
      : undefined;
  const view = h(
    "section",
    {
      class: `panel ${screen}`,
      role: "dialog",
      // What comes by itself may put the focus here, where no key does anything.
      tabindex: "-1",
      "aria-labelledby": "title",
      "data-screen": screen,
    },
    h("div", { class: "head" }, phase.is === "shared" && dot(), h("h2", { id: "title" }, heading)),
    h(
      "div",
      { class: "body" },
      recording,
      ...body,
      error && h("p", { class: "error", role: "alert" }, errorText(error, text.errors)),
      hint && h("p", { class: "hint" }, hint),
      screen !== "offline" &&
        connectionText(state, text) &&
        h("p", { class: "connection", role: "status" }, connectionText(state, text)),
    ),
    // Last, for the first Tab leads to what is asked; it stands in the corner above.
    phase.is === "shared" && resizer(text.minimise, icons.less, () => actions.minimise(true)),
  );
  return { view, said, heading };
}

function dot(): HTMLElement {
  return h("span", { class: "dot", "aria-hidden": "true" });
}

/** The chevron. */
function resizer(label: string, lines: string, action: () => void): HTMLElement {
  const made = h("button", {
    type: "button",
    class: "flat",
    "aria-label": label,
    title: label,
    onclick: action,
  });
  made.append(icon(lines));
  return made;
}

/** The session, while there is one. */
export function sessionOf({ phase }: UiState): SessionView | undefined {
  return phase.is === "shared" ? phase.session : undefined;
}

/** The keys that reach the panel and stop the sharing from anywhere; empty when nothing is shared. */
function keysHint({ phase, stopKey }: UiState, text: Messages): string {
  if (phase.is !== "shared" || !hasKeyboard()) return "";
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
      button(text.haveKey, () => actions.byKey(true), "link"),
    ];
  },
  waiting: (state, text, actions) => {
    const session = sessionOf(state);
    const { copied, keyEndsAt } = state.phase as Shared;
    const digits = session?.passphrase && parsePassphrase(session.passphrase);
    return [
      digits || session?.initiator === "agent" ? text.waiting : text.title,
      digits ? h("p", {}, text.readOut) : session?.initiator !== "agent" && h("p", {}, text.keyExpired),
      // Digit by digit for screen readers, in two groups for the eye.
      digits &&
        h("p", { class: "passphrase", "aria-label": [...digits].join(" ") }, formatPassphrase(digits)),
      digits && keyEndsAt !== undefined && timeLeft(keyEndsAt, text),
      session?.findable && h("p", { class: "hint" }, text.findable),
      row(
        digits && button(copied ? text.copied : text.copy, () => actions.copy(), "quiet"),
        stopButton(state, text, actions),
      ),
    ];
  },
  sharing: (state, text, actions) => [
    watched(state, text),
    row(
      act(text.pause, icons.pause, () => actions.pause()),
      act(text.draw, icons.draw, () => actions.draw()),
      stopButton(state, text, actions),
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
    h("p", {}, `${since(state, text)} ${text.offlineNote}`),
    row(stopButton(state, text, actions)),
  ],
  // The error says why.
  unshared: (state, text, actions) => [text.unshared, row(stopButton(state, text, actions))],
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

/** Since when there is no connection, by the customer's clock. */
function since({ phase }: UiState, text: Messages): string {
  const time = new Date((phase as Shared).since ?? 0).toLocaleTimeString(text.language, {
    timeStyle: "short",
  });
  return fill(text.since, { time });
}

/** How long the key still works. It counts by itself: nothing else of the panel changes meanwhile. */
function timeLeft(until: number, text: Messages): HTMLElement {
  const place = h("p", { class: "hint", role: "timer" });
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    place.textContent = fill(text.timeLeft, { time });
  };
  tick();
  const timer = setInterval(() => (place.isConnected ? tick() : clearInterval(timer)), 1_000);
  return place;
}

/** All in one line; what it is opens it again. */
function pill(
  screen: Screen,
  back: HTMLElement | undefined,
  heading: string,
  hint: string,
  text: Messages,
  actions: Actions,
): HTMLElement {
  const label = screen === "sharing" ? text.sharing : heading;
  return h(
    "div",
    { class: `line ${screen}` },
    h(
      "button",
      {
        type: "button",
        class: `pill flat ${screen}`,
        "aria-label": `${label.replace(/[^.?…]$/, "$&.")} ${text.expand}`,
        title: hint,
        "data-focus": "pill",
        onclick: () => actions.minimise(false),
      },
      dot(),
      h("span", {}, label),
      icon(icons.more),
    ),
    back,
  );
}
