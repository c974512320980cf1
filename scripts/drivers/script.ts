/** Most time that `waitFor` waits, in milliseconds. */
const MOST_MS = 10_000;

/** The same, tried this often, in milliseconds. */
const POLL_MS = 25;

/**
 * The text of a function that calls `work` with arguments given as JSON, and gives a promise of its result as JSON.
 * Errors that the page throws come as text: engines tell them differently.
 */
export function scriptOf(work: string): string {
  // Tools that run TypeScript give functions their names by a helper, which the page does not have.
  return `async (given) => {
    const __name = (named) => named;
    try {
      return JSON.stringify({ value: await (${work})(...JSON.parse(given)) });
    } catch (error) {
      return JSON.stringify({ error: String((error && error.stack) || error) });
    }
  }`;
}

/** What a script of `scriptOf` gave. Throws the page's error. */
export function resultOf(json: unknown): unknown {
  const { value, error } = JSON.parse(String(json)) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(`in the page: ${error}`);
  return value;
}

/** Asks again and again until the answer is true. */
export async function until<T>(ask: () => Promise<T>, what: string): Promise<T> {
  const end = Date.now() + MOST_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
