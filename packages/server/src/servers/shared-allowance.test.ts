import type { CataloguedError } from "@copane/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startRedis } from "../../../../scripts/lib/redis.mjs";
import { type Guesser, GuessLimiter } from "../auth/guessing.ts";
import { RequestLimit } from "../auth/request-limit.ts";
import type { OpenSharedAllowance } from "../auth/shared-allowance.ts";
import { connectRedis, type Redis } from "./redis.ts";
import { RedisAllowance } from "./shared-allowance.ts";

/** Three servers that count together by a real Redis, with a clock of their own. */

const wrong = new Error("wrong");
let redis: Awaited<ReturnType<typeof startRedis>>;
let clients: Redis[];
let now: number;
let secret: Uint8Array;
let round = 0;

beforeAll(async () => {
  redis = await startRedis();
  clients = await Promise.all([0, 1, 2].map(() => connectRedis(redis.url, { warn: () => {} })));
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await redis.end();
});
beforeEach(() => {
  now = 1_800_000_000_000;
  // Other places and marks than in the tests before.
  secret = Buffer.from(`secret ${round++}`);
});

function sharedAt(server: number, away = () => false): OpenSharedAllowance {
  const client = clients[server] as Redis;
  const run: Redis["run"] = (...args) =>
    away() ? Promise.reject(new Error("The client is closed")) : client.run(...args);
  return (name, limits, records) =>
    new RedisAllowance({ redis: { run }, secret, name, limits, records, clock: () => now });
}

const limiters = (away?: () => boolean) =>
  [0, 1, 2].map((n) => new GuessLimiter({ clock: () => now, shared: sharedAt(n, away) }));

async function guess(limiter: GuessLimiter | undefined, guesser: Guesser, right = false): Promise<string> {
  const attempt = () => (right ? Promise.resolve("right") : Promise.reject(wrong));
  return (limiter as GuessLimiter)
    .guess("key", guesser, attempt, (error) => error === wrong)
    .catch((error) => (error === wrong ? "wrong" : (error as CataloguedError).name));
}

/** So many guesses, each at the next server; gives how many were let through. */
async function letThrough(servers: GuessLimiter[], times: number, who: (n: number) => Guesser) {
  let through = 0;
  for (let n = 0; n < times; n++)
    if ((await guess(servers[n % servers.length], who(n))) === "wrong") through++;
  return through;
}

const eve = { address: "192.0.2.7" };
const HOUR = 3_601_000;

describe("wrong keys at all servers together", () => {
  test("are 20 in a network's first hour and 5 in each later one, and 20 again after a day", async () => {
    const servers = limiters();
    expect(await letThrough(servers, 100, () => eve)).toBe(20);
    for (let hour = 0; hour < 3; hour++) {
      now += HOUR;
      expect(await letThrough(servers, 100, () => eve)).toBe(5);
    }
    now += 25 * HOUR;
    expect(await letThrough(servers, 100, () => eve)).toBe(20);
  });

  test("many at once are as many as one after the other", async () => {
    const servers = limiters();
    const all = Array.from({ length: 300 }, (_, n) => guess(servers[n % 3], eve));
    expect((await Promise.all(all)).filter((one) => one === "wrong")).toHaveLength(20);
  });

  test("of a /64 are those of one network, of a /48 five times as many, and cost nobody else", async () => {
    const servers = limiters();
    const host = (n: number) => ({ address: `2001:db8:1:2::${n.toString(16)}` });
    expect(await letThrough(servers, 200, host)).toBe(20);
    const site = (n: number) => ({ address: `2001:db8:1:${(n + 10).toString(16)}::1` });
    expect(await letThrough(servers, 300, site)).toBe(80);
    for (const server of servers)
      for (const address of ["2001:db8:2::1", "192.0.2.1"])
        expect(await guess(server, { address }, true)).toBe("right");
  });

  test("leave agents their own, also in the same network; another agent's cost them nothing", async () => {
    const servers = limiters();
    await letThrough(servers, 100, () => eve);
    expect(await letThrough(servers, 30, () => ({ agentId: "eve" }))).toBe(5);
    for (const server of servers) expect(await guess(server, { agentId: "grace" }, true)).toBe("right");
  });

  test("are all that costs: after right ones the first hour is still the first", async () => {
    const servers = limiters();
    for (let n = 0; n < 60; n++) expect(await guess(servers[n % 3], eve, true)).toBe("right");
    now += HOUR;
    expect(await letThrough(servers, 100, () => eve)).toBe(20);
    now += HOUR;
    for (let n = 0; n < 60; n++) expect(await guess(servers[n % 3], eve, true)).toBe("right");
    expect(await letThrough(servers, 100, () => eve)).toBe(5);
  });
});

describe("while Redis is away", () => {
  test("each server counts by itself, with what it has let through before", async () => {
    let away = false;
    const servers = limiters(() => away);
    expect(await letThrough(servers, 9, () => eve)).toBe(9);
    away = true;
    expect(await guess(servers[0], eve, true)).toBe("right");
    expect(await letThrough(servers, 300, () => eve)).toBe(3 * 17);
    away = false;
    now += 2_000;
    expect(await letThrough(servers, 30, () => eve)).toBe(0);
    expect(await guess(servers[0], { address: "192.0.2.8" }, true)).toBe("right");
  });

  test("one that answers with errors is one that is away", async () => {
    const shared: OpenSharedAllowance = (name, limits, records) =>
      new RedisAllowance({
        redis: { run: () => Promise.reject(new Error("LOADING")) },
        secret,
        name,
        limits,
        records,
      });
    const alone = new GuessLimiter({ shared });
    expect(await letThrough([alone], 50, () => eve)).toBe(20);
    await new RequestLimit(1, shared).take("192.0.2.7", async () => undefined);
  });
});

describe("requests at all servers together", () => {
  test("are bounded for a network; who is known has a bound of their own", async () => {
    const servers = [0, 1, 2].map((n) => new RequestLimit(30, sharedAt(n)));
    const ask = async (n: number, known: string | undefined) =>
      (servers[n % 3] as RequestLimit)
        .take("192.0.2.7", async () => known)
        .then(
          () => true,
          (error: CataloguedError) => {
            expect(error.name).toBe("RATE_LIMITED");
            expect(error.retryAfter).toBeGreaterThan(0);
            return false;
          },
        );
    const passed = async (times: number, known?: string) => {
      let count = 0;
      for (let n = 0; n < times; n++) if (await ask(n, known)) count++;
      return count;
    };
    expect(await passed(60)).toBe(30);
    expect(await passed(60, "agent grace")).toBe(30);
    expect(await passed(3, "agent ada")).toBe(3);
  });
});

describe("what is kept in Redis", () => {
  const limits = { first: 20, later: 5, windowS: 3_600, forgetS: 86_400 };
  const one = (name: string, times = 1) => [{ name, times }];
  const ask = (script: string, key: string) => (clients[0] as Redis).run(script, key, []);

  test("does not grow with the networks: a place holds 64, and a flood frees none of them", async () => {
    const allowance = sharedAt(0)("flood", limits, 64);
    let granted = 0;
    for (let round = 0; round < 3; round++)
      for (let n = 0; n < 300; n++) while ((await allowance.take(one(`network ${n}`)))?.granted) granted++;
    expect(granted).toBe(64 * 20);
    const place = "copane:spent:flood:0";
    expect(await ask("return redis.call('hlen', KEYS[1])", place)).toBe(64);
    // What docs/operations.md reckons with.
    expect(await ask("return redis.call('memory', 'usage', KEYS[1])", place)).toBeLessThan(2_600);
    expect(await ask("return redis.call('ttl', KEYS[1])", place)).toBeGreaterThan(86_000);
  }, 60_000);

  test("a host and its site that both take over records take over two", async () => {
    const allowance = sharedAt(0)("both", limits, 64);
    for (let n = 0; n < 64; n++) await allowance.take(one(`network ${n}`));
    const both = [...one("host"), ...one("site", 5)];
    expect((await allowance.take(both))?.granted).toBe(true);
    expect(await ask("return redis.call('hlen', KEYS[1])", "copane:spent:both:0")).toBe(64);
    // Each took over one that had spent one.
    let more = 0;
    while ((await allowance.take(both))?.granted) more++;
    expect(more).toBe(18);
  });

  test("tells nobody which networks there were", async () => {
    await guess(limiters()[0], { address: "198.51.100.77" });
    const kept = (await ask(
      `local all = {}
       for _, key in ipairs(redis.call("keys", "copane:spent:*")) do
         all[#all + 1] = key
         for _, value in ipairs(redis.call("hgetall", key)) do all[#all + 1] = value end
       end
       return table.concat(all, "\\n")`,
      "copane:spent:any",
    )) as string;
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).not.toContain("198.51.100");
  });
});
