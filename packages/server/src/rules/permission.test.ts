import { FrameFlag, type FramePermission, type FrameRoute } from "@copane/protocol";
import { describe, expect, test } from "vitest";
import { settings } from "../testing/settings.ts";
import { apply, createByCustomer, refusal, type SessionCommand, type SessionRecord } from "./index.ts";

const GRACE = 1;
const OBSERVER = 2;

/** Ada is the customer, Grace leads, and somebody observes. */
function session(...commands: SessionCommand[]): SessionRecord {
  const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };
  const all: SessionCommand[] = [
    { t: "agent.live.join", name: "Grace", agentId: "g" },
    { t: "invite.create", by: GRACE, key: "1", part: "observer", silent: false },
    { t: "invite.join", key: "1", name: "Robin", agentId: "r" },
    ...commands,
  ];
  return all.reduce((now, one) => apply(now, one, 1, settings).session, createByCustomer(given, settings));
}
const granted = (wish: object) =>
  session({ t: "control.request", by: GRACE, ...wish }, { t: "control.grant", by: 0 });

const cases = {
  plain: { in: session() },
  "before consent": { in: session(), policy: { consent: ["view" as const] } },
  "as observer": { in: session(), by: OBSERVER },
  "site without pointing": { in: session(), policy: { controlLevel: "view" as const } },
  "may scroll": { in: granted({ level: "scroll" }) },
  "in control": { in: granted({ level: "full" }) },
  "of one field": { in: granted({ level: "full", scope: 7 }) },
  "another's control": { in: granted({ level: "full" }), by: OBSERVER },
  "after its time": { in: granted({ level: "full", minutes: 1 }), at: 60_001 },
  "who is not in": { in: session(), by: 9 },
  "when it is over": { in: session({ t: "session.cancel" }) },
};
type Case = keyof typeof cases;
interface Given {
  in: SessionRecord;
  by?: number;
  at?: number;
  policy?: object;
}

function refused(route: Omit<FrameRoute, "to">, name: Case, flags = 0): string {
  const { in: record, by = GRACE, at = 1, policy }: Given = cases[name];
  const given = { route: { to: "customer", ...route } as const, flags };
  return refusal(record, by, given, at, { ...settings, ...policy }) ?? "passes";
}

/** What each permission comes to in each case. */
const table: Record<FramePermission, Record<Case, string>> = {
  nothing: row({}),
  talk: row({ "as observer": "OBSERVERS_WATCH", "another's control": "OBSERVERS_WATCH" }),
  show: row({ "before consent": "drop" }),
  propose: row(acting()),
  point: row({ ...acting(), "site without pointing": "LEVEL_NOT_ALLOWED" }),
  scroll: row({ ...acting(), ...without(), "of one field": "OUT_OF_SCOPE" }),
  full: row({ ...acting(), ...without(), "may scroll": "LEVEL_TOO_LOW", "of one field": "OUT_OF_SCOPE" }),
};

function row(but: Partial<Record<Case, string>>): Record<Case, string> {
  const all = Object.fromEntries(Object.keys(cases).map((name) => [name, "passes"])) as Record<Case, string>;
  return { ...all, "who is not in": "drop", "when it is over": "drop", ...but };
}
function acting(): Partial<Record<Case, string>> {
  return {
    "before consent": "CONSENT_MISSING",
    "as observer": "OBSERVERS_WATCH",
    "another's control": "OBSERVERS_WATCH",
  };
}
function without(): Partial<Record<Case, string>> {
  const refusals = "NOT_IN_CONTROL";
  return { plain: refusals, "site without pointing": refusals, "after its time": refusals };
}

describe.each(Object.entries(table) as [FramePermission, Record<Case, string>][])("%s", (needs, expected) => {
  test.each(Object.entries(expected) as [Case, string][])("%s: %s", (name, outcome) => {
    expect(refused({ needs, whilePaused: "relay" }, name)).toBe(outcome);
  });
});

test("control of one field covers the frames that say they keep to it, and no others do", () => {
  for (const needs of ["scroll", "full"] as const) {
    const route = { needs, whilePaused: "refuse" } as const;
    expect(refused(route, "of one field", FrameFlag.scoped)).toBe("passes");
    expect(refused(route, "in control", FrameFlag.scoped)).toBe("OUT_OF_SCOPE");
  }
});

test("a pause relays, drops or refuses as the route says, after what is not allowed at all", () => {
  const paused = session({ t: "session.pause", by: 0 });
  const outcomes = { relay: undefined, drop: "drop", refuse: "SESSION_PAUSED" } as const;
  for (const needs of ["nothing", "talk", "show", "propose", "point"] as const) {
    for (const [whilePaused, outcome] of Object.entries(outcomes)) {
      const route = { to: "customer", needs, whilePaused } as FrameRoute;
      expect(refusal(paused, GRACE, { route, flags: 0 }, 1, settings)).toBe(outcome);
    }
  }
  const input = { to: "customer", needs: "full", whilePaused: "refuse" } as const;
  expect(refusal(paused, GRACE, { route: input, flags: 0 }, 1, settings)).toBe("SESSION_PAUSED");
  expect(refusal(paused, OBSERVER, { route: input, flags: 0 }, 1, settings)).toBe("OBSERVERS_WATCH");
});
