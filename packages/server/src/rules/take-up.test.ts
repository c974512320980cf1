import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { history, policy, start } from "../testing/histories.ts";
import { settings } from "../testing/settings.ts";
import {
  apply,
  createByCustomer,
  nextDeadline,
  type SessionCommand,
  type SessionRecord,
  takeUp,
  viewOf,
} from "./index.ts";

/** What nobody decided: it is another after a restart. */
function decided({ participants, activeAt: _, nextPage: _page, warned: _warned, ...rest }: SessionRecord) {
  return {
    ...rest,
    participants: participants.map(({ connected: _connected, awaySince: _since, ...one }) => one),
  };
}

function active(): SessionRecord {
  const commands: SessionCommand[] = [
    { t: "agent.live.join", name: "Grace", agentId: "g" },
    { t: "connect", by: 0 },
    { t: "connect", by: 1 },
  ];
  const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };
  return commands.reduce(
    (session, command) => apply(session, command, 1_000, settings).session,
    createByCustomer(given, settings),
  );
}

describe("a session whose server was away", () => {
  test("is what it was, in all that was decided, for any history", () => {
    fc.assert(
      fc.property(
        start(settings),
        policy,
        history,
        fc.integer({ min: 0, max: 120_000 }),
        (first, site, steps, awayMs) => {
          const here = { ...settings, ...site };
          let session = first;
          let now = 0;
          for (const [step, wait] of steps) {
            now += wait;
            try {
              session = apply(session, step, now, here).session;
            } catch {
              // The rules forbid it.
            }
          }
          const { session: next, happened } = takeUp(session, now, now + awayMs, here);
          const { proposal: _, ...before } = decided(session);
          expect(decided(next)).toEqual(session.closed ? decided(session) : before);
          if (session.closed) {
            expect(happened).toEqual([]);
            return;
          }
          expect(next.participants.some(({ connected }) => connected)).toBe(false);
          expect(next.nextPage).toBeGreaterThan(session.nextPage);
          // Nothing that was to end ends later, but for those who could not show that they are there.
          const unconnected = { ...session, participants: next.participants, activeAt: next.activeAt };
          expect(nextDeadline(next, here)).toBeGreaterThanOrEqual(nextDeadline(unconnected, here) as number);
          // The customer learns of nobody who is unseen.
          for (const one of happened) {
            const who = session.participants.find(({ number }) => number === one.by);
            if (who?.silent) expect(one.silent).toBe(true);
          }
          expect(viewOf(next, 0, now, here).participants.some(({ silent }) => silent)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("gives everybody the whole grace to come back, if it was away for less", () => {
    const lostAt = 10_000;
    const now = lostAt + settings.reconnectGraceMs - 1;
    const { session } = takeUp(active(), lostAt, now, settings);
    expect(session.participants.map(({ awaySince }) => awaySince)).toEqual([now, now]);
    expect(apply(session, { t: "tick" }, now, settings).session.closed).toBeUndefined();
  });

  test("ends like any that was left, if it was away for longer", () => {
    const lostAt = 10_000;
    const now = lostAt + settings.reconnectGraceMs;
    const { session } = takeUp(active(), lostAt, now, settings);
    expect(apply(session, { t: "tick" }, now, settings).session.closed).toMatchObject({
      code: "connection_lost",
      by: "customer",
    });
  });

  test("counts the time in between for what was to end at a time", () => {
    let session = apply(active(), { t: "control.request", by: 1, minutes: 0.5 }, 2_000, settings).session;
    session = apply(session, { t: "control.grant", by: 0 }, 3_000, settings).session;
    const early = takeUp(session, 20_000, 32_999, settings).session;
    expect(apply(early, { t: "tick" }, 32_999, settings).session.holder).toBe(1);
    const late = takeUp(session, 20_000, 33_000, settings).session;
    const { session: ticked, happened } = apply(late, { t: "tick" }, 33_000, settings);
    expect(ticked.holder).toBeUndefined();
    expect(happened.map(({ event }) => event)).toContain("control.expired");
  });

  test("warns of idleness before it ends of it", () => {
    const lostAt = settings.customerIdleMs - 1_000;
    const now = lostAt + 30_000;
    const { session } = takeUp(active(), lostAt, now, settings);
    const { session: ticked, happened } = apply(session, { t: "tick" }, now, settings);
    expect(ticked.closed).toBeUndefined();
    expect(happened.map(({ event }) => event)).toEqual(["session.idle"]);
  });

  test("takes back what was proposed, for the page that held it is gone", () => {
    const session = apply(active(), { t: "proposal.make", by: 1 }, 2_000, settings).session;
    const { session: next, happened } = takeUp(session, 3_000, 4_000, settings);
    expect(next.proposal).toBeUndefined();
    expect(happened.map(({ event }) => event)).toContain("proposal.cancelled");
  });
});
