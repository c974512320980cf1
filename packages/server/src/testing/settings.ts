import type { SessionSettings } from "../rules/index.ts";

/** Settings of a site that allows all, and asks the customer for control alone. */
export const settings: SessionSettings = {
  defaultLocale: "en",
  locales: ["en"],
  passphraseTtlMs: 600_000,
  agentIdleMs: 600_000,
  customerIdleMs: 600_000,
  idleWarningMs: 60_000,
  sessionTimeoutMs: 7_200_000,
  reconnectGraceMs: 60_000,
  maxSessions: 10,
  maxViewers: 8,
  controlLevel: "full",
  consent: ["control"],
  silentObservers: false,
  presence: false,
  numberMatch: false,
  proposals: true,
  inviteTtlMs: 600_000,
  handoverMs: 60_000,
  proposalMs: 60_000,
};
