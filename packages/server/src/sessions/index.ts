export type { Refusal } from "../rules/index.ts";
export type { Attachment } from "./attachment.ts";
export { type SessionAuditRecord, SessionService } from "./service.ts";
