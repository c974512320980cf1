import type { ConnectionState, ControlPolicy, PrivacyPolicy } from "@copane/client/customer";
import type { EndCode, ErrorName, GrantLevel, Metadata, ParticipantView, Role } from "@copane/protocol";
import type { ChatMessages } from "./locales/en/chat.ts";
import type { LauncherMessages } from "./locales/en/launcher.ts";
import type { MarkMessages } from "./locales/en/marks.ts";
import type { PanelMessages } from "./locales/en/panel.ts";
import type { ProposalMessages } from "./locales/en/proposal.ts";
import type { ScreenMessages } from "./locales/en/screens.ts";

/** Light or dark, whatever the page's `color-scheme` says. */
export type CopaneTheme = "light" | "dark";

/** A site's own words: those that it names stand in place of ours (`src/locales/en` has all names). */
export interface CopaneWords extends Partial<PanelMessages & LauncherMessages> {
  screens?: Partial<ScreenMessages>;
  chat?: Partial<ChatMessages>;
  marks?: Partial<MarkMessages>;
  proposal?: Partial<ProposalMessages>;
  /** By the error's name. */
  errors?: Record<string, string>;
  /** By the end's code. */
  ends?: Record<string, string>;
}

/**
 * How things stand between the page and a session. `idle`: there is none. `starting`: it is being made or joined.
 * `waiting`: no agent is in yet. `active`, `paused`: as the customer chose. `ended`: until the next begins.
 */
export type CopaneState = "idle" | "starting" | "waiting" | "active" | "paused" | "ended";

/** Why a session ended, by name and number. */
export interface CopaneEnd {
  /** The reason's name. */
  code: EndCode;
  /** The reason's number: 6001 to 6010, stable across versions. */
  number: number;
  /** A sentence in English. */
  text: string;
  /** The side that ended it. */
  by?: Role;
}

/** An error by number and name: both from the catalogue in the documentation, stable across versions. */
export interface CopaneFailure extends Error {
  readonly name: ErrorName | (string & {});
  readonly code: number;
}

/** What a site can know of how things stand. */
export interface CopaneStatus {
  readonly state: CopaneState;
  /** The session's id; undefined without one. */
  readonly id: string | undefined;
  /** The key to read out to the agent, while it can be used. */
  readonly key: string | undefined;
  /** The agents who are in, as far as the customer is told of them. */
  readonly agents: readonly Pick<ParticipantView, "number" | "name" | "connected">[];
  /** How the connection to the server stands; undefined without a session. */
  readonly connection: ConnectionState | undefined;
  /** Whether an agent may act in the page. */
  readonly controlled: boolean;
}

/** What may be set: as properties of `copane`, by `copane.init()`, or by `data-` attributes of the script tag. */
export interface CopaneSettings {
  /** The server's base URL; by default where the script came from. */
  server?: string;
  /** False: no button; the site calls `copane.start()` or `copane.join()` itself. */
  launcher?: boolean;
  /** Language of a session this customer starts, and of the widget before there is one. */
  locale?: string;
  /** The customer's name, if the site knows it: then it is not asked for. */
  name?: string;
  /** Asks the customer for a name, if the site has not given one. By default nobody is asked. */
  askName?: boolean;
  /** By default the panel is as light or dark as the page's `color-scheme` says. */
  theme?: CopaneTheme;
  /** Words in place of ours, by language (`en`, `pt-BR`). */
  words?: Record<string, CopaneWords>;
  /** Corner of the window: `right` (default) or `left`. */
  side?: "right" | "left";
  /**
   * The key that stops the sharing from anywhere in the page, as in `aria-keyshortcuts` (`Control+Shift+F4`); empty for
   * none. By default `Shift+F4`, which neither browsers, systems nor screen readers use.
   */
  stopKey?: string;
  /** What the agent may not see or use, beyond the classes and the automatic masks. */
  privacy?: PrivacyPolicy;
  /**
   * Exact origins (`https://pay.example.com`) of pages in iframes of this one that the agent may see, if they
   * allow it.
   */
  frames?: readonly string[];
  /** Exact origins of pages outside that this one may be a part of, where it stands in an iframe. */
  parents?: readonly string[];
  /** What stays the customer's while an agent is in control: sending forms, chosen elements. */
  control?: ControlPolicy;
  /**
   * Who the customer is: a JWT that the site's server signed (`signCustomerIdentity` of `@copane/node`), or what gives
   * one when a session begins. Agents alone are told.
   */
  identity?: string | (() => string | Promise<string>) | undefined;
  /**
   * What agents see and search by besides, as not verified: up to 16 texts of up to 200 characters, numbers, true or
   * false, by names like `ticket`. Read when a session begins.
   */
  metadata?: Metadata | undefined;
  /** Id of a chat or call by which the agent's system finds the session that starts here, while it waits. */
  reference?: string | undefined;
  /** False: a link of an agent (`#copane=12345678`) does nothing here. */
  link?: boolean;
  /**
   * False: a session shows the site's own interface. Our panel comes only with what the customer must answer and no
   * `confirm…` of the site asks; the thin frame round the page, and the key that stops, stay.
   */
  panel?: boolean;
  /** Asked in place of the panel whether the agents may see the page. */
  confirmView?: Confirm<{ agent: string }> | undefined;
  /** Asked in place of the panel whether the agents may record their screens. */
  confirmRecording?: Confirm<{ agent: string }> | undefined;
  /**
   * Asked in place of the panel whether an agent may act in the page: at which level, for how many minutes (undefined:
   * until somebody ends it), and whether in one form or field only.
   */
  confirmControl?: Confirm<ControlQuestion> | undefined;
}

export interface ControlQuestion {
  agent: string;
  level: GrantLevel;
  minutes: number | undefined;
  limited: boolean;
}

/**
 * A question that the site asks its customer in its own way. True is yes. Anything else, a throw, a rejection, no
 * answer within a minute, and an answer that comes while an agent is in control of the page is no.
 */
export type Confirm<Question> = (question: Question) => boolean | Promise<boolean>;

/** Events a site may listen to with `copane.on()`. */
export interface CopaneEvents {
  /** A session was started, joined or resumed. Late listeners hear it while the session lives. */
  start: { id: string };
  /** It ended. */
  end: CopaneEnd;
  /** An agent came in or left. */
  agent: { name: string; joined: boolean };
  /** The chat with the agents, oldest line first; only with `panel: false`. */
  chat: readonly CopaneLine[];
  /** An agent was granted or lost control. */
  control: { granted: boolean };
  /** Something of `CopaneStatus` changed. Late listeners hear how it is now. */
  change: CopaneStatus;
  /** Something could not be done. */
  error: CopaneFailure;
}

/** A line of the chat. */
export interface CopaneLine {
  /** Who wrote it; the customer is 0. */
  by: number;
  name: string;
  text: string;
}

/** What the customer does in a session, for a site's own interface. All reject with `CopaneFailure`. */
export interface CopaneSession {
  /** Agents see nothing from the call on. */
  pause(): Promise<void>;
  /** They see the page again. */
  resume(): Promise<void>;
  /** Takes control back from an agent. */
  revokeControl(): Promise<void>;
  /** The customer is still there: idleness does not end the session. */
  goOn(): Promise<void>;
  /** Writes to the agents. */
  say(line: string): Promise<void>;
}

/** Who the customer is. */
export interface CopaneCustomer {
  /** See `identity`. */
  token: NonNullable<CopaneSettings["identity"]>;
  /** See `metadata`. */
  metadata?: Metadata;
}

export interface StartOptions {
  name?: string | undefined;
  /** Starts at once, without the panel's question: the site has asked. */
  now?: boolean | undefined;
  /** The panel offers to join with this key of an agent. */
  key?: string | undefined;
  /** See `CopaneSettings.reference`. */
  reference?: string | undefined;
}

/** `window.copane`, and what `@copane/sdk` exports. */
export interface Copane extends CopaneSettings, CopaneStatus {
  /** What the customer does in the session; only with `panel: false`, and undefined without a session. */
  readonly session?: CopaneSession | undefined;
  /** Sets several properties at once. */
  init(settings: CopaneSettings): void;
  /** Says who the customer is, to the agents of the next session. */
  identify(customer: CopaneCustomer): void;
  /**
   * Opens the panel, where the customer consents and starts. With `now`, starts at once: the site has asked.
   * Rejects with `CopaneFailure`.
   */
  start(options?: StartOptions): Promise<void>;
  /** Joins an agent's session by its key. Rejects with `CopaneFailure`. */
  join(key: string, options?: Pick<StartOptions, "name">): Promise<void>;
  /** Ends the session; nothing of the page leaves the browser from the call on. */
  stop(reason?: string): Promise<void>;
  /** Calls the listener with each event, never within this call. Gives what takes the listener away again. */
  on<K extends keyof CopaneEvents>(type: K, listener: (event: CopaneEvents[K]) => void): () => void;
  /** Calls a function with this object. Before the script is there, `window.copane` is the list of such functions. */
  push(call: (copane: Copane) => void): void;
}

declare global {
  interface Window {
    copane?: Copane;
  }
}
