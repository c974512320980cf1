import { afterEach, expect, test, vi } from "vitest";
import { freePort } from "./free-port.mjs";
import { ensureRedis, startRedis } from "./redis.mjs";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("one that was named and cannot be used is not replaced by another", async () => {
  vi.stubEnv("TEST_REDIS_URL", `redis://127.0.0.1:${await freePort()}`);
  await expect(ensureRedis()).rejects.toThrow(/ECONNREFUSED.*TEST_REDIS_URL/);
});

test("one of the caller's own can be stopped and started again at its port", async () => {
  const first = await startRedis();
  vi.stubEnv("TEST_REDIS_URL", first.url);
  expect((await ensureRedis()).url).toBe(first.url);
  await first.end();
  await expect(ensureRedis()).rejects.toThrow("ECONNREFUSED");
  const second = await startRedis({ port: first.port });
  expect((await ensureRedis()).url).toBe(first.url);
  await second.end();
});
