import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Heartbeat } from "./heartbeat.ts";

/** A page whose tab is hidden or shown. */
class FakeDocument extends EventTarget {
  visibilityState = "visible";

  show(visibilityState: "visible" | "hidden"): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let log: string[];
let tab: FakeDocument;
let heartbeat: Heartbeat;
let buffered: number;

beforeEach(() => {
  vi.useFakeTimers();
  tab = new FakeDocument();
  vi.stubGlobal("document", tab);
  log = [];
  buffered = 0;
  heartbeat = new Heartbeat({
    ask: () => log.push("ask"),
    buffered: () => buffered,
    onSilent: () => log.push("silent"),
    onAnswer: () => log.push("answer"),
    onDead: () => {
      log.push("dead");
      heartbeat.stop();
    },
  });
});
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A server that answers from now on, if it is asked. */
function answering(ms: number): void {
  for (let passed = 0; passed < ms; passed += 100) {
    vi.advanceTimersByTime(100);
    if (log.at(-1) === "ask") {
      heartbeat.heard(true);
      log.push("pong");
    }
  }
}

/** The clock goes on and no timer runs, as in a frozen tab. What arrived meanwhile is heard only afterwards. */
function freeze(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

test("a server that falls silent is noticed within five seconds", () => {
  heartbeat.start();
  heartbeat.heard();
  answering(10_500);
  log.length = 0;
  vi.advanceTimersByTime(4_900);
  expect(log).toEqual(["ask", "silent"]);
});

test("one that never answers the hello too", () => {
  heartbeat.start();
  vi.advanceTimersByTime(4_900);
  expect(log).toEqual(["silent"]);
});

test("what comes again ends the silence, whatever it is", () => {
  heartbeat.start();
  vi.advanceTimersByTime(4_900);
  heartbeat.heard();
  expect(log).toEqual(["silent", "answer"]);
  log.length = 0;
  vi.advanceTimersByTime(4_900);
  expect(log).toEqual(["ask", "silent"]);
});

test("a line that stays silent is given up", () => {
  heartbeat.start();
  vi.advanceTimersByTime(15_000);
  expect(log).toEqual(["silent", "dead"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("an idle line costs one question in two seconds, a busy one none", () => {
  heartbeat.start();
  heartbeat.heard();
  answering(60_000);
  expect(log.filter((one) => one === "ask").length).toBeLessThanOrEqual(30);
  log.length = 0;
  for (let i = 0; i < 60; i++) {
    vi.advanceTimersByTime(1_000);
    heartbeat.heard();
  }
  expect(log).toEqual([]);
});

test("in a hidden tab it asks seldom, and at once when the tab is shown again", () => {
  heartbeat.start();
  heartbeat.heard();
  tab.show("hidden");
  answering(60_000);
  expect(log.filter((one) => one === "ask").length).toBeLessThanOrEqual(4);
  log.length = 0;
  vi.advanceTimersByTime(5_000);
  expect(log).toEqual([]);
  tab.show("visible");
  expect(log).toEqual(["ask"]);
  vi.advanceTimersByTime(4_900);
  expect(log).toEqual(["ask", "silent"]);
});

test.each([1_600, 60_000, 3_600_000])(
  "timers that are held up for %d ms raise no alarm: what arrived meanwhile is heard after them",
  (ms) => {
    heartbeat.start();
    heartbeat.heard();
    vi.advanceTimersByTime(2_500);
    expect(log).toEqual(["ask"]);
    freeze(ms);
    vi.advanceTimersByTime(2_400);
    heartbeat.heard(true);
    expect(log).not.toContain("silent");
    log.length = 0;
    answering(10_000);
    expect(log).not.toContain("silent");
  },
);

test("a slow line that still carries what was sent before the question raises no alarm", () => {
  heartbeat.start();
  heartbeat.heard();
  heartbeat.sent(1024 * 1024);
  vi.advanceTimersByTime(8_000);
  heartbeat.heard(true);
  expect(log).toEqual(["ask"]);
  buffered = 1024 * 1024;
  vi.advanceTimersByTime(8_000);
  expect(log).not.toContain("silent");
});

test("what a page sends all the time delays the alarm by little", () => {
  heartbeat.start();
  heartbeat.heard();
  for (let passed = 0; passed < 4_900; passed += 100) {
    heartbeat.sent(4 * 1024);
    vi.advanceTimersByTime(100);
  }
  expect(log).toEqual(["ask", "silent"]);
});
