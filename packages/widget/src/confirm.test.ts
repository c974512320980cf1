import { CopaneError, type SessionView } from "@copane/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CopaneSettings } from "./api.ts";
import { SiteQuestions } from "./confirm.ts";
import { screenOf } from "./ui/state.ts";

const asking: SessionView = {
  id: "session",
  state: "active",
  initiator: "customer",
  locale: "en",
  participants: [
    { number: 0, role: "customer", name: "Ada", connected: true },
    { number: 1, role: "agent", name: "Robin", connected: true },
  ],
  control: { highest: "full", pending: 1, level: "scroll", endsInMs: 120_000 },
  consent: { needed: ["view", "recording"], given: [], refused: [] },
  timeoutInMs: 1_000,
};

/** A session that notes what the customer answered. */
function questions(settings: CopaneSettings, view = asking) {
  const answers: string[] = [];
  const failing: { error?: Error } = {};
  const answer = (what: string) => async () => {
    if (failing.error) throw failing.error;
    answers.push(what);
  };
  const consent = (word: string) => (what: string) => answer(`${word} ${what}`)();
  const session = {
    session: view as SessionView | undefined,
    grantControl: answer("grant"),
    denyControl: answer("deny"),
    giveConsent: consent("give"),
    refuseConsent: consent("refuse"),
  };
  const errors: Error[] = [];
  const onFailed = vi.fn();
  const site = new SiteQuestions({
    settings: () => settings,
    session: session as never,
    onError: (error) => errors.push(error),
    onFailed,
  });
  return { site, answers, session, failing, errors, onFailed };
}

const screen = (session: SessionView) =>
  screenOf({
    phase: { is: "shared", session, connection: "connected", copied: false },
    name: "",
    consentText: {},
    stopKey: "",
    asksName: false,
  });

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the site's function is asked once, with who asks for what, and the panel does not ask", async () => {
  const confirmControl = vi.fn(async () => true);
  const { site, answers } = questions({
    confirmControl,
    confirmView: () => true,
    confirmRecording: () => true,
  });
  expect(screen(asking)).toBe("askView");
  expect(screen(site.follow(asking))).toBe("hidden");
  site.follow(asking);
  await vi.runAllTimersAsync();
  expect(confirmControl).toHaveBeenCalledOnce();
  expect(confirmControl).toHaveBeenCalledWith({
    agent: "Robin",
    level: "scroll",
    minutes: 2,
    limited: false,
  });
  expect(answers.sort()).toEqual(["give recording", "give view", "grant"]);
});

test.each([
  ["no", () => false],
  ["nothing", () => undefined as never],
  ["a word that is not true", () => "yes" as never],
  ["a rejection", () => Promise.reject(new Error("no"))],
  [
    "a throw",
    () => {
      throw new Error("no");
    },
  ],
  ["no answer for a minute", () => new Promise<boolean>(() => {})],
])("%s is no", async (_what, confirm) => {
  const { site, answers } = questions({
    confirmView: confirm,
    confirmControl: confirm,
    confirmRecording: confirm,
  });
  site.follow(asking);
  await vi.runAllTimersAsync();
  expect(answers.sort()).toEqual(["deny", "refuse recording", "refuse view"]);
});

test("a yes that comes while an agent acts in the page is no: it could be the agent's", async () => {
  const { site, answers, session } = questions({ confirmRecording: () => true });
  site.follow(asking);
  session.session = { ...asking, control: { highest: "full", holder: 1 } };
  await vi.runAllTimersAsync();
  expect(answers).toEqual(["refuse recording"]);
});

test("a question that is over is not answered any more, and the next is asked anew", async () => {
  const answers: ((yes: boolean) => void)[] = [];
  const confirmControl = vi.fn(() => new Promise<boolean>((done) => answers.push(done)));
  const asked = questions({ confirmControl });
  asked.site.follow(asking);
  await vi.advanceTimersByTimeAsync(0);
  asked.site.follow({ ...asking, control: { highest: "full" } });
  asked.site.follow(asking);
  await vi.advanceTimersByTimeAsync(0);
  answers[0]?.(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.answers).toEqual([]);
  answers[1]?.(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.answers).toEqual(["grant"]);
});

test("what the site has no function for, the panel asks", () => {
  const { site } = questions({ confirmControl: () => true });
  expect(screen(site.follow(asking))).toBe("askView");
});

test("before the figures are compared nothing is asked", async () => {
  const confirmView = vi.fn(() => true);
  const { site } = questions({ confirmView });
  const view = { ...asking, match: { with: 1, confirmed: [] } };
  expect(site.follow(view)).toEqual(view);
  await vi.runAllTimersAsync();
  expect(confirmView).not.toHaveBeenCalled();
});

test("if the answer does not reach the server, the panel asks", async () => {
  const { site, failing, errors, onFailed } = questions({ confirmView: () => true });
  failing.error = new CopaneError({ code: 5001, name: "INTERNAL", message: "No answer." });
  site.follow(asking);
  await vi.runAllTimersAsync();
  expect(errors).toEqual([failing.error]);
  expect(onFailed).toHaveBeenCalledOnce();
  expect(screen(site.follow(asking))).toBe("askView");
});

test("after the end nothing is answered", async () => {
  const { site, answers } = questions({ confirmView: () => true });
  site.follow(asking);
  site.destroy();
  await vi.runAllTimersAsync();
  expect(answers).toEqual([]);
});
