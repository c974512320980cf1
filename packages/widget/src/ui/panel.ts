import { formatPassphrase, parsePassphrase, type SessionView } from "@copane/protocol";
import { fill, type Messages } from "../messages/index.ts";
import { type ConsentActions, hiddenRow, question, recordingLine } from "./consent.ts";
import { button, row } from "./controls.ts";
import { h } from "./dom.ts";
import { agentOf, agentsOf, isUrgent, type Screen, screenOf, type UiState } from "./state.ts";

/** What the customer can do in the panel. */
export interface Actions extends ConsentActions {
  /** The customer typed their name. */
  named(name: string): void;
  start(): void;
  join(key: string): void;
  byKey(on: boolean): void;
  copy(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  grant(): void;
  deny(): void;
  revoke(): void;
  draw(): void;
  goOn(): void;
  close(): void;
  minimise(on: boolean): void;
}

/** The panel for a state: a pure function but for the listeners. */
export function panel(state: UiState, text: Messages, actions: Actions): HTMLElement {
  const screen = screenOf(state);
  const urgent = isUrgent(screen);
  if (state.minimised && state.session && !urgent && screen !== "controlled")
    return pill(state, text, actions);
  const hint = stopHint(state, text);
  const body = screens[screen](state, text, actions);
  const connection = state.session && screen !== "ended" ? connectionLine(state, text) : undefined;
  return h(
    "section",
    {
      class: `panel ${screen}`,
      role: urgent ? "alertdialog" : "dialog",
      "aria-labelledby": "title",
      "data-screen": screen,
    },
    h("h2", { id: "title" }, heading(screen, state, text)),
    ...body,
    hint ? h("p", { class: "hint" }, hint) : undefined,
    state.error ? h("p", { class: "error", role: "alert" }, state.error) : undefined,
    connection,
  );
}

/** What is read out when the screen changes. */
export function announcement(state: UiState, text: Messages): string {
  const screen = screenOf(state);
  const said = heading(screen, state, text);
  return screen === "sharing" || screen === "controlled" ? `${said}. ${stopHint(state, text)}` : said;
}

/** How sharing is stopped from anywhere; empty when there is nothing to stop, or no key for it. */
function stopHint({ session, stopKey }: UiState, text: Messages): string {
  return session && stopKey ? fill(text.stopKey, { key: stopKey }) : "";
}

/** The site's words in the language of the panel, else the widget's own. */
function consentIn({ consentText }: UiState, text: Messages): string {
  return consentText[text.language] ?? text.consent;
}

type ScreenView = (state: UiState, text: Messages, actions: Actions) => (HTMLElement | undefined)[];

const screens: Record<Screen, ScreenView> = {
  consent: (state, text, actions) => [
    h("p", {}, consentIn(state, text)),
    form(
      () => actions.start(),
      nameField(state, text, actions),
      row(
        button(state.busy ? text.starting : text.start, undefined, "primary", state.busy),
        button(text.close, () => actions.close(), "quiet"),
      ),
    ),
    h(
      "p",
      {},
      button(text.haveKey, () => actions.byKey(true), "link"),
    ),
  ],
  key: (state, text, actions) => {
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
      h("p", {}, consentIn(state, text)),
      form(
        () => actions.join(input.value),
        nameField(state, text, actions),
        h("label", {}, text.key, input),
        h("p", { id: "key-hint", class: "hint" }, text.keyHint),
        row(
          button(state.busy ? text.starting : text.join, undefined, "primary", state.busy),
          button(text.back, () => actions.byKey(false), "quiet"),
        ),
      ),
    ];
  },
  waiting: (state, text, actions) => {
    const { session, copied } = state;
    const digits = session?.passphrase && parsePassphrase(session.passphrase);
    return [
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
  askView: (_state, text, actions) => [h("p", {}, text.consent), question("view", text, actions)],
  askRecording: (_state, text, actions) => [question("recording", text, actions)],
  hidden: (state, text, actions) => [hiddenRow(text, actions, stopButton(state, text, actions))],
  sharing: (state, text, actions) => [
    state.session && recordingLine(state.session, text, actions),
    row(
      button(text.pause, () => actions.pause(), "quiet"),
      button(text.draw, () => actions.draw(), "quiet"),
      stopButton(state, text, actions),
      smaller(text, actions),
    ),
  ],
  paused: (state, text, actions) => [
    row(
      button(text.resume, () => actions.resume(), "primary"),
      stopButton(state, text, actions),
    ),
  ],
  control: ({ session }, text, actions) => [
    ...terms(session, text),
    h("p", {}, text.controlNote),
    row(
      button(text.allow, () => actions.grant(), "primary"),
      button(text.deny, () => actions.deny(), "quiet"),
    ),
  ],
  controlled: (state, text, actions) => [
    ...terms(state.session, text),
    row(
      button(text.takeBack, () => actions.revoke(), "primary"),
      stopButton(state, text, actions),
    ),
  ],
  idle: (state, text, actions) => [
    h("p", {}, fill(text.idleNote, { seconds: state.idleSeconds ?? 0 })),
    row(
      button(text.goOn, () => actions.goOn(), "primary"),
      stopButton(state, text, actions),
    ),
  ],
  ended: ({ ended }, text, actions) => [
    h("p", {}, ended),
    row(button(text.close, () => actions.close(), "primary")),
  ],
};

function heading(screen: Screen, { session }: UiState, text: Messages): string {
  const name = (session && agentOf(session)) ?? "";
  switch (screen) {
    case "sharing": {
      const names = session ? agentsOf(session) : [];
      return names.length > 1
        ? fill(text.watchingMany, { names: names.join(", ") })
        : fill(text.watching, { name });
    }
    case "askView":
      return fill(text.viewAsked, { name });
    case "askRecording":
      return text.recordingAsked;
    case "hidden":
      return text.hidden;
    case "paused":
      return text.paused;
    case "control":
      return fill(session?.control.level === "scroll" ? text.scrollAsked : text.controlAsked, { name });
    case "controlled":
      return fill(session?.control.level === "scroll" ? text.scrolls : text.inControl, { name });
    case "idle":
      return text.idle;
    case "ended":
      return text.ended;
    default:
      return text.title;
  }
}

/** Where and how long a grant holds, when it is not for the whole page and for good. */
function terms(session: SessionView | undefined, text: Messages): HTMLElement[] {
  const { scope, endsInMs } = session?.control ?? {};
  return [
    ...(scope === undefined ? [] : [h("p", { class: "hint" }, text.scoped)]),
    ...(endsInMs === undefined
      ? []
      : [
          h("p", { class: "hint" }, fill(text.timed, { minutes: Math.max(1, Math.ceil(endsInMs / 60_000)) })),
        ]),
  ];
}

function pill(state: UiState, text: Messages, actions: Actions): HTMLElement {
  const label = state.session?.state === "paused" ? text.paused : text.sharing;
  return h(
    "button",
    {
      type: "button",
      class: "pill",
      "aria-label": `${label}. ${text.expand}`,
      title: stopHint(state, text),
      "data-focus": "pill",
      onclick: () => actions.minimise(false),
    },
    h("span", { class: "dot", "aria-hidden": "true" }),
    label,
  );
}

function connectionLine({ connection }: UiState, text: Messages): HTMLElement | undefined {
  if (connection === "connected") return undefined;
  return h("p", { class: "connection", role: "status" }, text[connection]);
}

function nameField(state: UiState, text: Messages, actions: Actions): HTMLElement | undefined {
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

function form(submit: () => void, ...children: (HTMLElement | undefined)[]): HTMLElement {
  const send = (event: Event) => {
    event.preventDefault();
    submit();
  };
  return h("form", { onsubmit: send }, ...children);
}

function stopButton({ stopKey }: UiState, text: Messages, actions: Actions): HTMLElement {
  const stop = button(text.stop, () => actions.stop(), "danger");
  if (stopKey) stop.setAttribute("aria-keyshortcuts", stopKey);
  return stop;
}

function smaller(text: Messages, actions: Actions): HTMLElement {
  return button(text.minimise, () => actions.minimise(true), "link");
}
