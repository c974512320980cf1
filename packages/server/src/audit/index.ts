export type { AuditEntry, Fidelity } from "./entry.ts";
export { endOrphans } from "./orphans.ts";
export { AuditRecorder } from "./recorder.ts";
export { keepForgetting } from "./retention.ts";
export { auditRoutes } from "./routes.ts";
