export { type Database, isRefused, type Param, type Statement, StoreError } from "./database.ts";
export { openDatabase } from "./open.ts";
export { keptSecret } from "./secret.ts";
