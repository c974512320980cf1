import { expect, test } from "vitest";
import { settings as open } from "../testing/settings.ts";
import {
  apply,
  createByCustomer,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "./index.ts";

const policy: SessionSettings = { ...open, locales: ["en", "de"], agentIdleMs: 120_000, maxViewers: 3 };

const grace: SessionCommand = { t: "agent.live.join", name: "Grace", agentId: "g" };

function play(...commands: [SessionCommand, number?][]): SessionRecord {
  const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };
  const begun = createByCustomer(given, policy);
  return commands.reduce((now, [command, at = 1]) => apply(now, command, at, policy).session, begun);
}

/** Grace leads, and Lin, a supervisor, watches. */
function three(...more: [SessionCommand, number?][]): SessionRecord {
  const lin: SessionCommand = { t: "supervisor.join", name: "Lin", agentId: "l", silent: false };
  const connected = [0, 1, 2].map((by): [SessionCommand] => [{ t: "connect", by }]);
  return play([grace], [lin], ...connected, ...more);
}

/** What the customer, Grace and Lin are told. */
function told(session: SessionRecord): (string | undefined)[] {
  return [0, 1, 2].map((viewer) => viewOf(session, viewer, 1, policy).closeReason?.text);
}

test("the customer who ended it is not told that somebody else did", () => {
  expect(told(three([{ t: "session.leave", by: 0 }]))).toEqual([
    "You ended the session.",
    "The customer ended the session.",
    "The customer ended the session.",
  ]);
});

test("neither is the agent, and colleagues learn which agent it was", () => {
  expect(told(three([{ t: "session.leave", by: 1 }]))).toEqual([
    "The agent ended the session.",
    "You ended the session.",
    "Grace ended the session.",
  ]);
});

test("the reason that was given is told to all", () => {
  const session = three([{ t: "session.leave", by: 1, reason: "Solved" }]);
  expect(told(session)).toEqual(["Solved", "Solved", "Solved"]);
  expect(viewOf(session, 0, 1, policy).closeReason).toEqual({
    code: "agent_left",
    text: "Solved",
    given: "Solved",
    by: "agent",
    number: 1,
  });
});

test("whose connection was lost is said", () => {
  const session = three([{ t: "disconnect", by: 0 }, 1], [{ t: "tick" }, policy.reconnectGraceMs + 2]);
  expect(told(session)).toEqual([
    "The session ended because your connection was lost for too long.",
    "The session ended because the customer's connection was lost for too long.",
    "The session ended because the customer's connection was lost for too long.",
  ]);
});

test("a customer to whom nobody came was not idle", () => {
  const session = play([{ t: "connect", by: 0 }], [{ t: "tick" }, policy.customerIdleMs + 2]);
  expect(session.closed).toEqual({
    code: "not_joined",
    text: "The session ended because no agent joined.",
  });
});

test("an agent who leaves while the lead goes on ends nothing", () => {
  const session = three([{ t: "session.leave", by: 2 }]);
  expect(told(session).slice(0, 2)).toEqual([undefined, undefined]);
});
