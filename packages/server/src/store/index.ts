export type { Database, Param, Statement } from "./database.ts";
export { openDatabase } from "./open.ts";
