import type { Notice } from "@copane/mirror/control";
import type { CopaneError, GrantLevel } from "@copane/protocol";
import type { ChatLine } from "../chat/wire.ts";
import type { SessionOptions } from "../session.ts";
import type { Fidelity } from "./fidelity.ts";

export interface AgentSessionOptions extends SessionOptions {
  /** Pointer and wheel are sent at least this far apart; as they happen by default. */
  motionIntervalMs?: number;
}

export interface AgentEvents {
  /** The customer's page: address (without query) and title. */
  page: { url: string; title: string };
  /** A complete picture of the page stands. */
  ready: undefined;
  /** The chat with the customer, oldest line first. */
  chat: readonly ChatLine[];
  /** What the agents said among themselves since this one came. */
  whisper: readonly ChatLine[];
  /** How much of the picture was compared with the customer's page so far, and how much had to be repaired. */
  fidelity: Fidelity;
  /** The page refused what the agent did, or a native dialog stands in front of it. */
  notice: Notice;
  /** The figures to compare with the customer's screen; undefined while there are none, and when all is compared. */
  figures: string | undefined;
  /** Why the page is not to be seen though it may be; undefined once it is. */
  trouble: CopaneError | undefined;
}

/** What an agent asks for; without a level the highest that the site allows. */
export interface ControlWish {
  level?: GrantLevel;
  /** One form or field, by mirror node id. */
  scope?: number;
  /** The grant ends by itself after so many minutes. */
  minutes?: number;
}
