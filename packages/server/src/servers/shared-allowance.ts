import { createHmac } from "node:crypto";
import type { Network } from "../auth/network-of.ts";
import type { AllowanceLimits, SharedAllowance, Taken } from "../auth/shared-allowance.ts";
import type { Redis } from "./redis.ts";

/** Records that share a place, which is one key in Redis. */
const WAYS = 64;

/** Redis that did not answer is not asked for so long: nobody waits for one that is away. */
const ASIDE_MS = 1_000;

/**
 * A record is when its window began, how much was spent in it, and when the window before began: 0 for a network's
 * first window. Times are in seconds since 1970.
 */
const functions = `local first, later, window, forget, now, ways = unpack(ARGV, 1, 6)
first, later, window, forget = tonumber(first), tonumber(later), tonumber(window), tonumber(forget)
now, ways = tonumber(now), tonumber(ways)
local function left(record, times)
  local start, spent, before = struct.unpack(">I4I4I4", record)
  local age = now - start
  if age > forget then return first * times end
  if age > window then return later * times end
  return math.max(0, (before > 0 and later or first) * times - spent)
end
`;

/**
 * Spends for all networks of the call, or for none. What a newcomer to a full place takes over is the record of it that
 * has the most left, as \`Allowance\` does.
 */
const takeScript = `${functions}
local taking, chosen, wait = {}, {}, 0
local room = ways - redis.call("hlen", KEYS[1])
for i = 7, #ARGV, 2 do
  local mark, times = ARGV[i], tonumber(ARGV[i + 1])
  local record = redis.call("hget", KEYS[1], mark)
  local one = { mark = mark, from = mark, record = record, found = true }
  if not record then
    one.found = false
    if room > 0 then
      room = room - 1
    else
      local all, most = redis.call("hgetall", KEYS[1]), -1
      for j = 1, #all, 2 do
        local has = left(all[j + 1], times)
        if has > most and not chosen[all[j]] then
          one.from, one.record, most = all[j], all[j + 1], has
        end
      end
    end
  end
  chosen[one.from] = true
  if one.record and left(one.record, times) <= 0 then
    local start = struct.unpack(">I4", one.record)
    wait = math.max(wait, 1, start + window + 1 - now)
  end
  taking[#taking + 1] = one
end
if wait > 0 then return { 0, wait } end
local starts = { 1 }
for _, one in ipairs(taking) do
  local start, spent, before = now, 1, 0
  if one.record then
    local began, had, earlier = struct.unpack(">I4I4I4", one.record)
    if now - began <= window then
      start, spent, before = one.found and began or now, had + 1, earlier
    elseif now - began <= forget then
      before = began
    end
  end
  if one.from ~= one.mark then redis.call("hdel", KEYS[1], one.from) end
  redis.call("hset", KEYS[1], one.mark, struct.pack(">I4I4I4", start, spent, before))
  starts[#starts + 1] = start
end
redis.call("expire", KEYS[1], forget + 1)
return starts`;

/** Gives back what was taken in a window that goes on. One in which nothing is spent any more has not begun. */
const giveBackScript = `for i = 1, #ARGV, 2 do
  local record = redis.call("hget", KEYS[1], ARGV[i])
  if record then
    local start, spent, before = struct.unpack(">I4I4I4", record)
    if start == tonumber(ARGV[i + 1]) and spent > 0 then
      if spent > 1 then
        redis.call("hset", KEYS[1], ARGV[i], struct.pack(">I4I4I4", start, spent - 1, before))
      elseif before > 0 then
        redis.call("hset", KEYS[1], ARGV[i], struct.pack(">I4I4I4", before, 0, before))
      else
        redis.call("hdel", KEYS[1], ARGV[i])
      end
    end
  end
end`;

export interface RedisAllowanceOptions {
  redis: Pick<Redis, "run">;
  /** The same at all servers: nobody can tell from a key, or choose, which network it is. */
  secret: Uint8Array;
  name: string;
  limits: AllowanceLimits;
  /** Networks that are kept in mind, at least: a multiple of 64. */
  records: number;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/**
 * What networks have spent at all servers, in Redis: one key for each place, with at most 64 records, so that memory is
 * bounded however many networks there are. All networks of one asker share the place of the widest, so that one script
 * on one key looks at them and spends.
 */
export class RedisAllowance implements SharedAllowance {
  readonly #options: RedisAllowanceOptions;
  readonly #limits: readonly string[];
  readonly #clock: () => number;
  #asideUntil = 0;

  constructor(options: RedisAllowanceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    const { first, later, windowS, forgetS } = options.limits;
    this.#limits = [first, later, windowS, forgetS].map(String);
  }

  async take(networks: readonly Network[]): Promise<Taken | undefined> {
    const { redis } = this.#options;
    if (this.#clock() < this.#asideUntil) return undefined;
    const key = this.#place(networks.at(-1)?.name ?? "");
    const marks = networks.map(({ name }) => this.#hash(name).toString("base64url", 0, 6));
    const asked = networks.flatMap(({ times }, i) => [marks[i] as string, String(times)]);
    const now = String(Math.floor(this.#clock() / 1_000));
    try {
      const answer = (await redis.run(takeScript, key, [
        ...this.#limits,
        now,
        String(WAYS),
        ...asked,
      ])) as number[];
      const [granted, ...starts] = answer;
      if (granted === 0) return { granted: false, wait: starts[0] as number };
      const args = marks.flatMap((mark, i) => [mark, String(starts[i])]);
      return {
        granted: true,
        // What cannot be given back now is lost with its window.
        giveBack: () => void redis.run(giveBackScript, key, args).catch(() => {}),
      };
    } catch {
      this.#asideUntil = this.#clock() + ASIDE_MS;
      return undefined;
    }
  }

  #place(widest: string): string {
    const { name, records } = this.#options;
    const place = this.#hash(widest).readUInt32LE(8) % (records / WAYS);
    return `copane:spent:${name}:${place}`;
  }

  #hash(network: string): Buffer {
    const { secret, name } = this.#options;
    return createHmac("sha256", secret).update(`${name} ${network}`).digest();
  }
}
