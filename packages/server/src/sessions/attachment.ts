import type { FrameRoute, Invite, InvitedPart, SessionView } from "@copane/protocol";
import type { Refusal, SessionCommand } from "../rules/index.ts";
import type { Fidelity } from "./audit-entry.ts";

type WithoutBy<T> = T extends { by: number } ? Omit<T, "by"> : never;

/** What a participant's own connection may ask of the rules. */
export type ParticipantCommand = WithoutBy<
  Exclude<SessionCommand, { t: "connect" | "disconnect" | "session.leave" | "invite.create" }>
>;

/** A connected participant: what its socket may ask and do. */
export interface Attachment {
  readonly sessionId: string;
  readonly number: number;
  /** The number of the customer's page; undefined for agents. */
  readonly page: number | undefined;
  view(): SessionView;
  /** Why a frame that goes this way, with these flags, is not relayed right now; undefined when it is. */
  refusal(route: FrameRoute, flags: number): Refusal | undefined;
  /**
   * Decides at once; resolves when it is stored and told. Rejects with CataloguedError when the rules forbid it, or
   * with STORE_UNAVAILABLE when it holds and could not be stored so far.
   */
  command(command: ParticipantCommand): Promise<void>;
  /** Invites a colleague; the key is told once. Rejects with CataloguedError when the rules forbid it. */
  invite(part: InvitedPart, silent: boolean): Promise<Invite>;
  /** The customer's page shows this path now. */
  visited(path: string): void;
  /** Parts of the picture were compared and repaired. All agents hear the same counts: the lead's are taken. */
  compared(more: Fidelity): void;
  detach(): void;
}
