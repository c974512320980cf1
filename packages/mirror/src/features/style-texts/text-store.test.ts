import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { TextStore } from "./text-store.ts";

const text = (name: string, length = 5_000) => name.padEnd(length, "x");
const hash = (of: string) => createHash("sha256").update(of).digest("hex");

test("a text is found by what it is, and a short one is not kept", async () => {
  const store = new TextStore();
  await store.put(text("é"));
  await store.put("short");
  expect(store.get(hash(text("é")))).toBe(text("é"));
  expect(store.get(hash("short"))).toBeUndefined();
  expect(store.get("")).toBeUndefined();
});

test("what was not used for longest makes room", async () => {
  const store = new TextStore();
  const large = 5 * 1024 * 1024;
  const there = (names: string[], length: number) =>
    names.map((name) => store.get(hash(text(name, length))) !== undefined);
  for (const name of ["a", "b", "c"]) await store.put(text(name, large));
  expect(there(["a"], large)).toEqual([true]);
  await store.put(text("d", large));
  expect(there(["b", "c", "d", "a"], large)).toEqual([false, true, true, true]);
  const names = Array.from({ length: 520 }, (_, i) => `name ${i}`);
  for (const name of names) await store.put(text(name));
  expect(there(names, 5_000).filter(Boolean).length).toBe(512);
});

test("a text that is larger than all may be leaves the others where they are", async () => {
  const store = new TextStore();
  await store.put(text("a"));
  await store.put(text("b", 17 * 1024 * 1024));
  expect(store.get(hash(text("a")))).toBe(text("a"));
});
