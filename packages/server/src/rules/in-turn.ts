import type { Outcome, SessionRecord } from "./state.ts";

/** Several changes one after the other, as one. */
export function inTurn(session: SessionRecord, ...changes: ((before: SessionRecord) => Outcome)[]): Outcome {
  return changes.reduce<Outcome>(
    (so, change) => {
      const { session: next, happened } = change(so.session);
      return { session: next, happened: [...so.happened, ...happened] };
    },
    { session, happened: [] },
  );
}
