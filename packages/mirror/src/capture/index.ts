export type { EarlyFinds } from "../core/early-finds.ts";
export type { PrivacyPolicy } from "../privacy/policy.ts";
export { createCapture } from "./capture.ts";
export type { LoadFeatures } from "./features-on-request.ts";
export type { SubframeHostOptions, SubframeParts, Subframes, SubframesOptions } from "./subframes.ts";
export type { Capture, CaptureOptions } from "./types.ts";
