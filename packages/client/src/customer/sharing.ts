import { maySeePage, type SessionView } from "@copane/protocol";

/**
 * What agents get of the customer's page: nothing (`off`), no more than the picture they have (`frozen`), or the page
 * as it changes (`on`).
 */
export type Sharing = "off" | "frozen" | "on";

/** What the customer can take back: the view for a while, the consent to be seen, or control. */
export type HoldName = "pause" | "refusal" | "revocation";

/**
 * How far the command of a hold has come:
 * - `unsent`: it was made without a connection, or the connection was lost before the answer;
 * - `sent`: command number `n` waits for its answer;
 * - `done`: the server did it, but the view that says so has not come yet.
 */
type Hold = { is: "unsent" } | { is: "sent"; n: number } | { is: "done" };

/** All that decides what is shared. */
export interface SharingState {
  /** The session as the server last told it; undefined before one is joined. */
  readonly view: SessionView | undefined;
  /** What the customer has taken back and the server has not confirmed. */
  readonly holds: { readonly [name in HoldName]?: Hold };
  /** The customer left. */
  readonly left: boolean;
  /** Whether there is a viewer. */
  readonly wanted: boolean;
  /** Whether all that must be hidden can be found: a policy may have a selector that no browser understands. */
  readonly policy: "usable" | "unusable";
}

/** Something that bears on sharing. */
export type SharingFact =
  /** A session begins: started, joined, or gone on with after a page that left these holds unconfirmed. */
  | { is: "began"; view: SessionView; unconfirmed: readonly HoldName[] }
  /** The server told how the session is: with an event, or (`welcome`) on a new connection. */
  | { is: "event" | "welcome"; view: SessionView }
  /** The customer took something back. `n` is the number of its command, once that has gone out. */
  | { is: "held"; what: HoldName; n?: number }
  /** The customer allows it again. */
  | { is: "lifted"; what: HoldName }
  /** Command `n` was answered: done, refused by the rules of the session, or failed for another reason. */
  | { is: "answered"; n: number; how: "done" | "refused" | "failed" }
  | { is: "left" }
  /** The session or its connection is over. */
  | { is: "ended" }
  | { is: "wanted"; wanted: boolean }
  | { is: "policy"; policy: SharingState["policy"] };

export const nothingShared: SharingState = {
  view: undefined,
  holds: {},
  left: false,
  wanted: false,
  policy: "usable",
};

/** The one decision about what leaves this browser. */
export function sharingOf(state: SharingState): Sharing {
  return state.policy === "unusable" ? "off" : sharingByPeople(state);
}

/** Whether only the policy is in the way: then agents are told why they see nothing. */
export function isPolicyInTheWay(state: SharingState): boolean {
  return state.policy === "unusable" && sharingByPeople(state) === "on";
}

/** Whether marks flow, as soon as there is a viewer. */
export function mayMark(state: SharingState): boolean {
  return state.view?.state === "active" && sharingOf({ ...state, wanted: true }) === "on";
}

function sharingByPeople({ view, holds, left, wanted }: SharingState): Sharing {
  if (!view || view.state === "closed" || left || !wanted) return "off";
  if (holds.refusal || !maySeePage(view)) return "off";
  return holds.pause || view.state === "paused" ? "frozen" : "on";
}

/** The session as the customer has it: what they took back here counts whether or not the server has confirmed it. */
export function heldView(view: SessionView, holds: SharingState["holds"]): SessionView {
  const { consent, control } = view;
  return {
    ...view,
    ...(holds.pause && view.state === "active" ? { state: "paused" } : {}),
    ...(holds.refusal
      ? {
          consent: {
            ...consent,
            given: consent.given.filter((what) => what !== "view"),
            refused: [...new Set([...consent.refused, "view" as const])],
          },
        }
      : {}),
    ...(holds.revocation && control.holder !== undefined ? { control: { highest: control.highest } } : {}),
  };
}

/** Holds whose commands have to be sent, again or for the first time. */
export function unsentHolds({ holds }: SharingState): HoldName[] {
  return holdNames.filter((name) => holds[name]?.is === "unsent");
}

/** Holds that a next page of the tab has to keep. */
export function unconfirmedHolds({ holds }: SharingState): HoldName[] {
  return holdNames.filter((name) => holds[name] !== undefined);
}

/** The state after a fact. Only the answer to the very command of a hold, or the customer, lifts it. */
export function withFact(state: SharingState, fact: SharingFact): SharingState {
  switch (fact.is) {
    case "began": {
      const holds = Object.fromEntries(fact.unconfirmed.map((name) => [name, { is: "unsent" }]));
      return { ...nothingShared, policy: state.policy, view: fact.view, holds };
    }
    case "event":
      return withHolds({ ...state, view: fact.view }, (name, hold) =>
        hold.is === "done" && confirms(fact.view, name) ? undefined : hold,
      );
    case "welcome":
      // Nothing of an earlier connection is under way any more: this view is the server's last word.
      return withHolds({ ...state, view: fact.view }, (name) =>
        confirms(fact.view, name) ? undefined : { is: "unsent" },
      );
    case "held":
      return withHolds(
        { ...state, holds: { ...state.holds, [fact.what]: { is: "unsent" } } },
        (name, hold) => (name === fact.what && fact.n !== undefined ? { is: "sent", n: fact.n } : hold),
      );
    case "lifted":
      return withHolds(state, (name, hold) => (name === fact.what ? undefined : hold));
    case "answered":
      return withHolds(state, (name, hold) =>
        hold.is === "sent" && hold.n === fact.n ? answered(state, name, fact.how) : hold,
      );
    case "left":
      return { ...state, left: true };
    case "ended":
      return { ...state, view: undefined, wanted: false };
    case "wanted":
      return { ...state, wanted: fact.wanted };
    case "policy":
      return { ...state, policy: fact.policy };
  }
}

const holdNames: readonly HoldName[] = ["pause", "refusal", "revocation"];

function answered(
  { view }: SharingState,
  name: HoldName,
  how: "done" | "refused" | "failed",
): Hold | undefined {
  if (how === "refused") return undefined;
  if (how === "failed") return { is: "unsent" };
  return view && confirms(view, name) ? undefined : { is: "done" };
}

function withHolds(
  state: SharingState,
  change: (name: HoldName, hold: Hold) => Hold | undefined,
): SharingState {
  const holds: { [name in HoldName]?: Hold } = {};
  for (const name of holdNames) {
    const hold = state.holds[name];
    const changed = hold && change(name, hold);
    if (changed) holds[name] = changed;
  }
  return { ...state, holds };
}

/** Whether the server's view says what a hold asked for. */
function confirms({ state, consent, control }: SessionView, name: HoldName): boolean {
  if (state === "closed") return true;
  if (name === "pause") return state === "paused";
  if (name === "refusal") return consent.refused.includes("view");
  return control.holder === undefined;
}

/** The holds among names that a storage gave. */
export function holdsIn(names: readonly string[]): HoldName[] {
  return holdNames.filter((name) => names.includes(name));
}
