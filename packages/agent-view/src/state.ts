import type { ConnectionState, Notice } from "@copane/client/agent";
import {
  consentOf,
  controlOf,
  customerOf,
  nameOf,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import { fill } from "@copane/ui";
import type { Messages } from "./locales/en/view.ts";

/** All that the view shows of the session. */
export interface ViewState {
  session: SessionView;
  you: number;
  connection: ConnectionState;
  ready: boolean;
  page?: { url: string; title: string };
  /** What happened last, for the line under the bar. */
  last?: SessionEvent;
  /** What the customer's page said last, for as long as it matters. */
  notice?: Notice | undefined;
  /** Why the page is not to be seen though it may be, in the reader's words. */
  trouble?: string | undefined;
  /** When a timed grant ends, in milliseconds since 1970. */
  grantUntil?: number;
}

/** Whether the connection was lost, or nothing comes over it: what is shown is from before. */
export function isOffline({ connection }: Pick<ViewState, "connection">): boolean {
  return connection === "silent" || connection === "reconnecting" || connection === "lost";
}

/** What is wrong with the connection. */
export function offlineText({ connection }: Pick<ViewState, "connection">, text: Messages): string {
  return connection === "silent" ? text.silentTitle : text.offline;
}

/** Whether the customer has yet to agree to be seen, or did not. */
export function unseen(session: SessionView): "asked" | "refused" | undefined {
  const answer = consentOf(session, "view");
  return answer === "asked" || answer === "refused" ? answer : undefined;
}

/** The line under the bar: how things stand, or what has just happened. */
export function noticeOf(state: ViewState, text: Messages): string {
  const { session, you, last, notice, trouble, grantUntil } = state;
  const name = customerOf(session)?.name ?? "";
  const control = controlOf(session, you);
  const hidden = unseen(session);
  if (isOffline(state)) return offlineText(state, text);
  if (session.match) return fill(session.match.with === you ? text.matchTitle : text.matchOther, { name });
  if (session.state === "paused") return fill(text.pausedTitle, { name });
  if (hidden) return fill(hidden === "asked" ? text.waitingConsent : text.consentRefused, { name });
  if (trouble) return trouble;
  if (notice) return pageNotice(notice, name, text);
  if (control === "held") return [heldText(session, text), ...left(grantUntil, text)].join(" ");
  if (control === "pending") return fill(text.requested, { name });
  if (session.proposal?.by === you) return fill(text.suggested, { name });
  const happened = last && happenings(text, session)[last];
  if (happened) return fill(happened, { name });
  const { holder } = session.control;
  return holder === undefined ? text.viewing : fill(text.otherControls, { name: nameOf(session, holder) });
}

/** How much of the picture was found right; all but nothing wrong is not all right. */
export function shares({ compared, repaired }: { compared: number; repaired: number }) {
  const share = compared ? Math.floor((1 - Math.min(repaired / compared, 1)) * 1_000) / 10 : 100;
  return { share, compared, repaired };
}

/** Whether the customer's tab can be moved: what one form or field is granted for does not go so far. */
export function mayNavigate(session: SessionView, you: number): boolean {
  const { level, scope } = session.control;
  return controlOf(session, you) === "held" && level === "full" && scope === undefined;
}

/** What the customer's page says: why it refused, or which dialog stands in front of it. */
function pageNotice(notice: Notice, name: string, text: Messages): string {
  if (notice.kind === "refused") return fill(text[refusals[notice.reason]], { name });
  if (notice.kind !== "dialog") return "";
  return fill(notice.text ? text.dialog : text.dialogHidden, { name, text: notice.text });
}

const refusals = {
  gone: "refusedGone",
  protected: "refusedProtected",
  reserved: "refusedReserved",
  submit: "refusedSubmit",
  file: "refusedFile",
  customerTyping: "refusedTyping",
} as const satisfies Record<Extract<Notice, { kind: "refused" }>["reason"], keyof Messages>;

function heldText({ control }: SessionView, text: Messages): string {
  const can = control.level === "scroll" ? text.scrolling : text.controlled;
  return control.scope === undefined ? can : `${can} ${text.scoped}`;
}

function left(until: number | undefined, text: Messages): string[] {
  if (until === undefined) return [];
  return [fill(text.until, { minutes: Math.max(1, Math.ceil((until - Date.now()) / 60_000)) })];
}

function happenings(text: Messages, session: SessionView): Partial<Record<SessionEvent, string>> {
  return {
    "control.denied": text.denied,
    "control.revoked": text.revoked,
    "control.expired": text.expired,
    "proposal.accepted": text.suggestionAccepted,
    "proposal.declined": text.suggestionDeclined,
    "proposal.refused": text.suggestionRefused,
    "proposal.expired": text.suggestionExpired,
    "handover.declined": text.handOverDeclined,
    "handover.expired": text.handOverExpired,
    "handover.accepted": fill(text.handedOver, { name: nameOf(session, session.lead) }),
  };
}
