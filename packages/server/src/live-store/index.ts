export { DatabaseSessionStore } from "./database-session-store.ts";
export { SharedSessionStore } from "./shared-session-store.ts";
