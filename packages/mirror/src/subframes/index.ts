export { type EmbeddedOptions, joinPage } from "./embedded.ts";
export { FrameHost, type FrameHostOptions } from "./host.ts";
