import type { RefusalReason } from "./notice.ts";

/** The page does not do what the agent asked; the agent is told `reason`. */
export class RefusedError extends Error {
  override name = "RefusedError";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`refused: ${reason}`);
    this.reason = reason;
  }
}
