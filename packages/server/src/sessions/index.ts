export type { Refusal } from "../rules/index.ts";
export type { Attachment } from "./attachment.ts";
export type { AuditEntry, AuditEvent, AuditedSession, Fidelity } from "./audit-entry.ts";
export { type SessionHook, SessionHooks } from "./hooks.ts";
export { MemoryDirectory } from "./memory-directory.ts";
export { MemorySessionStore } from "./memory-session-store.ts";
export { SessionService } from "./service.ts";
export type { LeftSessions, SessionStore } from "./session-store.ts";
export { decodeStored, encodeStored, STORED_FORMAT, type StoredSession } from "./stored-session.ts";
