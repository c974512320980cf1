export type { Refusal } from "../rules/index.ts";
export { type Attachment, type ParticipantCommand, SessionService } from "./service.ts";
