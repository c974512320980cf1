import type { Consent, ControlLevel } from "./session.ts";

/** What no page of the site shows to an agent, beyond the classes and the automatic masks. */
export interface SitePrivacy {
  /** Selectors whose text and values are masked. */
  mask: string[];
  /** Selectors that the agent can neither read nor use. */
  block: string[];
  /** Selectors that are not shown. */
  hide: string[];
  /** Ids of elements that are not sent at all. */
  removeIds: string[];
}

/** What a site may ask its customers for. */
export const askedConsents = ["view", "control", "recording"] as const satisfies (Consent | "control")[];
export type AskedConsent = (typeof askedConsents)[number];

/**
 * What an administrator decides for the whole site, kept in the store and in force at once. It can hide more than
 * the engine does by itself, never less.
 */
export interface SitePolicy {
  privacy: SitePrivacy;
  /** The highest level of control that an agent may ask for. */
  controlLevel: ControlLevel;
  /** Milliseconds; see the settings of the same names. */
  timeouts: {
    passphraseTtlMs: number;
    agentIdleMs: number;
    customerIdleMs: number;
    idleWarningMs: number;
    sessionTimeoutMs: number;
  };
  languages: { offered: string[]; default: string };
  /** What the customer is asked before it begins. Without `control` a request is granted at once. */
  consent: AskedConsent[];
  /** Words of consent by language, in place of the widget's own. */
  consentText: Record<string, string>;
  /** Observers and supervisors may come in without the customer being told. */
  silentObservers: boolean;
  /** Nothing is shown before both sides have compared two figures. */
  numberMatch?: boolean;
  /** Agents may propose one click or value for the customer to accept. */
  proposals: boolean;
  /** Days that the audit keeps a session after its end; 0 keeps it for ever. */
  retentionDays: number;
}

/** The public part, for a page before its session. */
export interface CustomerPolicy {
  consentText: Record<string, string>;
}

/** What an agent's browser may load by itself of what customers' pages name. */
export interface LoadPolicy {
  /** `public`: from names of the public internet. `none`: nothing, all comes from the customer's browser. */
  from: "public" | "none";
  /**
   * Hosts and origins to load from as well, like `intranet.example`, `*.shop.internal` or `http://10.1.2.3:8080`; `*`
   * is everything.
   */
  allow: readonly string[];
}

/** One of `LoadPolicy.allow`: an origin, or a host with or without a port; `*.` before it is all below it. */
export const loadSource = /^(\*|(https?:\/\/)?(\*\.)?[a-z0-9]([\w.-]*[a-z0-9])?(:(\d{1,5}|\*))?)$/i;
