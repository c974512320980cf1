export type { Refusal } from "../rules/index.ts";
export type { Attachment, ParticipantCommand } from "./attachment.ts";
export { type SessionAuditRecord, SessionService } from "./service.ts";
