export { type Attachment, SessionService } from "./service.ts";
