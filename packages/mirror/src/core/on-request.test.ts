import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OnRequest } from "./on-request.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Loads that the test lets succeed or fail. */
function loads() {
  const open: { resolve(part: string): void; reject(error: Error): void }[] = [];
  const load = () => new Promise<string>((resolve, reject) => open.push({ resolve, reject }));
  return { open, load };
}

test("a part is fetched once, and does what waited in order", async () => {
  const load = vi.fn(async () => "part");
  const part = new OnRequest(load);
  expect([part.state, part.requested]).toEqual(["idle", false]);
  const done: string[] = [];
  part.use((made) => done.push(`${made} 1`));
  part.use((made) => done.push(`${made} 2`));
  expect([part.state, part.requested, part.now, done]).toEqual(["loading", true, undefined, []]);
  await vi.waitFor(() => expect(done).toEqual(["part 1", "part 2"]));
  part.use((made) => done.push(`${made} 3`));
  expect([part.state, part.now, done.at(-1)]).toEqual(["ready", "part", "part 3"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("a part that did not come is fetched again, but not at once", async () => {
  const errors: unknown[] = [];
  const { open, load } = loads();
  const part = new OnRequest(load, { onError: (error) => errors.push(error) });
  const told: string[] = [];
  part.use(
    () => told.push("came"),
    () => told.push("did not come"),
  );
  open[0]?.reject(new Error("offline"));
  await vi.waitFor(() => expect(part.state).toBe("failed"));
  expect(part.requested).toBe(false);
  expect([errors, told]).toEqual([[new Error("offline")], ["did not come"]]);
  part.use(
    () => told.push("came"),
    () => told.push("too soon"),
  );
  expect([open.length, told.at(-1)]).toEqual([1, "too soon"]);
  vi.setSystemTime(Date.now() + 1_000);
  part.use(() => told.push("came"));
  open[1]?.resolve("part");
  await vi.waitFor(() => expect(told.at(-1)).toBe("came"));
});

test("no more waits than a person does meanwhile", async () => {
  const part = new OnRequest(async () => "part");
  let done = 0;
  let dropped = 0;
  for (let i = 0; i < 1_000; i++)
    part.use(
      () => done++,
      () => dropped++,
    );
  await vi.waitFor(() => expect(part.now).toBe("part"));
  expect([done, dropped]).toEqual([200, 800]);
});

test("work that fails does not keep what waits behind it from running", async () => {
  const errors: unknown[] = [];
  const part = new OnRequest(async () => "part", { onError: (error) => errors.push(error) });
  const done: number[] = [];
  part.use(() => {
    throw new Error("mine");
  });
  part.use(() => done.push(2));
  await vi.waitFor(() => expect(done).toEqual([2]));
  expect(errors).toEqual([new Error("mine")]);
  expect(part.state).toBe("ready");
});

test("what was given up ends, also if it comes only later, and nothing that waited for it is done", async () => {
  const discarded: string[] = [];
  const done: string[] = [];
  const { open, load } = loads();
  const part = new OnRequest(load, { discard: (made) => discarded.push(made) });
  part.use((made) => done.push(made));
  part.reset();
  expect(part.state).toBe("idle");
  part.use((made) => done.push(made));
  open[0]?.resolve("first");
  open[1]?.resolve("second");
  await vi.waitFor(() => expect(done).toEqual(["second"]));
  expect(discarded).toEqual(["first"]);
  part.reset();
  expect(discarded).toEqual(["first", "second"]);
  expect([part.now, part.state]).toEqual([undefined, "idle"]);
});

test("a failure after it was given up is nobody's", async () => {
  const errors: unknown[] = [];
  const { open, load } = loads();
  const part = new OnRequest(load, { onError: (error) => errors.push(error) });
  part.use(() => {});
  part.reset();
  open[0]?.reject(new Error("offline"));
  await Promise.resolve();
  await Promise.resolve();
  expect([errors, part.state]).toEqual([[], "idle"]);
});
