import type { SitePolicy } from "./policy.ts";
import type { AgentRole, Permission } from "./roles.ts";
import type { CloseCode, Role } from "./session.ts";

/** How sessions end: as the rules say, or with the server that held them. */
export type AuditOutcome = CloseCode | "server_lost";

/** A session as the audit shows it; times are ISO 8601. */
export interface PastSession {
  id: string;
  initiator: Role;
  locale: string;
  customer: string | null;
  agentId: string | null;
  agent: string | null;
  createdAt: string;
  endedAt: string | null;
  /** Null while the session goes on. */
  durationMs: number | null;
  outcome: AuditOutcome | null;
  endedBy: Role | null;
  /** How often control was granted. */
  controls: number;
  /** How many pages the customer visited in it. */
  pages: number;
  /** Parts of the agent's picture that were compared with the customer's page, and those that were repaired. */
  compared: number;
  repaired: number;
}

export interface PastParticipant {
  number: number;
  role: Role;
  name: string;
  agentId: string | null;
  joinedAt: string;
}

/** Something that happened in a session; `by` is a participant's number. */
export interface PastEvent<Event extends string = string> {
  id: number;
  at: string;
  event: Event;
  by: number | null;
  detail: string | null;
}

/** What the sessions of a group have in common, and what they come to. */
export interface ReportRow {
  /** A day (`2026-11-24`), an agent's id, or an outcome; null where there is none. */
  key: string | null;
  /** The agent's name, in a report by agent. */
  name?: string;
  sessions: number;
  /** Sessions that an agent joined. */
  attended: number;
  /** Sessions in which control was granted. */
  controlled: number;
  /** Mean length of the ended ones, in milliseconds. */
  averageMs: number | null;
}

export type ReportBy = "day" | "agent" | "outcome";

/** A policy as it was stored; version 0 is what the configuration says, by nobody. */
export interface PolicyVersion {
  version: number;
  author: string | null;
  /** ISO 8601. */
  at: string | null;
  policy: SitePolicy;
}

/** Who asks, and what they may do. */
export interface Me {
  agentId: string;
  name: string | null;
  role: AgentRole;
  permissions: Permission[];
}
