export { type Attachment, type SessionAuditRecord, SessionService } from "./service.ts";
