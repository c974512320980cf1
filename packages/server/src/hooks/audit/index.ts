export type { SessionQuery } from "./filter.ts";
export { AuditLog } from "./log.ts";
export { SessionNotes } from "./notes.ts";
export { endOrphans } from "./orphans.ts";
export { outcomes } from "./outcome.ts";
export { AuditRecorder } from "./recorder.ts";
export { report } from "./reports.ts";
export { keepForgetting } from "./retention.ts";
export { SessionAudit } from "./session-audit.ts";
