export { DatabaseSessionStore } from "./database-session-store.ts";
