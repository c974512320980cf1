import { CataloguedError, errorBody } from "@copane/protocol";
import type { Peer } from "./peer.ts";

export interface WarnLog {
  warn(data: object, message: string): void;
}

/** Tells a peer why what it sent came to nothing; `n` is the number of its command. What is not our error is logged. */
export function refuse(peer: Peer, error: unknown, log: WarnLog, n?: number): void {
  const known = error instanceof CataloguedError ? error : new CataloguedError("INTERNAL", { cause: error });
  if (known !== error) log.warn({ err: error }, "socket message failed");
  peer.send({ t: "error", ...(n === undefined ? {} : { n }), error: errorBody(known) });
}

/** Does what may come too late: where the session has ended in between, nothing is owed any more. */
export function quietly(work: () => void, log: WarnLog): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CataloguedError)) log.warn({ err: error }, "socket clean-up failed");
  }
}

/** The same for what takes time. */
export async function quietlyDone(work: Promise<void>, log: WarnLog): Promise<void> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  quietly(() => {
    if (outcome) throw outcome.error;
  }, log);
}
