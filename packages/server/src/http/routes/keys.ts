import { CataloguedError, type ErrorName, parsePassphrase } from "@copane/protocol";
import type { Guesser, GuessLimiter } from "../../auth/guessing.ts";

/** Names of the errors that a wrong key answers with. */
const wrongKey: ReadonlySet<string> = new Set<ErrorName>(["PASSPHRASE_UNKNOWN", "INVITE_UNKNOWN"]);

/** Runs a join by a typed key under the guess limit: only wrong keys count. */
export function byKey<T>(
  guesses: GuessLimiter,
  guesser: Guesser,
  typed: string,
  join: (digits: string) => Promise<T>,
): Promise<T> {
  const attempt = async () => {
    const digits = parsePassphrase(typed);
    if (digits === undefined) throw new CataloguedError("PASSPHRASE_UNKNOWN");
    return join(digits);
  };
  const isWrong = (error: unknown) => error instanceof CataloguedError && wrongKey.has(error.name);
  return guesses.guess("key", guesser, attempt, isWrong);
}
