import { inflateRawSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetModules();
});

test("what the page put in the place of the browser's means, and never ends, is given up for good", async () => {
  vi.useFakeTimers();
  let made = 0;
  vi.stubGlobal(
    "CompressionStream",
    class {
      writable = new WritableStream();
      readable = new ReadableStream();
      constructor() {
        made++;
      }
    },
  );
  const { deflate } = await import("./alone.ts");
  const first = expect(deflate(new Uint8Array(9))).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(5_000);
  await first;
  await expect(deflate(new Uint8Array(9))).rejects.toThrow();
  expect(made).toBe(1);
});

test("what is deflated can be inflated", async () => {
  const { deflate } = await import("./alone.ts");
  const bytes = new Uint8Array(9_000).fill(7);
  expect(new Uint8Array(inflateRawSync(await deflate(bytes)))).toEqual(bytes);
});
