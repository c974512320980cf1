import { CataloguedError, type ErrorName, parsePassphrase } from "@copane/protocol";
import type { GuessLimiter } from "../../auth/guessing.ts";

/** Names of the errors that a wrong key answers with. */
const wrongKey: ReadonlySet<string> = new Set<ErrorName>(["PASSPHRASE_UNKNOWN", "INVITE_UNKNOWN"]);

/** Runs a join by a typed key under the guess limit: only wrong keys count. */
export async function byKey<T>(
  guesses: GuessLimiter,
  address: string,
  typed: string,
  join: (digits: string) => Promise<T>,
): Promise<T> {
  await guesses.check(address);
  try {
    const digits = parsePassphrase(typed);
    if (digits === undefined) throw new CataloguedError("PASSPHRASE_UNKNOWN");
    const ticket = await join(digits);
    await guesses.succeeded(address);
    return ticket;
  } catch (error) {
    if (error instanceof CataloguedError && wrongKey.has(error.name)) await guesses.failed(address);
    throw error;
  }
}
