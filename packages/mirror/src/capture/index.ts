export { createCapture } from "./capture.ts";
export type { Capture, CaptureOptions, PrivacyPolicy } from "./types.ts";
