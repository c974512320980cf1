export { type Database, isRefused, type Param, type Statement, StoreError } from "./database.ts";
export {
  type FolderState,
  inspectFolder,
  inspectPostgres,
  type PostgresState,
} from "./inspect.ts";
export { openDatabase } from "./open.ts";
export { keptSecret } from "./secret.ts";
