import { describe, expect, test } from "vitest";
import type { Consent, ControlView, ParticipantView, SessionView } from "./session.ts";
import {
  agentsOf,
  consentOf,
  controlOf,
  customerOf,
  foremostAgentOf,
  isControlled,
  leads,
  mayAct,
  maySeePage,
  nameOf,
  participantOf,
} from "./view.ts";

const ada: ParticipantView = { number: 0, role: "customer", name: "Ada", connected: true };
const robin: ParticipantView = { number: 1, role: "agent", name: "Robin", connected: true, part: "agent" };
const sam: ParticipantView = { number: 2, role: "agent", name: "Sam", connected: false, part: "supervisor" };
const olga: ParticipantView = { number: 3, role: "agent", name: "Olga", connected: true, part: "observer" };
const quiet: ParticipantView = { ...sam, number: 4, name: "Quinn", silent: true };
const all = [ada, robin, sam, olga, quiet];

function view(given: Partial<SessionView> = {}): SessionView {
  return {
    id: "s",
    state: "active",
    initiator: "customer",
    locale: "en",
    participants: all,
    control: { highest: "full" },
    consent: { needed: [], given: [], refused: [] },
    timeoutInMs: 1,
    ...given,
  };
}

function controlled(control: Omit<ControlView, "highest">): SessionView {
  return view({ control: { ...control, highest: "full" } });
}

describe("who is here", () => {
  test.each<[number | undefined, ParticipantView | undefined, string]>([
    [0, ada, "Ada"],
    [2, sam, "Sam"],
    [4, quiet, "Quinn"],
    [9, undefined, ""],
    [undefined, undefined, ""],
  ])("number %s", (number, participant, name) => {
    expect(participantOf(view(), number)).toEqual(participant);
    expect(nameOf(view(), number)).toBe(name);
  });

  test("nobody is known without a session", () => {
    expect(nameOf(undefined, 0)).toBe("");
  });

  test.each<[string, ParticipantView[], ParticipantView | undefined, ParticipantView[]]>([
    ["nobody", [], undefined, []],
    ["the customer alone", [ada], ada, []],
    ["an agent alone", [robin], undefined, [robin]],
    ["those who only watch are agents too", all, ada, [robin, sam, olga, quiet]],
    ["in whatever order", [olga, ada, robin], ada, [olga, robin]],
  ])("%s", (_, participants, customer, agents) => {
    expect(customerOf({ participants })).toEqual(customer);
    expect(agentsOf({ participants })).toEqual(agents);
  });
});

describe("the agent that a customer is told about", () => {
  test.each<[string, Partial<SessionView>, ParticipantView | undefined]>([
    ["nobody while there is no agent", { participants: [ada] }, undefined],
    ["the first where nobody leads", {}, robin],
    ["who leads", { lead: 3 }, olga],
    ["who asks for control, before who leads", { lead: 3, control: { pending: 2, highest: "full" } }, sam],
    ["who is in control, before who leads", { lead: 3, control: { holder: 1, highest: "full" } }, robin],
    [
      "who leads, when the customer is not told of who is in control",
      { participants: [ada, robin, olga], lead: 3, control: { holder: 4, highest: "full" } },
      olga,
    ],
    ["the first, when who leads is not here", { lead: 9 }, robin],
  ])("%s", (_, given, expected) => {
    expect(foremostAgentOf(view(given))).toEqual(expected);
  });
});

describe("what a participant may do", () => {
  test.each<[string, number, boolean]>([
    ["an agent acts", 1, true],
    ["a supervisor acts", 2, true],
    ["an observer watches", 3, false],
    ["a silent supervisor watches", 4, false],
    ["who is not here does nothing", 9, false],
  ])("%s", (_, number, acts) => {
    expect(mayAct(view(), number)).toBe(acts);
  });

  test.each<[number | undefined, number, boolean]>([
    [1, 1, true],
    [1, 2, false],
    [undefined, 1, false],
  ])("with lead %s, number %s leads: %s", (lead, number, expected) => {
    expect(leads(view(lead === undefined ? {} : { lead }), number)).toBe(expected);
  });
});

describe("control", () => {
  test.each<[string, Omit<ControlView, "highest">, ReturnType<typeof controlOf>, boolean]>([
    ["nobody has it", {}, "none", false],
    ["this agent asks", { pending: 1 }, "pending", false],
    ["another agent asks", { pending: 2 }, "none", false],
    ["this agent has it", { holder: 1 }, "held", true],
    ["another agent has it", { holder: 2 }, "none", true],
    ["this agent asks while another has it", { holder: 2, pending: 1 }, "pending", true],
    ["this agent has it and asks for more", { holder: 1, pending: 1 }, "held", true],
  ])("%s", (_, control, stands, held) => {
    expect(controlOf(controlled(control), 1)).toBe(stands);
    expect(isControlled(controlled(control))).toBe(held);
  });
});

describe("consent to be seen", () => {
  const none: Consent[] = [];
  test.each<[Consent[], Consent[], Consent[], ReturnType<typeof consentOf>, boolean]>([
    [none, none, none, "unneeded", true],
    [["recording"], none, none, "unneeded", true],
    [["view"], none, none, "asked", false],
    [["view"], ["recording"], none, "asked", false],
    [["view", "recording"], ["view"], none, "given", true],
    [["view"], none, ["view"], "refused", false],
    [["view", "recording"], ["recording"], ["view"], "refused", false],
    [none, none, ["view"], "unneeded", true],
  ])("needed %j, given %j, refused %j: %s", (needed, given, refused, answer, seen) => {
    const asked = view({ consent: { needed, given, refused } });
    expect(consentOf(asked, "view")).toBe(answer);
    expect(maySeePage(asked)).toBe(seen);
  });

  test("is one question, to be recorded another", () => {
    const asked = view({
      consent: { needed: ["view", "recording"], given: ["view"], refused: ["recording"] },
    });
    expect(consentOf(asked, "recording")).toBe("refused");
    expect(maySeePage(asked)).toBe(true);
  });
});
