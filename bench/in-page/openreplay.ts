import Tracker from "@openreplay/tracker/class";
import type {} from "./types.ts";

let tracker: Tracker | undefined;

window.openReplay = {
  async start(ingest) {
    // Only what shows the page: what it records for other purposes is off, and nothing is masked.
    tracker = new Tracker({
      projectKey: "bench",
      ingestPoint: ingest,
      __DISABLE_SECURE_MODE: true,
      obscureTextEmails: false,
      obscureTextNumbers: false,
      obscureInputEmails: false,
      defaultInputMode: 0,
      consoleMethods: null,
      captureExceptions: false,
      capturePerformance: false,
      captureResourceTimings: false,
      capturePageLoadTimings: false,
      network: {
        disabled: true,
        sessionTokenHeader: false,
        failuresOnly: true,
        ignoreHeaders: true,
        capturePayload: false,
        captureInIframes: false,
      },
    });
    const result = await tracker.start({ forceNew: true });
    if (!result?.success)
      throw new Error(`the tracker did not start: ${String((result as { reason?: string })?.reason)}`);
  },
  stop() {
    tracker?.stop();
  },
};
