export type { EarlyFinds } from "../core/early-finds.ts";
export type { PrivacyPolicy } from "../privacy/policy.ts";
export { unionOf } from "../privacy/union.ts";
export { usableSelectors } from "../privacy/verdict.ts";
export { createCapture } from "./capture.ts";
export type { LoadFeatures } from "./features-on-request.ts";
export type { Capture, CaptureExtension, CaptureOptions, ExtensionParts } from "./types.ts";
