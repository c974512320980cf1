import type { CloseCode, CloseReason } from "@copane/protocol";
import type { Outcome, SessionHappening, SessionRecord } from "./state.ts";
import { reasons } from "./timing.ts";

/**
 * Ends a session; what was under way in it goes with it.
 * @param told `given`: the reason that came with the logout; `text`: another sentence than the usual one
 */
export function close(
  session: SessionRecord,
  code: CloseCode,
  {
    given,
    text = given || reasons[code],
    by,
  }: { given?: string | undefined; text?: string; by?: number } = {},
): Outcome {
  const role = by === undefined ? undefined : session.participants.find(({ number }) => number === by)?.role;
  const closed: CloseReason = {
    code,
    text,
    ...(role && by !== undefined ? { by: role, number: by } : {}),
    ...(given ? { given } : {}),
  };
  const {
    holder: _holder,
    pending: _pending,
    terms: _terms,
    holdsUntil: _until,
    handover: _handover,
    proposal: _proposal,
    reserved: _reserved,
    match: _match,
    ...rest
  } = withoutPassphrase(session);
  const happened: SessionHappening = { event: "session.closed", ...(by === undefined ? {} : { by }) };
  return { session: { ...rest, invites: [], paused: false, closed }, happened: [happened] };
}

export function withoutPassphrase(session: SessionRecord): SessionRecord {
  const { passphrase: _passphrase, passphraseExpiresAt: _expires, ...rest } = session;
  return rest;
}
