/**
 * Lets time pass where time is what the test is about: nothing may happen meanwhile, or something lasts that long.
 * Everything else is waited for by what it shows.
 */
export function elapse(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Tries until `attempt` gives something other than undefined or false; the last error or state tells why not. */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined | false>,
  { timeoutMs = 15_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`, { cause: last });
    await elapse(everyMs);
  }
}
