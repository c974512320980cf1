export { unionOf } from "../privacy/union.ts";
export { createCapture } from "./capture.ts";
export type {
  Capture,
  CaptureExtension,
  CaptureOptions,
  CaptureParts,
  EarlyFinds,
  PrivacyPolicy,
} from "./types.ts";
export type { LoadRare } from "./watch/rare-slot.ts";
