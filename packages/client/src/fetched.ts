/** A script that does not come is fetched again after so many milliseconds, and again. */
const AGAIN_MS = [1_000, 3_000];

/** Fetches a script, several times if need be: networks fail for a moment. Rejects when it does not come. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (const wait of AGAIN_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return load();
}
