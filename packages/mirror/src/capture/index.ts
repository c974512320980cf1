export { unionOf } from "../privacy/union.ts";
export { createCapture } from "./capture.ts";
export type { LoadRare } from "./rare-slot.ts";
export type {
  Capture,
  CaptureExtension,
  CaptureOptions,
  CaptureParts,
  EarlyFinds,
  PrivacyPolicy,
} from "./types.ts";
