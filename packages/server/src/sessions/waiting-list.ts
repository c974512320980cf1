import type { CustomerView, WaitingAnswer } from "@copane/protocol";
import { liveView, type SessionRecord, waitsForAgent } from "../rules/index.ts";

/** Which of the customers who wait are meant. */
export interface WaitingQuery {
  reference?: string | undefined;
  /** Values of metadata, as text. */
  metadata: Readonly<Record<string, string>>;
  /** Only what the site's server signed counts. */
  verified: boolean;
  limit: number;
}

/** Those who wait and are meant, who waits longest first. */
export function waitingOf(
  sessions: readonly SessionRecord[],
  query: WaitingQuery,
  now: number,
): WaitingAnswer {
  const meant = sessions.filter((session) => waitsForAgent(session) && isMeant(session.customer, query));
  const oldest = meant.sort((a, b) => a.createdAt - b.createdAt).slice(0, query.limit);
  return { sessions: oldest.map((session) => liveView(session, now)), total: meant.length };
}

function isMeant(
  customer: CustomerView | undefined,
  { reference, metadata, verified }: WaitingQuery,
): boolean {
  if (reference !== undefined && customer?.reference !== reference) return false;
  return Object.entries(metadata).every(([name, value]) => {
    // What is signed stands before what only the page says.
    const signed = said(customer?.metadata, name);
    const known = signed ?? (verified ? undefined : said(customer?.unverified, name));
    return known !== undefined && String(known) === value;
  });
}

function said(metadata: CustomerView["metadata"], name: string) {
  return metadata && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
}
