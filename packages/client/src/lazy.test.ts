import { expect, test, vi } from "vitest";
import { Lazy } from "./lazy.ts";

test("is fetched once, and does what waited in order", async () => {
  const load = vi.fn(async () => "part");
  const lazy = new Lazy(load);
  expect(lazy.idle).toBe(true);
  const done: string[] = [];
  lazy.use((part) => done.push(`${part} 1`));
  lazy.use((part) => done.push(`${part} 2`));
  expect([lazy.idle, lazy.now, done]).toEqual([false, undefined, []]);
  await vi.waitFor(() => expect(done).toEqual(["part 1", "part 2"]));
  lazy.use((part) => done.push(`${part} 3`));
  expect(done.at(-1)).toBe("part 3");
  expect(load).toHaveBeenCalledTimes(1);
});

test("is fetched again after it did not come, not at once, and holds no more than a person does", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  let failing = true;
  const lazy = new Lazy(async () => {
    if (failing) throw new Error("offline");
    return "part";
  });
  let calls = 0;
  lazy.use(() => calls++);
  await vi.waitFor(() => expect(lazy.idle).toBe(true));
  expect(warn).toHaveBeenCalledTimes(1);
  failing = false;
  lazy.use(() => calls++);
  expect(lazy.idle).toBe(true);
  vi.setSystemTime(Date.now() + 1_000);
  for (let i = 0; i < 1_000; i++) lazy.use(() => calls++);
  await vi.waitFor(() => expect(lazy.now).toBe("part"));
  expect(calls).toBe(200);
  warn.mockRestore();
  vi.useRealTimers();
});
