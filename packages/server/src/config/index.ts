export { hasAgents } from "./agents.ts";
export { ConfigError, loadConfig } from "./load.ts";
export { type Config, configKeys } from "./schema.ts";
