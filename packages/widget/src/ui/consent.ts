import type { Consent, SessionView } from "@copane/protocol";
import type { Messages } from "../messages/index.ts";
import { button, row } from "./controls.ts";

export interface ConsentActions {
  give(what: Consent): void;
  refuse(what: Consent): void;
}

/** What the site's policy asks and the customer has yet to answer. */
export function openQuestion({ consent }: SessionView): Consent | undefined {
  return consent.needed.find((what) => !consent.given.includes(what) && !consent.refused.includes(what));
}

/** Whether the customer said no to being seen. */
export function isHidden({ consent }: SessionView): boolean {
  return consent.needed.includes("view") && !consent.given.includes("view");
}

/** Yes or no; both equally near. */
export function question(what: Consent, text: Messages, actions: ConsentActions): HTMLElement {
  return row(
    button(text.allow, () => actions.give(what), "primary"),
    button(text.deny, () => actions.refuse(what), "quiet"),
  );
}

/** The customer is not seen, and may change that. */
export function hiddenRow(text: Messages, actions: ConsentActions, stop: HTMLElement): HTMLElement {
  return row(
    button(text.showPage, () => actions.give("view"), "primary"),
    stop,
  );
}

/** How things stand with recording, and the way to change that; nothing where the site does not record. */
export function recordingLine(
  { consent }: SessionView,
  text: Messages,
  actions: ConsentActions,
): HTMLElement | undefined {
  if (!consent.needed.includes("recording")) return undefined;
  const given = consent.given.includes("recording");
  return row(
    given ? text.recorded : text.notRecorded,
    given
      ? button(text.stopRecording, () => actions.refuse("recording"), "link")
      : button(text.allowRecording, () => actions.give("recording"), "link"),
  );
}
