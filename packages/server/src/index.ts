export { type CopaneServer, createServer } from "./app.ts";
export { type Config, ConfigError, loadConfig } from "./config/index.ts";
