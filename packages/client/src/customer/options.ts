import type {
  createCapture,
  EarlyFinds,
  LoadFeatures,
  PrivacyPolicy,
  SubframesOptions,
} from "@copane/mirror/capture";
import type { ControlPolicy, pointedAt } from "@copane/mirror/control";
import type { createCustomerMarks } from "@copane/mirror/marks";
import type { CopaneError } from "@copane/protocol";
import type { CustomerChat } from "../chat/customer.ts";
import type { ChatLine } from "../chat/wire.ts";
import type { CustomerControl } from "../control/control.ts";
import type { ShownProposal } from "../control/proposals.ts";
import type { CustomerMatch } from "../match/match.ts";
import type { SessionOptions } from "../session.ts";
import type { Sharing } from "./sharing.ts";

/** What mirrors the page, or its script under way. */
export type LoadCapture = () => Engine | Promise<Engine>;

export interface Engine {
  createCapture: typeof createCapture;
}

export interface CustomerSessionOptions extends SessionOptions {
  /** What this page hides; asked for at each start, and anew after `policyChanged()`. */
  policy?: () => PrivacyPolicy | undefined;
  /** What a script that ran before the page's own has kept. */
  early?: EarlyFinds;
  /** Changes of the page are sent at least this far apart, in milliseconds; a frame by default. */
  intervalMs?: number;
  /** Pointer and scrolling are sent at least this far apart; as they happen by default. */
  motionIntervalMs?: number;
  /** Elements of our own UI: never mirrored, never operated. */
  ignore?: (element: Element) => boolean;
  /** Where marks are drawn and how their script is loaded; without it nothing is marked in this page. */
  marks?: {
    /** Lies over the viewport, fixed, inside of what `ignore` names; takes no events itself. */
    layer: HTMLElement;
    load(): Promise<{ createCustomerMarks: typeof createCustomerMarks }>;
  };
  /**
   * Exact origins whose pages are mirrored in iframes of this page, if they want it, and what loads the script
   * for it.
   */
  frames?: Pick<SubframesOptions, "origins" | "load">;
  /** What stays the customer's while an agent is in control. */
  control?: ControlPolicy;
  /** Loads the chat, once somebody writes; without it nothing is said here. */
  loadChat?: () => Promise<{ CustomerChat: typeof CustomerChat }>;
  /** Loads what lets an agent act in the page, once control is asked for or something is proposed. */
  loadControl: () => Promise<{ CustomerControl: typeof CustomerControl }>;
  /** Loads what makes the figures to compare, where the site asks for that; without it nothing is shown there. */
  loadMatch?: () => Promise<{ CustomerMatch: typeof CustomerMatch }>;
  /** Loads what reads where agents point, once one does. */
  loadPointing: () => Promise<{ pointedAt: typeof pointedAt }>;
  /** Gives what mirrors the page, each time that it is to be shared. While it does not come nothing is. */
  loadCapture: LoadCapture;
  /** Loads the features that few pages need (canvases, videos, custom elements), once this one does. */
  loadFeatures: LoadFeatures;
}

export interface CustomerEvents {
  /** The agent operated an element. */
  touch: { viewer: number; element: Element };
  /** Where an agent points, in the viewport's CSS pixels; `at` is undefined when it left the page. */
  pointer: { viewer: number; at: { x: number; y: number } | undefined };
  /** The chat, oldest line first. */
  chat: readonly ChatLine[];
  /** What an agent proposes to do; undefined when nothing waits any more. */
  proposal: ShownProposal | undefined;
  /** The one form or field that a granted or requested control covers; undefined while it covers all, or nothing. */
  scope: Element | undefined;
  /** The figures to compare with the agent's screen; undefined while they are not known, and when all is compared. */
  figures: string | undefined;
  /** Something bears on what agents get of the page. `error` says why nothing is shared though it should be. */
  sharing: { sharing: Sharing; error: CopaneError | undefined };
  /** A window whose page is mirrored: this one, or an iframe's. `signal` says when it is not any more. */
  window: { view: Window; signal: AbortSignal };
}
