import fc from "fast-check";
import {
  createByAgent,
  createByCustomer,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
} from "../rules/index.ts";

const given = { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 };

const by = fc.integer({ min: 0, max: 3 });
const moves = [
  "connect",
  "disconnect",
  "session.leave",
  "control.request",
  "control.release",
  "control.grant",
  "control.deny",
  "control.revoke",
  "session.pause",
  "session.resume",
  "session.continue",
  "activity",
  "agent.announce",
  "handover.accept",
  "handover.decline",
  "handover.cancel",
  "proposal.make",
  "proposal.accept",
  "proposal.decline",
  "proposal.refuse",
  "proposal.cancel",
] as const;
/** Anything that may happen to a session. */
const command: fc.Arbitrary<SessionCommand> = fc.oneof(
  fc.record({ t: fc.constantFrom(...moves), by }) as fc.Arbitrary<SessionCommand>,
  fc.record({
    t: fc.constant("control.request" as const),
    by,
    level: fc.constantFrom("scroll" as const, "full" as const),
    minutes: fc.constantFrom(0.5, 2),
  }),
  fc.record({ t: fc.constant("handover.offer" as const), by, to: by }),
  fc.record({
    t: fc.constantFrom("consent.give" as const, "consent.refuse" as const),
    by,
    what: fc.constantFrom("view" as const, "recording" as const),
  }),
  fc.record({
    t: fc.constant("invite.create" as const),
    by,
    key: fc.constantFrom("1", "2"),
    part: fc.constantFrom("agent" as const, "observer" as const),
    silent: fc.boolean(),
  }),
  fc.record({
    t: fc.constant("supervisor.join" as const),
    name: fc.constant("S"),
    agentId: fc.constant("s"),
    silent: fc.boolean(),
  }),
  fc.constantFrom<SessionCommand>(
    { t: "invite.join", key: "1", name: "I", agentId: "i" },
    { t: "invite.join", key: "2", name: "J", agentId: "j" },
    { t: "tick" },
    { t: "session.cancel" },
    { t: "agent.join" },
    { t: "agent.live.join", name: "Grace", agentId: "g" },
    { t: "agent.waiting.join", name: "Kim", agentId: "k" },
    { t: "customer.join", name: "Ada" },
  ),
);
/** How sessions begin. */
export const start = (settings: SessionSettings): fc.Arbitrary<SessionRecord> =>
  fc.constantFrom(
    createByCustomer(given, settings),
    createByAgent({ ...given, agentId: "g", autojoin: false }, settings),
    createByAgent({ ...given, agentId: "g", autojoin: true }, settings),
  );

/** What a site may allow and ask. */
export const policy = fc.record({
  controlLevel: fc.constantFrom("view" as const, "point" as const, "scroll" as const, "full" as const),
  consent: fc.subarray(["view" as const, "control" as const, "recording" as const]),
  silentObservers: fc.boolean(),
  proposals: fc.boolean(),
});

/** Commands, each with the milliseconds that pass before it. */
export const history = fc.array(fc.tuple(command, fc.integer({ min: 0, max: 90_000 })), { maxLength: 60 });
