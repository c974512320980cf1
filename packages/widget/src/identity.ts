import type { CopaneError, Metadata } from "@copane/protocol";
import type { WidgetContext } from "./config.ts";

/** Who the customer is, as far as the site says. */
export interface Who {
  name: string;
  identity?: string;
  metadata?: Metadata;
}

/** Numbers of IDENTITY_INVALID and IDENTITY_NOT_SET_UP. */
const refused: ReadonlySet<number> = new Set([2009, 2010]);

/**
 * Begins or joins a session as whom the site says. Whom the server does not know so is helped all the same: agents see
 * that nothing is verified.
 */
export async function introduce(
  { config, emit }: Pick<WidgetContext, "config" | "emit">,
  stranger: Who,
  join: (who: Who) => Promise<void>,
): Promise<void> {
  const { identity, metadata } = config;
  const known = metadata ? { ...stranger, metadata } : stranger;
  const token = typeof identity === "function" ? await identity() : identity;
  if (!token) return join(known);
  try {
    await join({ ...known, identity: token });
  } catch (error) {
    if (!refused.has((error as CopaneError).code)) throw error;
    emit("error", error as CopaneError);
    await join(known);
  }
}
