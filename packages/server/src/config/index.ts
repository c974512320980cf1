export { hasAgents, noAgents } from "./agents.ts";
export { dataPlace } from "./data-place.ts";
export { ConfigError, loadConfig } from "./load.ts";
export { parseRedisUrl, type RedisPlace } from "./redis-url.ts";
export { type Config, configKeys } from "./schema.ts";
