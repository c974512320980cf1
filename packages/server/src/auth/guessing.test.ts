import { CataloguedError } from "@copane/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { simulateGuessing } from "../testing/guessing.ts";
import { type Guesser, GuessLimiter } from "./guessing.ts";

const wrong = new Error("wrong");
let now = 0;
let limiter: GuessLimiter;
beforeEach(() => {
  now = 0;
  limiter = new GuessLimiter({ clock: () => now });
});

/** What becomes of one guess. */
function guess(guesser: Guesser, right = false): Promise<string> {
  const attempt = () => (right ? Promise.resolve() : Promise.reject(wrong));
  return limiter
    .guess("key", guesser, attempt, (error) => error === wrong)
    .then(
      () => "right",
      (error) => (error === wrong ? "wrong" : (error as CataloguedError).name),
    );
}

async function guesses(times: number, guesser: (n: number) => Guesser): Promise<string[]> {
  const outcomes: string[] = [];
  for (let n = 0; n < times; n++) outcomes.push(await guess(guesser(n)));
  return outcomes;
}

describe("wrong keys", () => {
  test("from all addresses of one /64 are those of one network, and cost nobody else", async () => {
    const outcomes = await guesses(2_000, (n) => ({ address: `2001:db8:1:2::${n.toString(16)}` }));
    expect(outcomes.filter((one) => one === "wrong")).toHaveLength(20);
    expect(await guess({ address: "2001:db8:1:2:aaaa::1" }, true)).toBe("PASSPHRASE_GUESSING");
    for (const address of ["2001:db8:1:3::1", "2001:db8:2::1", "192.0.2.1", "::ffff:192.0.2.1"])
      expect(await guess({ address }, true)).toBe("right");
  });

  test("from all the networks of one /48 are five times as many", async () => {
    const outcomes = await guesses(2_000, (n) => ({ address: `2001:db8:1:${n.toString(16)}::1` }));
    expect(outcomes.filter((one) => one === "wrong")).toHaveLength(100);
    expect(await guess({ address: "2001:db8:2::1" }, true)).toBe("right");
  });

  test("in IPv6's clothes are those of the IPv4 address", async () => {
    await guesses(20, () => ({ address: "::ffff:192.0.2.7" }));
    expect(await guess({ address: "192.0.2.7" }, true)).toBe("PASSPHRASE_GUESSING");
  });

  test("of strangers leave agents their own, also in the same network", async () => {
    await guesses(2_000, () => ({ address: "192.0.2.7" }));
    expect(await guess({ agentId: "grace" }, true)).toBe("right");
    expect((await guesses(6, () => ({ agentId: "eve" }))).at(-1)).toBe("PASSPHRASE_GUESSING");
    expect(await guess({ agentId: "grace" }, true)).toBe("right");
  });

  test("that an agent's identity spells like an address do not cost that address", async () => {
    await guesses(10, () => ({ agentId: "192.0.2.7" }));
    expect(await guess({ address: "192.0.2.7" }, true)).toBe("right");
  });

  test("many at once are as many as one after the other", async () => {
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => guess({ address: "192.0.2.7" })));
    expect(outcomes.filter((one) => one === "wrong")).toHaveLength(20);
  });

  test("are all that costs: right ones and other errors do not", async () => {
    for (let n = 0; n < 100; n++) expect(await guess({ address: "192.0.2.7" }, true)).toBe("right");
    const other = new CataloguedError("SESSION_FULL");
    for (let n = 0; n < 100; n++) {
      const guessing = limiter.guess(
        "key",
        { address: "192.0.2.7" },
        () => Promise.reject(other),
        () => false,
      );
      await expect(guessing).rejects.toBe(other);
    }
    expect(await guess({ address: "192.0.2.7" })).toBe("wrong");
  });
});

test("a flood from 10,000 networks refuses no honest person, and its guesses are counted", async () => {
  const result = await simulateGuessing({ networks: 10_000, hours: 2, honest: 5_000, digits: 8 });
  expect(result.mostOfOne).toEqual([20, 5]);
  expect(result.guesses).toEqual([200_000, 50_000]);
  expect(result.honest).toBe(10_000);
  // One in 1,000 would be ten of them.
  expect(result.refused).toBeLessThan(5);
  const chances = result.chances.map(({ waiting, firstHour }) => [waiting, firstHour.toFixed(4)]);
  expect(chances).toEqual([
    [1, "0.0020"],
    [100, "0.1813"],
    [1_000, "0.8647"],
  ]);
});
