import { SignJWT } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import { VerifiedTokens } from "./verified-tokens.ts";

afterEach(() => {
  vi.useRealTimers();
});

const identity = { agentId: "grace", name: "Grace", role: "agent" } as const;

function tokenFor(seconds: number): Promise<string> {
  return new SignJWT({ n: seconds })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
    .sign(new Uint8Array(32));
}

test("a token is known for a minute, and never beyond its own time", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const tokens = new VerifiedTokens();
  const [short, long] = await Promise.all([tokenFor(10), tokenFor(3_600)]);
  for (const token of [short, long]) tokens.put(token, identity);
  expect(tokens.get(`${long.slice(0, -1)}x`)).toBeUndefined();
  vi.advanceTimersByTime(9_000);
  expect([tokens.get(short), tokens.get(long)]).toEqual([identity, identity]);
  vi.advanceTimersByTime(1_001);
  expect([tokens.get(short), tokens.get(long)]).toEqual([undefined, identity]);
  vi.advanceTimersByTime(60_000);
  expect(tokens.get(long)).toBeUndefined();
});
