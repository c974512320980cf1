import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Scheduler } from "./scheduler.ts";

let now: number;
let runs: number[];
let scheduler: Scheduler;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  now = 1_000_000;
  runs = [];
  scheduler = new Scheduler(
    () => runs.push(now),
    () => now,
    (error) => {
      throw error;
    },
  );
});
afterEach(() => {
  scheduler.stop();
  vi.useRealTimers();
});

/** Resolves when every message that was posted has come. */
function messages(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Milliseconds until a run that is asked for now has come. */
async function wait(): Promise<number> {
  const from = now;
  const before = runs.length;
  scheduler.soon();
  for (;;) {
    await messages();
    if (runs.length > before) return now - from;
    now++;
    vi.advanceTimersByTime(1);
  }
}

test("the first change goes at once, the next ones a frame apart", async () => {
  expect(await wait()).toBe(0);
  expect(await wait()).toBe(16);
  now += 100;
  expect(await wait()).toBe(0);
});

test("who sends more than the pace is flushed less often, and as before once that is over", async () => {
  await wait();
  scheduler.spend(200 * 1024);
  expect(await wait()).toBe(16);
  scheduler.spend(10 * 1024 * 1024);
  expect(await wait()).toBe(50);
  expect(await wait()).toBe(50);
  // However much it was, it is forgotten soon.
  now += 1_000;
  await wait();
  expect(await wait()).toBe(16);
});
