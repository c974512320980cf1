import type { SessionView } from "@copane/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type HoldName,
  heldNames,
  heldView,
  holdsIn,
  isFaultInTheWay,
  mayMark,
  nothingShared,
  type SharingFact,
  type SharingState,
  sharingOf,
  unsentHolds,
  withFact,
} from "./sharing.ts";

type Change = Partial<Pick<SessionView, "state">> & { given?: boolean; asked?: boolean; held?: boolean };

function viewOf({ state = "active", asked = true, given = true, held = false }: Change = {}): SessionView {
  return {
    id: "s",
    state,
    initiator: "customer",
    locale: "en",
    participants: [],
    control: { highest: "full", ...(held ? { holder: 1, level: "full" as const } : {}) },
    consent: {
      needed: asked ? ["view"] : [],
      given: given ? ["view"] : [],
      refused: given ? [] : ["view"],
    },
    timeoutInMs: 1,
  };
}

function after(...facts: SharingFact[]): SharingState {
  return facts.reduce(withFact, nothingShared);
}

const begun: SharingFact = { is: "began", view: viewOf(), unconfirmed: [] };
const watched: SharingFact = { is: "changed", wanted: true };
const active: SharingFact = { is: "event", view: viewOf() };
const paused: SharingFact = { is: "event", view: viewOf({ state: "paused" }) };
const refused: SharingFact = { is: "event", view: viewOf({ given: false }) };
const done = (n: number): SharingFact => ({ is: "answered", n, how: "done" });

describe("what is shared, by the session's view alone", () => {
  test.each<[string, SharingFact[], string]>([
    ["before a session", [watched], "off"],
    ["without a viewer", [begun], "off"],
    ["with a viewer", [begun, watched], "on"],
    ["when the viewer is gone", [begun, watched, { is: "changed", wanted: false }], "off"],
    ["while the server says paused", [begun, watched, paused], "frozen"],
    ["when it goes on", [begun, watched, paused, active], "on"],
    ["without consent", [begun, watched, refused], "off"],
    [
      "where no consent is asked",
      [begun, watched, { is: "event", view: viewOf({ asked: false, given: false }) }],
      "on",
    ],
    ["when it is closed", [begun, watched, { is: "event", view: viewOf({ state: "closed" }) }], "off"],
    ["when it is over", [begun, watched, { is: "changed", view: undefined, wanted: false }], "off"],
    [
      "when the customer left, whatever comes",
      [begun, watched, { is: "changed", left: true }, active],
      "off",
    ],
    ["with a policy that cannot be used", [begun, watched, { is: "changed", policy: "unusable" }], "off"],
    ["with an engine that failed", [begun, watched, { is: "changed", engine: "failed" }], "off"],
    [
      "with one that is tried again because a viewer comes after all had left",
      [
        begun,
        watched,
        { is: "changed", engine: "failed" },
        { is: "changed", wanted: false },
        { is: "changed", wanted: true },
      ],
      "on",
    ],
    [
      "with one that is tried again by the next session",
      [begun, watched, { is: "changed", engine: "failed" }, begun, watched],
      "on",
    ],
    [
      "with one that can be used again",
      [begun, watched, { is: "changed", policy: "unusable" }, { is: "changed", policy: "usable" }],
      "on",
    ],
  ])("%s", (_, facts, expected) => {
    expect(sharingOf(after(...facts))).toBe(expected);
  });
});

describe("what the customer took back", () => {
  const pause = (n?: number): SharingFact => ({ is: "held", what: "pause", ...(n ? { n } : {}) });
  const refuse = (n?: number): SharingFact => ({ is: "held", what: "refusal", ...(n ? { n } : {}) });
  test.each<[string, SharingFact[], string]>([
    ["a pause holds before its command is out", [pause()], "frozen"],
    ["events under way that say active do not lift it", [pause(1), active, active], "frozen"],
    ["its answer lifts it once the view says so", [pause(1), paused, done(1), active], "on"],
    ["its answer alone does not", [pause(1), done(1), active], "frozen"],
    ["nor does the answer to another command", [pause(2), paused, done(1), active], "frozen"],
    ["nor a view of an earlier pause", [pause(1), paused, pause(3), active, done(1)], "frozen"],
    ["the view that comes after the answer lifts it", [pause(1), done(1), paused, active], "on"],
    ["a refusal of the rules lifts it", [pause(1), { is: "answered", n: 1, how: "refused" }], "on"],
    ["a failure does not", [pause(1), { is: "answered", n: 1, how: "failed" }, active], "frozen"],
    ["nor a connection that is made anew", [pause(1), { is: "welcome", view: viewOf() }], "frozen"],
    [
      "what the server says on a new connection confirms it",
      [pause(1), { is: "welcome", view: viewOf({ state: "paused" }) }, active],
      "on",
    ],
    [
      "a server that has forgotten what it confirmed changes nothing",
      [pause(1), done(1), paused, { is: "welcome", view: viewOf() }],
      "frozen",
    ],
    [
      "nor does one that has forgotten a refusal",
      [refuse(1), done(1), refused, { is: "welcome", view: viewOf() }],
      "off",
    ],
    [
      "but where the customer has gone on meanwhile there is nothing to hold",
      [pause(1), done(1), paused, { is: "lifted", what: "pause" }, { is: "welcome", view: viewOf() }],
      "on",
    ],
    ["the customer lifts it", [pause(1), { is: "lifted", what: "pause" }], "on"],
    ["resuming lifts no refusal", [refuse(1), { is: "lifted", what: "pause" }], "off"],
    ["a refusal holds against events under way", [refuse(1), active], "off"],
    ["a refusal outweighs a pause", [pause(1), refuse(2)], "off"],
    ["the customer consents again", [refuse(1), { is: "lifted", what: "refusal" }], "on"],
    [
      "the next page of the tab keeps it",
      [{ is: "began", view: viewOf(), unconfirmed: ["pause"] }, watched, active],
      "frozen",
    ],
    ["a new session forgets it", [pause(1), { is: "changed", left: true }, begun, watched], "on"],
  ])("%s", (_, facts, expected) => {
    expect(sharingOf(after(begun, watched, ...facts))).toBe(expected);
  });

  test("what is not confirmed is sent again on a new connection, and by the next page", () => {
    const sent = after(begun, pause(1), refuse(2));
    expect([unsentHolds(sent), heldNames(sent)]).toEqual([[], ["pause", "refusal"]]);
    expect(unsentHolds(withFact(sent, { is: "welcome", view: viewOf() }))).toEqual(["pause", "refusal"]);
    const resumed = after({ is: "began", view: viewOf(), unconfirmed: ["refusal"] });
    expect(unsentHolds(resumed)).toEqual(["refusal"]);
    expect(holdsIn(["refusal", "something else", "pause"])).toEqual(["pause", "refusal"]);
  });

  test("what the server confirmed and does not know any more is sent again, on this page and the next", () => {
    const revoked = after(
      { is: "began", view: viewOf({ held: true }), unconfirmed: [] },
      { is: "held", what: "revocation", n: 1 },
      done(1),
      active,
    );
    expect([unsentHolds(revoked), heldNames(revoked)]).toEqual([[], ["revocation"]]);
    const forgotten = viewOf({ held: true });
    const again = withFact(revoked, { is: "welcome", view: forgotten });
    expect(unsentHolds(again)).toEqual(["revocation"]);
    expect(heldView(forgotten, again.holds).control.holder).toBeUndefined();
    const known = withFact(revoked, { is: "welcome", view: viewOf() });
    expect([unsentHolds(known), heldNames(known)]).toEqual([[], ["revocation"]]);
    // The next grant is another one.
    const granted = withFact(known, { is: "event", view: forgotten });
    expect(heldNames(granted)).toEqual([]);
  });

  test("shows in the session as the customer has it", () => {
    const { holds } = after(begun, pause(1), refuse(2), { is: "held", what: "revocation", n: 3 });
    const view = heldView(viewOf({ held: true }), holds);
    expect(view.state).toBe("paused");
    expect(view.consent).toEqual({ needed: ["view"], given: [], refused: ["view"] });
    expect(view.control).toEqual({ highest: "full" });
    expect(heldView(viewOf(), {})).toEqual(viewOf());
  });
});

test("marks flow when the page would be shown, also while nobody looks", () => {
  expect(mayMark(after(begun))).toBe(true);
  expect(mayMark(after(begun, paused))).toBe(false);
  expect(mayMark(after({ is: "began", view: viewOf({ state: "waiting" }), unconfirmed: [] }))).toBe(false);
});

test("agents are told of a policy only where nothing else is in the way", () => {
  const unusable: SharingFact = { is: "changed", policy: "unusable" };
  expect(isFaultInTheWay(after(begun, watched, unusable))).toBe(true);
  expect(isFaultInTheWay(after(begun, watched, unusable, paused))).toBe(false);
  expect(isFaultInTheWay(after(begun, unusable))).toBe(false);
  expect(isFaultInTheWay(after(begun, watched, { is: "changed", engine: "failed" }))).toBe(true);
  expect(isFaultInTheWay(after(begun, watched))).toBe(false);
});

/** Any facts in any order, answers to numbers that were never sent among them. */
const anyFact = fc.oneof(
  fc
    .record({
      is: fc.constantFrom("event" as const, "welcome" as const),
      state: fc.constantFrom<SessionView["state"]>("waiting", "active", "paused", "closed"),
      given: fc.boolean(),
      asked: fc.boolean(),
      held: fc.boolean(),
    })
    .map(({ is, ...change }): SharingFact => ({ is, view: viewOf(change) })),
  fc.record({
    is: fc.constant("held" as const),
    what: fc.constantFrom<HoldName>("pause", "refusal", "revocation"),
    n: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ is: fc.constant("lifted" as const), what: fc.constantFrom<HoldName>("pause", "refusal") }),
  fc.record({
    is: fc.constant("answered" as const),
    n: fc.integer({ min: 1, max: 4 }),
    how: fc.constantFrom("done" as const, "refused" as const, "failed" as const),
  }),
  fc.record({ is: fc.constant("changed" as const), wanted: fc.boolean() }),
  fc.record({
    is: fc.constant("changed" as const),
    policy: fc.constantFrom("usable" as const, "unusable" as const),
  }),
);

test("a pause or refusal stands until its own answer, a new connection that confirms it, or the customer", () => {
  fc.assert(
    fc.property(
      fc.array(anyFact),
      fc.constantFrom<"pause" | "refusal">("pause", "refusal"),
      fc.array(anyFact),
      (earlier, what, later) => {
        const N = 99;
        let state = after(begun, watched, ...earlier, { is: "held", what, n: N });
        for (const fact of later) {
          state = withFact(state, fact);
          const confirmed = fact.is === "welcome" || (fact.is === "held" && fact.what === what);
          if (confirmed || (fact.is === "lifted" && fact.what === what)) return;
          expect(sharingOf(state)).not.toBe("on");
          expect(mayMark(state)).toBe(false);
        }
      },
    ),
  );
});

test("who left shares nothing, whatever comes, until a new session", () => {
  fc.assert(
    fc.property(fc.array(anyFact), fc.array(anyFact), (earlier, later) => {
      let state = after(begun, watched, ...earlier, { is: "changed", left: true });
      for (const fact of later) {
        state = withFact(state, fact);
        expect(sharingOf(state)).toBe("off");
      }
    }),
  );
});

test("nothing is shared by a policy that cannot be used", () => {
  fc.assert(
    fc.property(fc.array(anyFact), (facts) => {
      const state = after(begun, watched, ...facts);
      if (state.policy === "unusable") expect(sharingOf(state)).toBe("off");
    }),
  );
});
