export * from "./audit/index.ts";
export { Metrics } from "./metrics.ts";
export { Webhooks } from "./webhooks.ts";
