export { hasAgents } from "./agents.ts";
export { ConfigError, loadConfig } from "./load.ts";
export { parseRedisUrl, type RedisPlace } from "./redis-url.ts";
export { type Config, configKeys } from "./schema.ts";
