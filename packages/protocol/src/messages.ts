import type { LoadPolicy, SitePrivacy } from "./policy.ts";
import type { Consent, GrantLevel, Part, SessionEvent, SessionView } from "./session.ts";

/**
 * Control messages: JSON text on the socket, read by the server. A command carries `n`, chosen by the
 * sender; the answer (`ok` or `error`) repeats it.
 */
export type ClientMessage =
  /** `page`: from the customer on a reconnect, the number that `welcome` gave to this page. */
  | { t: "hello"; version: number; token: string; page?: number }
  | { t: "ping" }
  /** The person did something; sent at most every ten seconds. Keeps an owned session from going idle. */
  | { t: "activity" }
  /** From the customer: the page now shows this path; neither query nor fragment. For the audit. */
  | { t: "page"; path: string }
  | (CommandMessage & { n: number });

/** Commands without arguments. The rules say who may send which, when. */
export const commands = [
  "control.release",
  "control.grant",
  "control.deny",
  "control.revoke",
  "session.pause",
  "session.resume",
  "session.continue",
  "agent.announce",
  /** The agent's screen cannot show the customer's page; it can again. */
  "picture.fail",
  "picture.show",
  "handover.accept",
  "handover.decline",
  "handover.cancel",
  "proposal.accept",
  "proposal.decline",
  /** The page's own answer: the element cannot be operated by an agent. */
  "proposal.refuse",
  "proposal.cancel",
  /** The agent's page does not know the part that it gave: both begin anew. */
  "match.restart",
  /** The figures are the same on both screens. */
  "match.confirm",
  /** They are not: the session ends. */
  "match.refuse",
] as const;
export type Command = (typeof commands)[number];

/** A command as its sender words it; the connection adds `n`. */
export type CommandMessage =
  | { t: Command }
  /** Without a level: the highest that the site allows. Without `minutes`: until somebody ends it. */
  | { t: "control.request"; level?: GrantLevel; scope?: number; minutes?: number }
  /**
   * From agents: so many more parts of the picture were compared with the page and repaired. The lead's is
   * recorded.
   */
  | { t: "fidelity"; compared: number; repaired: number }
  /** From the customer: SHA-256 of its random part of the figures. */
  | { t: "match.commit"; commit: string }
  /** From the agent who leads: its part. Then from the customer: the part that it had committed itself to. */
  | { t: "match.answer" | "match.reveal"; nonce: string }
  | { t: "handover.offer"; to: number }
  | { t: "invite.create"; part: InvitedPart; silent?: boolean }
  | { t: "consent.give" | "consent.refuse"; what: Consent };

/** Supervisors are not invited: their own token says what they are. */
export type InvitedPart = Exclude<Part, "supervisor">;

/** What a command brought, where it brought something. */
export interface Invite {
  /** Its digits, written `1234 5678`; for one use. */
  key: string;
  expiresInMs: number;
}

export type ServerMessage =
  /**
   * Answer to `hello`; `you` is this participant's number, `page` that of the customer's page, for the customer only.
   * Content frames may flow from here on.
   */
  | {
      t: "welcome";
      version: number;
      you: number;
      page?: number;
      session: SessionView;
      /** To agents. */
      loads?: LoadPolicy;
    }
  | { t: "event"; event: SessionEvent /** Who caused it. */; by?: number; session: SessionView }
  | { t: "ok"; n: number; invite?: Invite }
  | { t: "error"; n?: number; error: ErrorBody }
  /** To the customer: viewer `viewer` lost frames or has just arrived; begin a new epoch. */
  | { t: "mirror.resync"; viewer: number }
  /** To the customer: viewer `viewer` is gone and acknowledges nothing more; others are still there. */
  | { t: "mirror.left"; viewer: number }
  /** To the customer: no viewer is there (`false`: stop capturing) or one is again. */
  | { t: "mirror.wanted"; wanted: boolean }
  /** To the customer, before the first `mirror.wanted` and whenever it changes: what to hide, site-wide. */
  | { t: "privacy"; policy: SitePrivacy }
  | { t: "pong" };

/** The one shape of an error, in REST answers and on sockets. */
export interface ErrorBody {
  /** Number from the catalogue (`errors.ts`), stable across versions. */
  code: number;
  /** Name from the catalogue. */
  name: string;
  /** What went wrong and what to do about it. Never holds a secret or page content. */
  message: string;
  /** The offending field, where there is one. */
  field?: string;
  /** Seconds to wait before trying again, where waiting helps. */
  retryAfter?: number;
}
