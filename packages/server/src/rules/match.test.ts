import { FrameType, frameTable } from "@copane/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settings as off } from "../testing/settings.ts";
import {
  apply,
  createByCustomer,
  refusal,
  type SessionCommand,
  type SessionRecord,
  viewOf,
} from "./index.ts";

const settings = { ...off, numberMatch: true };
const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };
const joinLive: SessionCommand = { t: "agent.live.join", name: "Grace", agentId: "g" };

function play(session: SessionRecord, ...commands: SessionCommand[]): SessionRecord {
  return commands.reduce((now, command) => apply(now, command, 1, settings).session, session);
}
function together(): SessionRecord {
  const session = play(createByCustomer(given, settings), joinLive);
  return play(session, { t: "connect", by: 0 }, { t: "connect", by: 1 });
}
const commit: SessionCommand = { t: "match.commit", by: 0, commit: "c" };
const answer: SessionCommand = { t: "match.answer", by: 1, nonce: "a" };
const reveal: SessionCommand = { t: "match.reveal", by: 0, nonce: "n" };
const confirmed = (by: number): SessionCommand => ({ t: "match.confirm", by });

const mirror = frameTable().get(FrameType.mirror)?.from.customer;
if (!mirror) throw new Error("the customer sends mirror frames");
const shown = (session: SessionRecord) =>
  refusal(session, 0, { route: mirror, flags: 0 }, 1, settings) === undefined;
const errorOf = (session: SessionRecord, command: SessionCommand) => {
  try {
    apply(session, command, 1, settings);
  } catch (error) {
    return (error as Error).name;
  }
  return undefined;
};

describe("figures that have to be compared", () => {
  test("keep the page from agents until both sides confirmed, and are told to both step by step", () => {
    let session = together();
    expect(viewOf(session, 0, 1, settings).match).toEqual({ with: 1, confirmed: [] });
    for (const command of [commit, answer, reveal, confirmed(0)]) {
      expect(shown(session)).toBe(false);
      expect(errorOf(session, { t: "control.request", by: 1 })).toBe("CONSENT_MISSING");
      session = play(session, command);
    }
    const match = { with: 1, commit: "c", agentNonce: "a", customerNonce: "n", confirmed: ["customer"] };
    for (const viewer of [0, 1]) expect(viewOf(session, viewer, 1, settings).match).toEqual(match);
    expect(shown(session)).toBe(false);
    session = play(session, confirmed(1));
    expect(shown(session)).toBe(true);
    expect(viewOf(session, 0, 1, settings).match).toBeUndefined();
    expect(errorOf(session, commit)).toBe("MATCH_NOT_ASKED");
  });

  test("are not asked for where the site does not, nor before both sides are there", () => {
    const alone = createByCustomer(given, settings);
    expect(viewOf(alone, 0, 1, settings).match).toBeUndefined();
    expect(errorOf(alone, commit)).toBe("MATCH_NOT_ASKED");
    expect(viewOf(together(), 0, 1, off).match).toBeUndefined();
  });

  test("are made in this order only, each part by its side", () => {
    const steps = [commit, answer, reveal];
    const twisted: SessionCommand[] = [
      { ...commit, by: 1 } as SessionCommand,
      { ...answer, by: 0 } as SessionCommand,
      { ...reveal, by: 1 } as SessionCommand,
      { t: "match.restart", by: 0 },
    ];
    for (let done = 0; done <= steps.length; done++) {
      const session = play(together(), ...steps.slice(0, done));
      const early = steps.slice(done + 1);
      for (const command of [...early, ...twisted])
        expect({ done, command, error: errorOf(session, command) }).toMatchObject({
          error: "MATCH_OUT_OF_TURN",
        });
      if (done < 3)
        for (const by of [0, 1]) expect(errorOf(session, confirmed(by))).toBe("MATCH_OUT_OF_TURN");
    }
    // A part that was given stays as it is.
    const whole = play(together(), ...steps);
    expect(errorOf(whole, { ...answer, nonce: "b" } as SessionCommand)).toBe("MATCH_OUT_OF_TURN");
    expect(errorOf(whole, { ...reveal, nonce: "b" } as SessionCommand)).toBe("MATCH_OUT_OF_TURN");
  });

  test("that begin anew have been confirmed by nobody", () => {
    const half = play(together(), commit, answer, reveal, confirmed(0), confirmed(0));
    expect(half.match?.confirmed).toEqual(["customer"]);
    for (const again of [commit, { t: "match.restart", by: 1 } satisfies SessionCommand])
      expect(play(half, again).match).toMatchObject({ confirmed: [] });
  });

  test("that differ end the session, whoever says so", () => {
    for (const by of [0, 1]) {
      const session = play(together(), commit, answer, reveal, { t: "match.refuse", by });
      expect(session.closed).toMatchObject({ code: "cancelled", by: by === 0 ? "customer" : "agent" });
    }
  });

  test("are for the customer and who leads: others neither make nor confirm them", () => {
    const session = play(together(), { t: "supervisor.join", name: "Sue", agentId: "s", silent: false });
    for (const command of [commit, answer, confirmed(0), { t: "match.refuse", by: 0 } as SessionCommand])
      expect(errorOf(session, { ...command, by: 2 } as SessionCommand)).toBe("MATCH_OUT_OF_TURN");
  });

  test("nothing is shown in any order of things but after both have confirmed figures of one making", () => {
    const step = fc.constantFrom(
      commit,
      answer,
      reveal,
      confirmed(0),
      confirmed(1),
      { t: "match.restart", by: 1 } satisfies SessionCommand,
      { t: "disconnect", by: 0 } satisfies SessionCommand,
      { t: "connect", by: 0 } satisfies SessionCommand,
      { t: "policy.change" } satisfies SessionCommand,
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let session = together();
        let saidYes = new Set<number>();
        for (const command of steps) {
          if (errorOf(session, command) !== undefined) continue;
          session = play(session, command);
          if (command.t === "match.commit" || command.t === "match.restart") saidYes = new Set();
          if (command.t === "match.confirm") saidYes.add(command.by);
          if (shown(session)) {
            expect(saidYes.size).toBe(2);
            return;
          }
        }
      }),
    );
  });
});
