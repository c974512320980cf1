import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { ensurePostgres, throwAwayDatabase } from "./postgres.mjs";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A port at which nobody listens. */
function closedPort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(String(port)));
    });
  });
}

test("one that was named and cannot be used is not replaced by another", async () => {
  vi.stubEnv("TEST_DATABASE_URL", `postgres://nobody@127.0.0.1:${await closedPort()}/x`);
  await expect(ensurePostgres()).rejects.toThrow(/ECONNREFUSED.*TEST_DATABASE_URL/);
  await expect(throwAwayDatabase()).rejects.toThrow("ECONNREFUSED");
});

test("without any there is no throw-away database, and the advice what to do", async () => {
  vi.stubEnv("TEST_DATABASE_URL", "");
  vi.stubEnv("PGPORT", await closedPort());
  await expect(throwAwayDatabase()).rejects.toThrow("set TEST_DATABASE_URL");
});

test("the one that the tests run on is found again by its name, and gives databases that go away", async () => {
  const { url, stop } = await ensurePostgres();
  vi.stubEnv("TEST_DATABASE_URL", url);
  expect((await ensurePostgres()).url).toBe(url);
  const one = await throwAwayDatabase();
  const other = await throwAwayDatabase();
  expect(one.url).not.toBe(other.url);
  await Promise.all([one.drop(), other.drop()]);
  stop();
});
