export type { SessionQuery } from "./filter.ts";
export { AuditLog, type EventEntry, type ParticipantEntry, type SessionEntry } from "./log.ts";
export { endOrphans } from "./orphans.ts";
export { type AuditOutcome, outcomes } from "./outcome.ts";
export { AuditRecorder } from "./recorder.ts";
export { type ReportRow, report } from "./reports.ts";
export { keepForgetting } from "./retention.ts";
export { SessionAudit } from "./session-audit.ts";
