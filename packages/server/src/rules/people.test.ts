import { CUSTOMER_NUMBER, FrameFlag, type FrameRoute, FrameType, frameTable } from "@copane/protocol";
import { describe, expect, test } from "vitest";
import { settings } from "../testing/settings.ts";
import {
  apply,
  createByCustomer,
  refusal,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "./index.ts";

const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };

interface Play {
  policy?: Partial<SessionSettings>;
  at?: number;
}

function play(
  session: SessionRecord,
  commands: SessionCommand[],
  { policy, at = 1 }: Play = {},
): SessionRecord {
  return commands.reduce((now, one) => apply(now, one, at, { ...settings, ...policy }).session, session);
}
const events = (session: SessionRecord, command: SessionCommand, { policy, at = 1 }: Play = {}) =>
  apply(session, command, at, { ...settings, ...policy }).happened.map(({ event }) => event);
const refused = (
  session: SessionRecord,
  command: SessionCommand,
  error: string,
  { policy, at = 1 }: Play = {},
) =>
  expect(() => apply(session, command, at, { ...settings, ...policy })).toThrow(
    expect.objectContaining({ name: error }),
  );

function alone(): SessionRecord {
  return play(createByCustomer(given, settings), [
    { t: "agent.live.join", name: "Grace", agentId: "g" },
    { t: "connect", by: 0 },
    { t: "connect", by: 1 },
  ]);
}
const invite = (part: "agent" | "observer", silent = false): SessionCommand => ({
  t: "invite.create",
  by: 1,
  key: "1",
  part,
  silent,
});
const accept: SessionCommand = { t: "invite.join", key: "1", name: "Robin", agentId: "r" };

/** Grace leads, Robin (2) is there as well. */
function together(part: "agent" | "observer" = "agent"): SessionRecord {
  return play(alone(), [invite(part), accept, { t: "connect", by: 2 }]);
}
const request: SessionCommand = { t: "control.request", by: 1 };
const grant: SessionCommand = { t: "control.grant", by: 0 };

describe("levels of control", () => {
  test.each(["view", "point"] as const)(
    "where the site allows only %s, nothing can be requested",
    (controlLevel) => {
      refused(alone(), request, "LEVEL_NOT_ALLOWED", { policy: { controlLevel } });
    },
  );

  test("more than the site allows cannot be requested, and without a wish the highest is", () => {
    const policy = { controlLevel: "scroll" as const };
    refused(alone(), { ...request, level: "full" }, "LEVEL_NOT_ALLOWED", { policy });
    expect(play(alone(), [request], { policy }).terms).toEqual({ level: "scroll" });
  });

  test("a grant carries the level, scope and time that were asked for", () => {
    const asked = play(alone(), [{ ...request, level: "scroll", scope: 7, minutes: 5 }]);
    expect(viewOf(asked, 0, 1, settings).control).toMatchObject({
      pending: 1,
      level: "scroll",
      scope: 7,
      endsInMs: 300_000,
    });
    const held = play(asked, [grant], { at: 1_000 });
    expect(viewOf(held, 1, 61_000, settings).control).toMatchObject({
      holder: 1,
      scope: 7,
      endsInMs: 240_000,
    });
  });

  test("a timed grant ends by itself", () => {
    const held = play(alone(), [{ ...request, minutes: 1 }, grant], { at: 0 });
    expect(events(held, { t: "tick" }, { at: 59_999 })).toEqual([]);
    expect(events(held, { t: "tick" }, { at: 60_000 })).toEqual(["control.expired"]);
    expect(play(held, [{ t: "tick" }], { at: 60_000 }).holder).toBeUndefined();
  });

  test("without consent for control in the policy a request is granted at once", () => {
    const policy = { consent: [] };
    expect(events(alone(), request, { policy })).toEqual(["control.requested", "control.granted"]);
    expect(play(alone(), [request], { policy }).holder).toBe(1);
  });
});

describe("frames", () => {
  const frame = (type: number, flags = 0) => ({ type, flags });
  const { input, scroll, pointer, chat, whisper, mirror, feedback } = FrameType;
  const full = () => play(alone(), [{ ...request, level: "full" }, grant]);
  const scrolling = () => play(alone(), [{ ...request, level: "scroll" }, grant]);
  const scoped = () => play(alone(), [{ ...request, scope: 7 }, grant]);
  const timed = () => play(alone(), [{ ...request, minutes: 1 }, grant], { at: 0 });
  const paused = () => play(alone(), [{ t: "session.pause", by: 0 }]);
  const unseen = { policy: { consent: ["view" as const] } };

  const cases: [
    what: string,
    SessionRecord,
    number,
    { type: number; flags: number },
    string | undefined,
    Play?,
  ][] = [
    ["input without a grant", alone(), 1, frame(input), "NOT_IN_CONTROL"],
    ["scrolling without a grant", alone(), 1, frame(scroll), "NOT_IN_CONTROL"],
    ["input with a full grant", full(), 1, frame(input), undefined],
    ["scrolling with a full grant", full(), 1, frame(scroll), undefined],
    ["scrolling with a grant to scroll", scrolling(), 1, frame(scroll), undefined],
    ["input with a grant to scroll", scrolling(), 1, frame(input), "LEVEL_TOO_LOW"],
    ["unscoped input with a scoped grant", scoped(), 1, frame(input), "OUT_OF_SCOPE"],
    ["scoped input with a scoped grant", scoped(), 1, frame(input, FrameFlag.scoped), undefined],
    ["scoped input with a grant for the page", full(), 1, frame(input, FrameFlag.scoped), "OUT_OF_SCOPE"],
    [
      "input of another agent than the holder",
      play(together(), [request, grant]),
      2,
      frame(input),
      "NOT_IN_CONTROL",
    ],
    [
      "input after the grant's time, before the timer",
      timed(),
      1,
      frame(input),
      "NOT_IN_CONTROL",
      { at: 60_000 },
    ],
    ["input while paused", paused(), 1, frame(input), "SESSION_PAUSED"],
    ["pointing of an observer", together("observer"), 2, frame(pointer), "OBSERVERS_WATCH"],
    ["chat of an observer", together("observer"), 2, frame(chat), "OBSERVERS_WATCH"],
    ["a whisper of an observer", together("observer"), 2, frame(whisper), undefined],
    ["an observer's acknowledgement", together("observer"), 2, frame(feedback), undefined],
    [
      "pointing where the site allows only viewing",
      alone(),
      1,
      frame(pointer),
      "LEVEL_NOT_ALLOWED",
      { policy: { controlLevel: "view" } },
    ],
    ["the page before consent", alone(), 0, frame(mirror), "drop", unseen],
    ["pointing before consent", alone(), 1, frame(pointer), "CONSENT_MISSING", unseen],
    ["input before consent", alone(), 1, frame(input), "CONSENT_MISSING", unseen],
    [
      "the page after consent",
      play(alone(), [{ t: "consent.give", by: 0, what: "view" }], unseen),
      0,
      frame(mirror),
      undefined,
      unseen,
    ],
    [
      "a frame of who has left",
      play(together(), [{ t: "session.leave", by: 2 }]),
      2,
      frame(feedback),
      "drop",
    ],
  ];
  test.each(cases)("%s: %#", (_what, session, by, sent, expected, { policy, at = 1 } = {}) => {
    const route = frameTable().get(sent.type)?.from[by === CUSTOMER_NUMBER ? "customer" : "agent"];
    const given = { route: route as FrameRoute, flags: sent.flags };
    expect(refusal(session, by, given, at, { ...settings, ...policy })).toBe(expected);
  });
});

describe("more than one agent", () => {
  test("an invitation lets one colleague in, once", () => {
    const invited = play(alone(), [invite("agent")]);
    expect(events(invited, accept)).toEqual(["agent.joined"]);
    refused(play(invited, [accept]), accept, "INVITE_UNKNOWN");
  });

  test("an invitation dies unused", () => {
    const invited = play(alone(), [invite("agent")]);
    refused(invited, accept, "INVITE_UNKNOWN", { at: 600_001 });
    expect(events(invited, { t: "tick" }, { at: 600_001 })).toContain("session.closed");
    const policy = { customerIdleMs: 7_000_000 };
    expect(events(invited, { t: "tick" }, { at: 600_001, policy })).toEqual(["invite.expired"]);
  });

  test("observers neither invite nor act; no customer invites", () => {
    refused(together("observer"), { ...invite("agent"), by: 2 } as SessionCommand, "OBSERVERS_WATCH");
    refused(together("observer"), { ...request, by: 2 }, "OBSERVERS_WATCH");
    refused(together("observer"), { t: "proposal.make", by: 2 }, "OBSERVERS_WATCH");
    refused(alone(), { ...invite("agent"), by: 0 } as SessionCommand, "AGENT_ONLY");
  });

  test("silence needs the site's policy, and then the customer hears nothing of it", () => {
    refused(alone(), invite("observer", true), "SILENT_NOT_ALLOWED");
    const policy = { silentObservers: true };
    refused(alone(), invite("agent", true), "SILENT_NOT_ALLOWED", { policy });
    const { session, happened } = apply(play(alone(), [invite("observer", true)], { policy }), accept, 1, {
      ...settings,
      ...policy,
    });
    const detail = { part: "observer", silent: 1 };
    expect(happened).toEqual([{ event: "agent.joined", by: 2, detail, silent: true }]);
    expect(viewOf(session, 0, 1, settings).participants.map(({ number }) => number)).toEqual([0, 1]);
    expect(viewOf(session, 1, 1, settings).participants.map(({ number }) => number)).toEqual([0, 1, 2]);
    const shown = apply(session, { t: "agent.announce", by: 2 }, 1, settings);
    expect(shown.happened).toEqual([{ event: "agent.announced", by: 2 }]);
    expect(viewOf(shown.session, 0, 1, settings).participants.map(({ number }) => number)).toEqual([0, 1, 2]);
  });

  test("an agent's screen says that it cannot show the page, until it can or the agent's page is another", () => {
    const session = together();
    expect(events(session, { t: "picture.fail", by: 2 })).toEqual(["picture.failed"]);
    const failed = play(session, [{ t: "picture.fail", by: 2 }]);
    expect(events(failed, { t: "picture.fail", by: 2 })).toEqual([]);
    const unseeing = (given: SessionRecord) =>
      viewOf(given, 0, 1, settings).participants.flatMap((one) => (one.unseeing ? [one.number] : []));
    expect(unseeing(failed)).toEqual([2]);
    expect(unseeing(play(failed, [{ t: "picture.show", by: 2 }]))).toEqual([]);
    expect(events(failed, { t: "picture.show", by: 1 })).toEqual([]);
    const again: SessionCommand[] = [
      { t: "disconnect", by: 2 },
      { t: "connect", by: 2 },
    ];
    expect(unseeing(play(failed, again))).toEqual([]);
    refused(session, { t: "picture.fail", by: 0 }, "AGENT_ONLY");
  });

  test("one agent is in control at a time", () => {
    refused(play(together(), [request, grant]), { ...request, by: 2 }, "CONTROL_ALREADY_HELD");
    refused(play(together(), [request]), { ...request, by: 2 }, "CONTROL_ALREADY_PENDING");
  });

  test("the sole agent's logout ends the session for both", () => {
    expect(play(alone(), [{ t: "session.leave", by: 1 }]).closed?.code).toBe("agent_left");
  });

  test("who does not lead leaves alone; the lead's logout ends the session", () => {
    const left = play(together(), [{ t: "session.leave", by: 2 }]);
    expect(left.closed).toBeUndefined();
    expect(left.participants.map(({ number }) => number)).toEqual([0, 1]);
    expect(play(together(), [{ t: "session.leave", by: 1 }]).closed?.code).toBe("agent_left");
  });

  test("what an agent had begun goes with it", () => {
    const session = play(together(), [
      { ...request, by: 2 },
      grant,
      { t: "proposal.make", by: 2 },
      { t: "handover.offer", by: 1, to: 2 },
    ]);
    expect(events(session, { t: "session.leave", by: 2 })).toEqual([
      "control.released",
      "proposal.cancelled",
      "handover.cancelled",
      "agent.left",
    ]);
  });

  test("a lost observer does not end the session", () => {
    const lost = play(together("observer"), [{ t: "disconnect", by: 2 }]);
    expect(events(lost, { t: "tick" }, { at: 60_001 })).toEqual(["agent.left"]);
  });
});

describe("hand-over", () => {
  const offer: SessionCommand = { t: "handover.offer", by: 1, to: 2 };
  const yes: SessionCommand = { t: "handover.accept", by: 2 };

  test("the session changes hands when the other accepts, and the first may go", () => {
    const handed = play(together(), [offer, yes]);
    expect(handed.lead).toBe(2);
    const gone = play(handed, [{ t: "session.leave", by: 1 }]);
    expect(gone.closed).toBeUndefined();
    expect(play(gone, [{ t: "session.leave", by: 2 }]).closed?.code).toBe("agent_left");
  });

  test("control does not pass with it", () => {
    const controlled = play(together(), [request, grant, offer]);
    expect(events(controlled, yes)).toEqual(["control.released", "handover.accepted"]);
  });

  test("it ends when it is declined, cancelled or late", () => {
    const offered = play(together(), [offer]);
    expect(events(offered, { t: "handover.decline", by: 2 })).toEqual(["handover.declined"]);
    expect(events(offered, { t: "handover.cancel", by: 1 })).toEqual(["handover.cancelled"]);
    expect(events(offered, { t: "tick" }, { at: 60_001 })).toEqual(["handover.expired"]);
    refused(play(offered, [{ t: "tick" }], { at: 60_001 }), yes, "HANDOVER_MISSING");
  });

  test("only the lead offers, only to who can take it, and only that one accepts", () => {
    refused(together(), { t: "handover.offer", by: 2, to: 1 }, "NOT_IN_LEAD");
    refused(together(), { t: "handover.offer", by: 0, to: 2 }, "NOT_IN_LEAD");
    refused(together("observer"), offer, "PARTICIPANT_UNKNOWN");
    refused(together(), { ...offer, to: 0 }, "PARTICIPANT_UNKNOWN");
    refused(together(), { ...offer, to: 1 }, "PARTICIPANT_UNKNOWN");
    refused(play(together(), [offer]), { t: "handover.accept", by: 1 }, "HANDOVER_MISSING");
    refused(play(together(), [offer]), offer, "HANDOVER_PENDING");
  });

  test("the customer hears that it happened, not that it was talked about", () => {
    const offered = apply(together(), offer, 1, settings);
    expect(offered.happened[0]?.silent).toBe(true);
    expect(apply(offered.session, yes, 1, settings).happened[0]?.silent).toBeUndefined();
  });
});

describe("consent", () => {
  const policy = { consent: ["view", "control", "recording"] as const };
  const give: SessionCommand = { t: "consent.give", by: 0, what: "view" };

  test("only the customer consents, and only to what is asked", () => {
    refused(alone(), { ...give, by: 1 }, "CUSTOMER_ONLY", { policy });
    refused(alone(), give, "CONSENT_NOT_ASKED");
  });

  test("control cannot be requested, nor anything proposed, before the customer consents to be seen", () => {
    refused(alone(), request, "CONSENT_MISSING", { policy });
    refused(alone(), { t: "proposal.make", by: 1 }, "CONSENT_MISSING", { policy });
    expect(play(alone(), [give, request], { policy }).pending).toBe(1);
  });

  test("consent that is withdrawn takes control and proposals with it", () => {
    const session = play(alone(), [give, request, grant, { t: "proposal.make", by: 1 }], { policy });
    expect(events(session, { t: "consent.refuse", by: 0, what: "view" }, { policy })).toEqual([
      "consent.refused",
      "control.released",
      "proposal.cancelled",
    ]);
  });
});

describe("proposals", () => {
  const propose: SessionCommand = { t: "proposal.make", by: 1 };

  test("one waits at a time, whoever makes it", () => {
    refused(play(together(), [propose]), { ...propose, by: 2 }, "PROPOSAL_PENDING");
  });

  test.each([
    ["proposal.accept", "proposal.accepted"],
    ["proposal.decline", "proposal.declined"],
    ["proposal.refuse", "proposal.refused"],
  ] as const)("%s is the customer's", (t, event) => {
    const made = play(alone(), [propose]);
    refused(made, { t, by: 1 }, "CUSTOMER_ONLY");
    expect(events(made, { t, by: 0 })).toEqual([event]);
    refused(play(made, [{ t, by: 0 }]), { t, by: 0 }, "PROPOSAL_MISSING");
  });

  test("it is cancelled by its maker, by a pause, by a new page, and by time", () => {
    const made = play(together(), [propose]);
    refused(made, { t: "proposal.cancel", by: 2 }, "PROPOSAL_MISSING");
    expect(events(made, { t: "proposal.cancel", by: 1 })).toEqual(["proposal.cancelled"]);
    expect(events(made, { t: "session.pause", by: 0 })).toEqual(["proposal.cancelled", "session.paused"]);
    expect(events(made, { t: "disconnect", by: 0 })).toContain("proposal.cancelled");
    expect(events(made, { t: "tick" }, { at: 60_001 })).toEqual(["proposal.expired"]);
  });

  test("the site may forbid it", () => {
    refused(alone(), propose, "PROPOSALS_OFF", { policy: { proposals: false } });
    refused(alone(), propose, "PROPOSALS_OFF", { policy: { controlLevel: "view" } });
  });
});

describe("a policy that changes in a session", () => {
  const changed: SessionCommand = { t: "policy.change" };
  const follow = (session: SessionRecord, policy: Partial<SessionSettings> = {}, at = 1) =>
    apply(session, changed, at, { ...settings, ...policy });

  test("is told to everybody, and ends nothing that it still allows", () => {
    const held = play(alone(), [request, grant]);
    expect(follow(held)).toEqual({ session: held, happened: [{ event: "policy.changed" }] });
  });

  test("shows the customer who may not be hidden any more, also who is yet to come", () => {
    const silent = { silentObservers: true };
    const invited = play(alone(), [invite("observer", true)], { policy: silent });
    const { happened, session } = follow(play(invited, [accept], { policy: silent }));
    expect(happened).toEqual([{ event: "agent.announced", by: 2 }, { event: "policy.changed" }]);
    expect(viewOf(session, 0, 1, settings).participants).toHaveLength(3);
    expect(viewOf(play(invited, [accept]), 0, 1, settings).participants).toHaveLength(3);
  });

  test.each<[string, Partial<SessionSettings>]>([
    ["a lower level", { controlLevel: "scroll" }],
    ["a consent that was not given", { consent: ["view", "control"] }],
  ])("takes control and requests back by %s", (_what, policy) => {
    const held = follow(play(alone(), [request, grant]), policy);
    expect(held.happened.map(({ event }) => event)).toEqual(["control.released", "policy.changed"]);
    expect(held.session.holder).toBeUndefined();
    const asked = follow(play(alone(), [request]), policy);
    expect(asked.happened.map(({ event }) => event)).toEqual(["control.cancelled", "policy.changed"]);
    expect(asked.session.pending).toBeUndefined();
  });

  test("takes back a proposal that it does not allow", () => {
    const { session, happened } = follow(play(alone(), [{ t: "proposal.make", by: 1 }]), {
      proposals: false,
    });
    expect(happened.map(({ event }) => event)).toEqual(["proposal.cancelled", "policy.changed"]);
    expect(session.proposal).toBeUndefined();
  });

  test("takes back a warning that came too early by it", () => {
    const warned = play(alone(), [{ t: "tick" }], { at: 545_000 });
    expect(warned.warned).toBe(true);
    const longer = follow(warned, { customerIdleMs: 1_200_000 }, 545_000);
    expect(longer.session.warned).toBe(false);
    expect(longer.happened.map(({ event }) => event)).toEqual(["session.active", "policy.changed"]);
    expect(follow(warned, {}, 545_000).session.warned).toBe(true);
  });
});
