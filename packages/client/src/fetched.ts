/** A script that does not come is fetched again after so many milliseconds, and again. */
const AGAIN_MS = [1_000, 3_000];

/** A browser that says it has no network for so long may be wrong. */
const MOST_OFFLINE_MS = 30_000;

/**
 * Fetches a script, several times if need be: networks fail for a moment. While the browser knows that it has no
 * network it is not tried again. Rejects when it does not come.
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (const wait of AGAIN_MS) {
    try {
      return await load();
    } catch {
      await after(wait);
      if (globalThis.navigator?.onLine === false) await network();
    }
  }
  return load();
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function network(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, MOST_OFFLINE_MS);
    addEventListener("online", done, { once: true });
  });
}
