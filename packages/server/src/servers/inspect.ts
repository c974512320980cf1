import { randomUUID } from "node:crypto";
import { connectRedis, reasonOf } from "./redis.ts";

/** A Redis as a server of several would find it. */
export interface RedisState {
  product: "Redis" | "Valkey";
  /** As Redis counts; undefined where it may not be asked. */
  version: string | undefined;
  /** What it does when its memory is full, and whether that has a bound. */
  eviction: string | undefined;
  bounded: boolean;
  cluster: boolean;
  /** Whether what was published came to who had subscribed. */
  heard: boolean;
  /** How far its clock is ahead of this machine's, as far as the way there leaves no doubt. */
  aheadMs: number;
}

/** Redis cannot be used; the reason is one word or code, without what was sent. */
class RedisAway extends Error {
  override name = "RedisAway";
  readonly code: string;

  constructor(code: string) {
    super(`Redis cannot be used (${code}).`);
    this.code = code;
  }
}

const HEAR_MS = 1_000;

/** Writes a key for a second, as a lease is written. */
const script = `local info = redis.pcall("info")
if type(info) ~= "string" then info = "" end
local time = redis.call("time")
redis.call("set", KEYS[1], "1", "px", 1000)
return {info, time[1], time[2]}`;

/** Looks at the Redis that a URL names by the same client and commands as servers use. Rejects with RedisAway. */
export async function inspectRedis(url: string): Promise<RedisState> {
  let away: string | undefined;
  const redis = await connectRedis(url, {
    warn: (data) => {
      away ??= String((data as { reason?: unknown }).reason);
    },
  });
  const key = `copane:check:${randomUUID()}`;
  try {
    const asked = Date.now();
    // Of a text that Redis does not know yet: also after its restart servers have to be allowed to send theirs.
    const unknown = `${script} -- ${key}`;
    const [info, seconds, micros] = (await redis.run(unknown, key, [])) as [string, string, string];
    const now = Number(seconds) * 1_000 + Number(micros) / 1_000;
    const aheadMs = Math.min(0, now - asked) + Math.max(0, now - Date.now());
    const heard = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), HEAR_MS).unref();
      redis
        .subscribe(key, () => resolve(true))
        .then(() => redis.publish(key, Buffer.from("check")))
        .catch(() => resolve(false));
    });
    return { ...readInfo(String(info)), heard: await heard, aheadMs };
  } catch (error) {
    throw new RedisAway(away ?? reasonOf(error));
  } finally {
    redis.close();
  }
}

/** What is needed of the answer to INFO. */
function readInfo(info: string): Omit<RedisState, "heard" | "aheadMs"> {
  const fields = new Map(info.split(/\r?\n/).map((line) => line.split(/:(.*)/, 2) as [string, string]));
  return {
    product: fields.get("server_name") === "valkey" ? "Valkey" : "Redis",
    version: fields.get("redis_version"),
    eviction: fields.get("maxmemory_policy"),
    bounded: Number(fields.get("maxmemory") ?? 0) > 0,
    cluster: fields.get("cluster_enabled") === "1",
  };
}
