import { CataloguedError, controlLevels, type FrameRoute, FrameType, frameTable } from "@copane/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { history, policy, start } from "../testing/histories.ts";
import { settings as open } from "../testing/settings.ts";
import {
  apply,
  createByAgent,
  createByCustomer,
  nextDeadline,
  refusal,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "./index.ts";

const frames = frameTable();

const settings: SessionSettings = { ...open, locales: ["en", "de"], agentIdleMs: 120_000, maxViewers: 3 };
const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };

/** Plays commands at given times; the session as it then is. */
function play(session: SessionRecord, ...commands: [SessionCommand, number?][]): SessionRecord {
  return commands.reduce((now, [command, at = 1]) => apply(now, command, at, settings).session, session);
}
const connect = (...numbers: number[]): [SessionCommand, number?][] =>
  numbers.map((by) => [{ t: "connect", by }]);
const joinLive: SessionCommand = { t: "agent.live.join", name: "Grace", agentId: "g" };

function active(): SessionRecord {
  return play(createByCustomer(given, settings), [joinLive], ...connect(0, 1));
}
function activeByAgent(): SessionRecord {
  const session = createByAgent({ ...given, agentId: "g", autojoin: true }, settings);
  return play(session, [{ t: "customer.join", name: "Ada" }], ...connect(0, 1));
}
function controlled(): SessionRecord {
  return play(active(), [{ t: "control.request", by: 1 }], [{ t: "control.grant", by: 0 }]);
}

describe("control", () => {
  const refusals: [what: string, session: () => SessionRecord, command: SessionCommand, error: string][] = [
    ["the customer cannot request it", active, { t: "control.request", by: 0 }, "AGENT_ONLY"],
    ["the agent cannot grant it", active, { t: "control.grant", by: 1 }, "CUSTOMER_ONLY"],
    ["the agent cannot revoke it", controlled, { t: "control.revoke", by: 1 }, "CUSTOMER_ONLY"],
    [
      "nobody can grant what was not requested",
      active,
      { t: "control.grant", by: 0 },
      "CONTROL_NOT_REQUESTED",
    ],
    ["nobody can deny what was not requested", active, { t: "control.deny", by: 0 }, "CONTROL_NOT_REQUESTED"],
    [
      "it cannot be requested twice",
      () => play(active(), [{ t: "control.request", by: 1 }]),
      { t: "control.request", by: 1 },
      "CONTROL_ALREADY_PENDING",
    ],
    [
      "it cannot be requested while held",
      controlled,
      { t: "control.request", by: 1 },
      "CONTROL_ALREADY_HELD",
    ],
    [
      "it cannot be released by who does not hold it",
      active,
      { t: "control.release", by: 1 },
      "CONTROL_NOT_HELD",
    ],
    ["it cannot be revoked when nobody holds it", active, { t: "control.revoke", by: 0 }, "CONTROL_NOT_HELD"],
    [
      "it cannot be requested while the session is paused",
      () => play(active(), [{ t: "session.pause", by: 0 }]),
      { t: "control.request", by: 1 },
      "SESSION_PAUSED",
    ],
    [
      "it cannot be requested before the customer is in",
      () => createByAgent({ ...given, agentId: "g", autojoin: true }, settings),
      { t: "control.request", by: 1 },
      "PEER_MISSING",
    ],
    ["a stranger has no say", active, { t: "control.request", by: 9 }, "NOT_JOINED"],
  ];
  test.each(refusals)("%s", (_what, session, command, error) => {
    expect(() => apply(session(), command, 1, settings)).toThrow(expect.objectContaining({ name: error }));
  });

  test("the agent cancels its request, or releases what it holds", () => {
    const waiting = play(active(), [{ t: "control.request", by: 1 }]);
    expect(apply(waiting, { t: "control.release", by: 1 }, 1, settings).happened).toEqual([
      { event: "control.cancelled", by: 1 },
    ]);
    expect(apply(controlled(), { t: "control.release", by: 1 }, 1, settings).session.holder).toBeUndefined();
  });
});

describe("pause", () => {
  test("only the customer pauses, and only while in control", () => {
    expect(() => apply(active(), { t: "session.pause", by: 1 }, 1, settings)).toThrow(
      expect.objectContaining({ name: "CUSTOMER_ONLY" }),
    );
    expect(() => apply(controlled(), { t: "session.pause", by: 0 }, 1, settings)).toThrow(
      expect.objectContaining({ name: "PAUSE_NEEDS_CONTROL" }),
    );
  });

  test("a request that waits is cancelled by a pause", () => {
    const waiting = play(active(), [{ t: "control.request", by: 1 }]);
    const { session, happened } = apply(waiting, { t: "session.pause", by: 0 }, 1, settings);
    expect(session).toMatchObject({ paused: true });
    expect(session.pending).toBeUndefined();
    expect(happened.map(({ event }) => event)).toEqual(["control.cancelled", "session.paused"]);
  });
});

describe("time", () => {
  test("an agent's session warns after one minute of idleness and closes after two", () => {
    const warned = apply(activeByAgent(), { t: "tick" }, 60_001, settings);
    expect(warned.happened).toEqual([{ event: "session.idle" }]);
    expect(viewOf(warned.session, 1, 60_001, settings).idleClosesInMs).toBe(60_000);
    expect(apply(warned.session, { t: "tick" }, 120_001, settings).session.closed?.code).toBe(
      "inactive_timeout",
    );
  });

  test("a customer's session closes after ten minutes, and the agent's doings do not keep it", () => {
    const session = play(active(), [{ t: "activity", by: 1 }, 500_000]);
    expect(apply(session, { t: "tick" }, 600_001, settings).session.closed?.code).toBe("inactive_timeout");
  });

  test("the owner's activity, or anyone's word to go on, keeps it", () => {
    for (const command of [
      { t: "activity", by: 0 },
      { t: "session.continue", by: 1 },
    ] as const) {
      const session = play(active(), [{ t: "tick" }, 550_000], [command, 560_000]);
      expect(session.warned).toBe(false);
      expect(apply(session, { t: "tick" }, 600_001, settings).session.closed).toBeUndefined();
    }
  });

  test("no session outlives its timeout", () => {
    const session = play(active(), [{ t: "activity", by: 0 }, 7_199_999]);
    expect(apply(session, { t: "tick" }, 7_200_000, settings).session.closed?.code).toBe("session_timeout");
  });

  test("a lost participant may come back within the grace, and ends the session after it", () => {
    const away = play(active(), [{ t: "disconnect", by: 0 }, 1_000]);
    expect(apply(away, { t: "tick" }, 60_000, settings).session.closed).toBeUndefined();
    expect(apply(away, { t: "tick" }, 61_000, settings).session.closed?.code).toBe("connection_lost");
    expect(play(away, [{ t: "connect", by: 0 }, 30_000], [{ t: "tick" }, 61_000]).closed).toBeUndefined();
  });

  test("an unused key dies; with it what an agent prepared, but not a customer's own session", () => {
    const byCustomer = play(createByCustomer(given, { ...settings, customerIdleMs: 900_000 }), ...connect(0));
    const later = apply(byCustomer, { t: "tick" }, 600_000, {
      ...settings,
      customerIdleMs: 900_000,
    }).session;
    expect(later.closed).toBeUndefined();
    expect(() => apply(later, joinLive, 600_001, settings)).toThrow(
      expect.objectContaining({ name: "PASSPHRASE_UNKNOWN" }),
    );
    const byAgent = createByAgent({ ...given, agentId: "g", autojoin: false }, settings);
    expect(apply(byAgent, { t: "tick" }, 600_000, settings).session.closed?.code).toBe("cancelled");
  });
});

test("only the initiator's side is told the key", () => {
  const session = createByCustomer(given, settings);
  expect(viewOf(session, 0, 0, settings).passphrase).toBe("1234 5678");
  expect(viewOf(session, 1, 0, settings).passphrase).toBeUndefined();
});

test("a language that is not offered becomes the default, a region its language", () => {
  expect(createByCustomer({ ...given, locale: "fr" }, settings).locale).toBe("en");
  expect(createByCustomer({ ...given, locale: "de_CH" }, settings).locale).toBe("de");
  const many = { ...settings, locales: ["en", "pt-BR", "zh-CN"] };
  expect(createByCustomer({ ...given, locale: "pt" }, many).locale).toBe("pt-BR");
  expect(createByCustomer({ ...given, locale: "zh-SG" }, many).locale).toBe("zh-CN");
  expect(createByCustomer({ ...given, locale: "zh-Hant-TW" }, many).locale).toBe("en");
});

test("pages that log out for idleness close with that reason", () => {
  const { session } = apply(active(), { t: "session.leave", by: 0, reason: "inactive_timeout" }, 1, settings);
  expect(session.closed?.code).toBe("inactive_timeout");
});

describe("whatever happens in whatever order", () => {
  test("the session keeps its rules", () => {
    fc.assert(
      fc.property(start(settings), policy, history, (first, site, steps) => {
        const here = { ...settings, ...site };
        let session = first;
        let now = 0;
        for (const [step, wait] of steps) {
          now += wait;
          const before = session;
          try {
            session = apply(session, step, now, here).session;
          } catch (error) {
            expect(error).toBeInstanceOf(CataloguedError);
            expect(session).toBe(before);
            continue;
          }
          const agents = session.participants.filter(({ role }) => role === "agent");
          const customers = session.participants.filter(({ role }) => role === "customer");
          expect(before.closed).toBeUndefined();
          expect(customers.length).toBeLessThanOrEqual(1);
          expect(agents.length).toBeLessThanOrEqual(settings.maxViewers);
          if (session.holder !== undefined) {
            expect(agents.some(({ number }) => number === session.holder)).toBe(true);
            expect(session.paused).toBe(false);
            expect(session.pending).toBeUndefined();
          }
          // Nobody is let do more than the site allows, or without a consent that it asks for.
          const asks = session.holder ?? session.pending;
          expect(session.terms !== undefined).toBe(asks !== undefined);
          if (session.terms)
            expect(controlLevels.indexOf(session.terms.level)).toBeLessThanOrEqual(
              controlLevels.indexOf(here.controlLevel),
            );
          for (const acting of [asks, session.proposal?.by, session.handover?.to]) {
            if (acting === undefined) continue;
            const who = session.participants.find(({ number }) => number === acting);
            expect(who?.part).not.toBe("observer");
            expect(who?.role).toBe("agent");
            expect(who?.silent).toBeUndefined();
          }
          if (asks !== undefined || session.proposal)
            expect(!here.consent.includes("view") || session.consents.given.includes("view")).toBe(true);
          if (!here.silentObservers) expect(agents.some(({ silent }) => silent)).toBe(false);
          if (session.proposal) expect(here.proposals && !session.paused).toBe(true);
          // While the session lives, whoever leads it is in it.
          if (!session.closed && session.lead !== undefined)
            expect(agents.some(({ number }) => number === session.lead)).toBe(true);
          // The customer is never told of a silent one.
          const told = viewOf(session, 0, now, here);
          expect(told.participants.some(({ silent }) => silent)).toBe(false);
          expect(told.handover).toBeUndefined();
          for (let number = 1; number < session.nextNumber; number++) {
            const refused = (type: number) => {
              const route = frames.get(type)?.from.agent as FrameRoute;
              return refusal(session, number, { route, flags: 0 }, now, here);
            };
            if (refused(FrameType.input) === undefined) expect(number).toBe(session.holder);
            if (here.controlLevel === "view") expect(refused(FrameType.pointer)).toBeDefined();
          }
          // A key that is gone never comes back, and it is gone once both sides are in.
          if (!before.passphrase) expect(session.passphrase).toBeUndefined();
          if (customers.length && agents.length) expect(session.passphrase).toBeUndefined();
          if (session.closed) {
            const { holder, pending, passphrase, proposal, handover } = session;
            expect([holder, pending, passphrase, proposal, handover].every((one) => one === undefined)).toBe(
              true,
            );
            expect(session.invites).toEqual([]);
            expect(nextDeadline(session, here)).toBeUndefined();
          } else expect(nextDeadline(session, here)).toBeTypeOf("number");
        }
      }),
      { numRuns: 500 },
    );
  });
});
