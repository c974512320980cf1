import type { Answerable, SharedWaiting } from "../sessions/index.ts";
import type { Redis } from "./redis.ts";

/** A session that nobody has said to wait for so long waits no more: its server died, or Redis was away. */
const WAITS_MS = 90_000;
/** So often it is said again. */
export const STILL_WAITS_MS = 30_000;

/** Members are who answers and which session, with the time until which it waits. */
const addScript = `redis.call("zremrangebyscore", KEYS[1], "-inf", ARGV[1])
local all = redis.call("zrange", KEYS[1], 0, -1)
for i = 4, #ARGV, 2 do
  local who, count = ARGV[i] .. " ", 0
  for _, member in ipairs(all) do
    if string.sub(member, 1, #who) == who then count = count + 1 end
  end
  if count >= tonumber(ARGV[i + 1]) then return 0 end
end
for i = 4, #ARGV, 2 do redis.call("zadd", KEYS[1], ARGV[2], ARGV[i] .. " " .. ARGV[3]) end
redis.call("pexpireat", KEYS[1], ARGV[2])
return 1`;
const renewScript = `for i = 2, #ARGV do redis.call("zadd", KEYS[1], ARGV[1], ARGV[i]) end
redis.call("pexpireat", KEYS[1], ARGV[1])`;
const removeScript = `redis.call("zrem", KEYS[1], unpack(ARGV))`;

/**
 * Sessions that wait at all servers, by who answers for them: one key in Redis for each widest network, which holds as
 * many members as may wait for it. Names come here hashed already.
 */
export class RedisWaiting implements SharedWaiting {
  readonly #redis: Pick<Redis, "run">;

  constructor(redis: Pick<Redis, "run">) {
    this.#redis = redis;
  }

  async add(id: string, who: Answerable, most: number): Promise<boolean | undefined> {
    if (who.length === 0) return undefined;
    const bounds = who.flatMap(({ name, times }) => [name, String(most * times)]);
    const args = [String(Date.now()), until(), id, ...bounds];
    const done = this.#redis.run(addScript, keyOf(who), args);
    return done.then(
      (answer) => answer === 1,
      () => undefined,
    );
  }

  async renew(id: string, who: Answerable): Promise<void> {
    if (who.length > 0) await this.#redis.run(renewScript, keyOf(who), [until(), ...members(id, who)]);
  }

  remove(id: string, who: Answerable): void {
    if (who.length === 0) return;
    // What cannot be taken away now ends by itself.
    void this.#redis.run(removeScript, keyOf(who), members(id, who)).catch(() => {});
  }
}

function until(): string {
  return String(Date.now() + WAITS_MS);
}

function members(id: string, who: Answerable): string[] {
  return who.map(({ name }) => `${name} ${id}`);
}

function keyOf(who: Answerable): string {
  return `copane:waiting:${who.at(-1)?.name}`;
}
