import { expect, test } from "vitest";
import { FontStore } from "./font-store.ts";

const key = (family: string) => ({
  family,
  style: "normal",
  weight: "400",
  stretch: "normal",
  unicodeRange: "",
});
const file = (fill: number, length = 8) => new Uint8Array(length).fill(fill);

test("a file is found by any of its names and by what it is", async () => {
  const store = new FontStore();
  await store.put([key("One"), key("Two")], file(1));
  await store.put([key("One")], file(2));
  const [newest, oldest] = store.has(key("One"));
  expect([newest, oldest].map((hash) => store.get(hash as string))).toEqual([file(2), file(1)]);
  expect(store.has(key("Two"))).toEqual([oldest]);
  expect(store.has(key("Three"))).toEqual([]);
});

test("what was not used for longest makes room", async () => {
  const store = new FontStore();
  const large = 5 * 1024 * 1024;
  await store.put([key("a")], file(1, large));
  await store.put([key("b")], file(2, large));
  await store.put([key("c")], file(3, large));
  store.get(store.has(key("a"))[0] as string);
  await store.put([key("d")], file(4, large));
  expect(["a", "b", "c", "d"].map((name) => store.has(key(name)).length)).toEqual([1, 0, 1, 1]);
  for (let i = 0; i < 130; i++) await store.put([key("e")], file(5, i));
  expect(store.has(key("e")).length).toBe(128);
});

test("names are bounded in number and length", async () => {
  const store = new FontStore();
  const names = Array.from({ length: 40 }, (_, i) => key(`name ${i}`));
  await store.put([key("x".repeat(5_000)), ...names], file(1));
  expect(names.filter((name) => store.has(name).length > 0).length).toBe(32);
  expect(store.has(key("x".repeat(5_000)))).toEqual([]);
});
