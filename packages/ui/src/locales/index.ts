import { scripts } from "./all.ts";
import type { EndWords, ErrorWords } from "./words.ts";

/** Errors and reasons for the end in one language. */
export interface SharedWords {
  errors?: ErrorWords;
  ends?: EndWords;
}

/** Fetches them; nothing for English, where they say it themselves. Rejects when the script does not come. */
export async function loadSharedWords(language: string): Promise<SharedWords> {
  const all: Record<string, () => Promise<SharedWords>> = scripts;
  return (await all[language]?.()) ?? {};
}
