/** Says how long to wait before the next attempt; replaceable. */
export interface ReconnectPolicy {
  /** @param attempt 0 for the first attempt after a loss; undefined gives up */
  delayMs(attempt: number): number | undefined;
}

/** So many attempts take about the minute in which a session waits for who is away: they are close together. */
const SOON = 30;
const MOST_MS = { soon: 2_000, later: 8_000 };

/** Fast at first, then slower, with jitter so that a restarted server is not met by everyone at once. */
export const defaultReconnectPolicy: ReconnectPolicy = {
  delayMs: (attempt) => {
    if (attempt > 60) return undefined;
    const base = Math.min(250 * 1.7 ** attempt, attempt < SOON ? MOST_MS.soon : MOST_MS.later);
    return base * (0.7 + Math.random() * 0.6);
  },
};
