import { CataloguedError, type Consent } from "@copane/protocol";
import { cancelRequest, letGo } from "./control.ts";
import { customerOnly } from "./lookup.ts";
import { cancelProposal } from "./proposal.ts";
import type { Outcome, SessionCommand, SessionRecord, SessionSettings } from "./state.ts";

type ConsentCommand = Extract<SessionCommand, { t: `consent.${string}` }>;

/** The customer says yes or no, and may change its mind at any time. */
export function consent(
  session: SessionRecord,
  { t, by, what }: ConsentCommand,
  settings: SessionSettings,
): Outcome {
  customerOnly(session, by);
  if (!settings.consent.includes(what)) throw new CataloguedError("CONSENT_NOT_ASKED");
  const { given, refused } = session.consents;
  if (t === "consent.give") {
    if (given.includes(what)) return { session, happened: [] };
    return {
      session: { ...session, consents: { given: [...given, what], refused: without(refused, what) } },
      happened: [{ event: "consent.given", by, detail: { what } }],
    };
  }
  if (refused.includes(what)) return { session, happened: [] };
  const consents = { given: without(given, what), refused: [...refused, what] };
  const happened: Outcome["happened"] = [{ event: "consent.refused", by, detail: { what } }];
  if (what !== "view") return { session: { ...session, consents }, happened };
  // Who may not see the page may not act in it either.
  let next: SessionRecord = { ...session, consents };
  for (const end of [
    (now: SessionRecord) => (now.holder === undefined ? cancelRequest(now, by) : letGo(now, now.holder)),
    (now: SessionRecord) => cancelProposal(now, by),
  ]) {
    const ended = end(next);
    next = ended.session;
    happened.push(...ended.happened);
  }
  return { session: next, happened };
}

function without(list: readonly Consent[], what: Consent): readonly Consent[] {
  return list.filter((one) => one !== what);
}
