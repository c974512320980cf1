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
 * - a number: command number so much waits for its answer;
 * - `unsent`: it was made without a connection, or the connection was lost before the answer;
 * - `done`: the server did it, but the view that says so has not come yet.
 */
type Hold = number | "unsent" | "done";

/** All that decides what is shared. */
export interface SharingState {
  /** The session as the server last told it; undefined before one is joined. */
  readonly view: SessionView | undefined;
  /** What the customer has taken back and the server has not confirmed. */
  readonly holds: { readonly [name in HoldName]?: Hold };
  /** What the customer has taken back and the server has confirmed, until it is allowed again. */
  readonly kept: readonly HoldName[];
  /** The customer left. */
  readonly left: boolean;
  /** Whether there is a viewer. */
  readonly wanted: boolean;
  /** Whether all that must be hidden can be found: a policy may have a selector that no browser understands. */
  readonly policy: "usable" | "unusable";
  /** Whether the page can be mirrored. After a failure it is tried again when somebody asks for it. */
  readonly engine: "sound" | "failed";
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
  /** Something besides the session is otherwise now; `view` is undefined once that is over. */
  | ({ is: "changed" } & Partial<Pick<SharingState, "left" | "wanted" | "policy" | "engine">> & {
        view?: undefined;
      });

export const nothingShared: SharingState = {
  view: undefined,
  holds: {},
  kept: [],
  left: false,
  wanted: false,
  policy: "usable",
  engine: "sound",
};

/** The one decision about what leaves this browser. */
export function sharingOf(state: SharingState): Sharing {
  return isFaulty(state) ? "off" : sharingByPeople(state);
}

/** Whether only a fault is in the way: of the policy or the engine. Then agents are told why they see nothing. */
export function isFaultInTheWay(state: SharingState): boolean {
  return isFaulty(state) && sharingByPeople(state) === "on";
}

function isFaulty({ policy, engine }: SharingState): boolean {
  return policy === "unusable" || engine === "failed";
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
export function heldView(
  view: SessionView,
  { pause, refusal, revocation }: SharingState["holds"],
): SessionView {
  const held = { ...view };
  const { consent, control } = view;
  if (pause && view.state === "active") held.state = "paused";
  if (refusal)
    held.consent = {
      ...consent,
      given: consent.given.filter((what) => what !== "view"),
      refused: [...consent.refused, "view"],
    };
  if (revocation && control.holder !== undefined) held.control = { highest: control.highest };
  return held;
}

/** Holds whose commands have to be sent, again or for the first time. */
export function unsentHolds({ holds }: SharingState): HoldName[] {
  return holdNames.filter((name) => holds[name] === "unsent");
}

/** Holds that a next page of the tab has to keep: the server may have been started from an older store. */
export function heldNames({ holds, kept }: SharingState): HoldName[] {
  return holdNames.filter((name) => holds[name] || kept.includes(name));
}

/**
 * The state after a fact. Only the answer to the very command of a hold, or the customer, lifts it. An engine that
 * failed is tried again the next time that people want the page to be shared.
 */
export function withFact(state: SharingState, fact: SharingFact): SharingState {
  const next = afterFact(state, fact);
  return sharingByPeople(next) === "off" ? { ...next, engine: "sound" } : next;
}

function afterFact(state: SharingState, fact: SharingFact): SharingState {
  switch (fact.is) {
    case "began": {
      const began = { ...nothingShared, policy: state.policy, view: fact.view };
      return withHolds(began, (name) => (fact.unconfirmed.includes(name) ? "unsent" : undefined));
    }
    case "event":
      return withHolds({ ...state, view: fact.view }, (_, hold) => hold);
    case "welcome":
      // Nothing of an earlier connection is under way any more: this view is the server's last word. Where it knows
      // nothing of what was confirmed before, the stricter holds until both agree.
      return withHolds(
        { ...state, view: fact.view },
        (name, hold) =>
          (hold || state.kept.includes(name)) && (confirms(fact.view, name) ? "done" : "unsent"),
      );
    case "held":
      return withHolds(state, (name, hold) => (name === fact.what ? (fact.n ?? "unsent") : hold));
    case "lifted": {
      const kept = state.kept.filter((name) => name !== fact.what);
      return withHolds({ ...state, kept }, (name, hold) => (name === fact.what ? undefined : hold));
    }
    case "answered":
      return withHolds(state, (_, hold) => (hold === fact.n ? afterAnswer[fact.how] : hold));
    case "changed": {
      const { is: _, ...change } = fact;
      return { ...state, ...change };
    }
  }
}

/** The holds among names that a storage gave. */
export function holdsIn(names: readonly string[]): HoldName[] {
  return holdNames.filter((name) => names.includes(name));
}

const holdNames: readonly HoldName[] = ["pause", "refusal", "revocation"];

const afterAnswer = { done: "done", refused: undefined, failed: "unsent" } as const;

/** Changes the holds. One whose command was done ends when the view says so; it is kept as long as the view does. */
function withHolds(
  state: SharingState,
  change: (name: HoldName, hold: Hold | undefined) => Hold | false | undefined,
): SharingState {
  const holds: { [name in HoldName]?: Hold } = {};
  const kept: HoldName[] = [];
  for (const name of holdNames) {
    const hold = change(name, state.holds[name]);
    const confirmed = state.view && confirms(state.view, name);
    if (hold && !(hold === "done" && confirmed)) holds[name] = hold;
    else if (confirmed && (hold || state.kept.includes(name))) kept.push(name);
  }
  return { ...state, holds, kept };
}

/** Whether the server's view says what a hold asked for. */
function confirms({ state, consent, control }: SessionView, name: HoldName): boolean {
  if (state === "closed") return true;
  if (name === "pause") return state === "paused";
  if (name === "refusal") return consent.refused.includes("view");
  return control.holder === undefined;
}
