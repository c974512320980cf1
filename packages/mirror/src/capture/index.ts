export { createCapture } from "./capture.ts";
export type { Capture, CaptureOptions, EarlyFinds, PrivacyPolicy } from "./types.ts";
