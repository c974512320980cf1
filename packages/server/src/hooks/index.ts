export * from "./audit/index.ts";
export { Metrics } from "./metrics.ts";
export { WebhookOutbox } from "./webhook-outbox.ts";
export { Webhooks } from "./webhooks.ts";
