import type { ParticipantView, SessionView } from "@copane/protocol";
import { describe, expect, test } from "vitest";
import {
  isRare,
  isSmall,
  offer,
  type Phase,
  type Screen,
  type Shared,
  screenOf,
  type UiState,
  watchersOf,
} from "./state.ts";

const customer = { number: 0, role: "customer", name: "Ada", connected: true } as ParticipantView;
const robin = { number: 1, role: "agent", name: "Robin", connected: true, part: "agent" } as ParticipantView;

function view(given: Partial<SessionView> = {}): SessionView {
  return {
    state: "active",
    participants: [customer, robin],
    lead: 1,
    control: {},
    consent: { needed: [], given: [], refused: [] },
    ...given,
  } as unknown as SessionView;
}

function state(phase: Phase): UiState {
  return { phase, name: "", asksName: false, consentText: {}, stopKey: "" };
}

function shared(given: Partial<Shared> = {}): UiState {
  return state({
    is: "shared",
    session: view(),
    connection: "connected",
    copied: false,
    ...given,
  });
}

describe("the screen", () => {
  const asking = view({ control: { pending: 1 } as SessionView["control"] });
  const held = view({ control: { holder: 1 } as SessionView["control"] });
  const alone = view({ participants: [customer] });
  test.each<[Screen, UiState]>([
    ["consent", state(offer)],
    ["key", state({ is: "offer", form: "key", busy: false })],
    ["ended", state({ is: "ended", reason: { code: "customer_left", text: "" } })],
    ["waiting", shared({ session: alone })],
    ["sharing", shared()],
    ["control", shared({ session: asking })],
    ["controlled", shared({ session: held })],
    ["paused", shared({ session: view({ state: "paused" }) })],
    ["idle", shared({ session: asking, idleSeconds: 5 })],
    [
      "match",
      shared({
        session: view({
          match: { with: 1, confirmed: [] },
          consent: { needed: ["view"], given: [], refused: [] },
        }),
      }),
    ],
    ["askView", shared({ session: view({ consent: { needed: ["view"], given: [], refused: [] } }) })],
    ["hidden", shared({ session: view({ consent: { needed: ["view"], given: [], refused: ["view"] } }) })],
    ["unshared", shared({ notShared: new Error() })],
    ["unshared", shared({ session: held, notShared: new Error() })],
    ["unshared", shared({ session: asking, notShared: new Error() })],
    ["unshared", shared({ session: view({ state: "paused" }), notShared: new Error() })],
    ["waiting", shared({ session: alone, notShared: new Error() })],
  ])("is %s", (screen, given) => {
    expect(screenOf(given)).toBe(screen);
  });

  test("never says that somebody sees the page without a connection", () => {
    for (const connection of ["connecting", "silent", "reconnecting", "lost"] as const)
      for (const session of [view(), asking, held, view({ state: "paused" })])
        expect(screenOf(shared({ session, connection }))).toBe("offline");
  });

  test("still shows the key to read out while the connection is made", () => {
    expect(screenOf(shared({ session: alone, connection: "connecting" }))).toBe("waiting");
  });

  test("is fetched on request where few sessions come to it, and where recording is asked for", () => {
    const recording = view({ consent: { needed: ["recording"], given: ["recording"], refused: [] } });
    expect(isRare(shared(), "sharing")).toBe(false);
    expect(isRare(shared({ session: recording }), "sharing")).toBe(true);
    expect(isRare(shared({ session: asking }), "control")).toBe(true);
  });
});

describe("a panel made small", () => {
  const asking = view({ control: { pending: 1 } as SessionView["control"] });
  const held = view({ control: { holder: 1 } as SessionView["control"] });
  test.each<[boolean, Partial<Shared>]>([
    [false, {}],
    [true, { small: "sharing" }],
    [true, { small: "sharing", session: view({ state: "paused" }) }],
    [true, { small: "sharing", connection: "reconnecting" }],
    // What waits for an answer opens it, and so does control; the customer may make these small, too.
    [false, { small: "sharing", session: asking }],
    [true, { small: "control", session: asking }],
    [false, { small: "control", session: held }],
    [true, { small: "controlled", session: held }],
  ])("is small: %s", (expected, given) => {
    expect(isSmall(shared(given))).toBe(expected);
  });
});

test("only who is connected is said to see the page", () => {
  const sam = { ...robin, number: 2, name: "Sam", connected: false };
  expect(watchersOf(view({ participants: [customer, robin, sam] }))).toEqual(["Robin"]);
});

test("nobody whose screen says that it cannot show the page is said to see it", () => {
  const sam = { ...robin, number: 2, name: "Sam", unseeing: true as const };
  const session = view({ participants: [customer, robin, sam] });
  expect(watchersOf(session)).toEqual(["Robin"]);
  expect(watchersOf(session, false)).toEqual(["Sam"]);
});
