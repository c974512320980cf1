import type { FrameRoute, Invite, InvitedPart, SessionView } from "@copane/protocol";
import type { Refusal, SessionCommand } from "../rules/index.ts";

type WithoutBy<T> = T extends { by: number } ? Omit<T, "by"> : never;

/** What a participant's own connection may ask of the rules. */
export type ParticipantCommand = WithoutBy<
  Exclude<SessionCommand, { t: "connect" | "disconnect" | "invite" }>
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
  /** Throws CataloguedError when the rules forbid it. */
  command(command: ParticipantCommand): void;
  /** Invites a colleague; the key is told once. */
  invite(part: InvitedPart, silent: boolean): Invite;
  detach(): void;
}
