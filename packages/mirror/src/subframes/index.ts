export { type EmbeddedOptions, joinPage } from "./embedded.ts";
export { SubframeHost } from "./host.ts";
