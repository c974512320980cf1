import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetched } from "./fetched.ts";

const page = new EventTarget();
let onLine: boolean;
let tries: number;
let came: string | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("navigator", {
    get onLine() {
      return onLine;
    },
  });
  onLine = true;
  tries = 0;
  came = undefined;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Fetches what comes when `comes` says so; notes the outcome. */
function fetching(comes: () => boolean): void {
  fetched(async () => {
    tries++;
    if (!comes()) throw new Error("it did not come");
    return "came";
  }).then(
    (value) => {
      came = value;
    },
    () => {
      came = "never";
    },
  );
}

test("a script that does not come is fetched three times within four seconds", async () => {
  fetching(() => false);
  await vi.advanceTimersByTimeAsync(3_900);
  expect([tries, came]).toEqual([2, undefined]);
  await vi.advanceTimersByTimeAsync(200);
  expect([tries, came]).toEqual([3, "never"]);
});

test("without a network no try is lost, and it is fetched when the network is back", async () => {
  onLine = false;
  fetching(() => onLine);
  await vi.advanceTimersByTimeAsync(20_000);
  expect([tries, came]).toEqual([1, undefined]);
  onLine = true;
  page.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect([tries, came]).toEqual([2, "came"]);
});

test("a browser that only says that it has no network fetches all the same, later", async () => {
  onLine = false;
  fetching(() => tries > 1);
  await vi.advanceTimersByTimeAsync(32_000);
  expect([tries, came]).toEqual([2, "came"]);
});
